package dev.kansoku.ui.models;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.RunningModel;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/** The choice of a model, its state, and who is asked. */
public final class ModelsController extends Controller {

    private static final Duration COUNTDOWN = Duration.ofSeconds(1);

    private final ModelsViewModel models;
    private final Words words;
    private final Figures figures;
    private final CloudConsent consent;
    private final Runnable focusPrompt;
    private List<LoadViewModel.Action> offered = List.of();

    @FXML
    private MenuButton choice;

    @FXML
    private MenuButton state;

    @FXML
    private Label server;

    public ModelsController(ModelsViewModel models, Words words, CloudConsent consent, Runnable focusPrompt) {
        this.models = models;
        this.words = words;
        this.consent = consent;
        this.focusPrompt = focusPrompt;
        figures = new Figures(words);
    }

    @FXML
    private void initialize() {
        ListChangeListener<ModelChoice> listed = change -> listChoices();
        models.choices().addListener(listed);
        own(() -> models.choices().removeListener(listed));
        own(models.hasCloudModelsProperty().subscribe(has -> listChoices()));
        own(models.chosenProperty().subscribe(name -> {
            choice.setText(name);
            choice.setAccessibleText(words.get("models.choice", name));
            listChoices();
            showAll();
        }));
        own(models.snapshotProperty().subscribe(snapshot -> showAll()));
        // Only then is it known what is not installed.
        own(models.snapshotProperty().map(ModelSnapshot::isKnown).subscribe(known -> listChoices()));
        // Both give way where the window is narrow.
        explain(state);
        explain(server);
        own(models.load().stateProperty().subscribe(load -> showState()));
        own(UiThread.every(COUNTDOWN, this::showState));
    }

    private static void explain(Labeled label) {
        var whole = new Tooltip();
        whole.textProperty().bind(label.textProperty());
        label.tooltipProperty().bind(label.textProperty().map(text -> text.isEmpty() ? null : whole));
    }

    private void showAll() {
        showServer();
        showState();
    }

    private void listChoices() {
        List<MenuItem> items = new ArrayList<>();
        var group = new ToggleGroup();
        for (ModelChoice model : models.choices()) {
            var item = new RadioMenuItem(words.get("models.item", model.name(), detail(model)));
            item.setToggleGroup(group);
            item.setSelected(model.name().equals(models.chosenProperty().get()));
            item.setOnAction(e -> choose(model));
            items.add(item);
        }
        if (models.hasCloudModelsProperty().get()) {
            var cloud = new CheckMenuItem(words.get("models.showCloud"));
            cloud.setSelected(models.isShowingCloud());
            cloud.setOnAction(e -> models.showCloud(cloud.isSelected()));
            items.add(new SeparatorMenuItem());
            items.add(cloud);
        }
        choice.getItems().setAll(items);
    }

    private String detail(ModelChoice model) {
        if (model.installed() == null) {
            return models.snapshotProperty().get().isKnown() ? words.get("models.notInstalled") : "";
        }
        return model.isCloud()
                ? words.get("models.leaves")
                : figures.bytes((double) model.installed().size());
    }

    private void choose(ModelChoice model) {
        if (consent.isGiven(model.name())) {
            models.choose(model.name());
            focusPrompt.run();
        } else {
            listChoices();
        }
    }

    private void showServer() {
        ModelSnapshot snapshot = models.snapshotProperty().get();
        String version = snapshot.version();
        if (snapshot.demo()) {
            server.setText(words.get("demo.engine"));
            return;
        }
        server.setText(
                version == null || version.equals("0.0.0")
                        ? models.address()
                        : words.get("models.server", models.address(), version));
    }

    private void showState() {
        ModelSnapshot snapshot = models.snapshotProperty().get();
        String chosen = models.chosenProperty().get();
        InstalledModel installed = snapshot.installed(chosen).orElse(null);
        Shown.set(state, snapshot.isKnown() && installed != null);
        if (!snapshot.isKnown() || installed == null) {
            state.setText("");
        } else if (installed.isCloud()) {
            state.setText(words.get("models.leaves"));
            offer(List.of());
        } else if (models.load().stateProperty().get() instanceof LoadViewModel.State.Busy busy
                && busy.model().equals(chosen)) {
            state.setText(words.get(
                    "models.busy." + Keys.of(busy.action()),
                    figures.clock(Duration.ofNanos(System.nanoTime() - busy.sinceNanos()))));
            offer(List.of());
        } else {
            RunningModel running = snapshot.running(chosen).orElse(null);
            state.setText(running == null ? words.get("models.notLoaded") : loaded(running) + saved(chosen));
            boolean isBusy = models.load().stateProperty().get() instanceof LoadViewModel.State.Busy;
            offer(isBusy ? List.of() : actions(running, snapshot.demo()));
        }
    }

    private static List<LoadViewModel.Action> actions(@Nullable RunningModel running, boolean demo) {
        var actions = new ArrayList<LoadViewModel.Action>();
        if (running == null) {
            actions.add(LoadViewModel.Action.PRELOAD);
        }
        if (running == null || !running.isKept(Instant.now())) {
            actions.add(LoadViewModel.Action.KEEP);
        }
        if (running != null) {
            actions.add(LoadViewModel.Action.UNLOAD);
        }
        if (!demo) {
            actions.add(LoadViewModel.Action.MEASURE_COLD);
        }
        return actions;
    }

    private String saved(String model) {
        return models.load()
                .saved(model)
                .map(saved -> words.get("models.saved", figures.duration(saved)))
                .orElse("");
    }

    /** Only where it changes: a menu that is open would be closed. */
    private void offer(List<LoadViewModel.Action> actions) {
        if (!actions.equals(offered)) {
            offered = actions;
            state.getItems().setAll(actions.stream().map(this::item).toList());
        }
        state.setDisable(actions.isEmpty());
    }

    private MenuItem item(LoadViewModel.Action action) {
        var item = new MenuItem(words.get("models.action." + Keys.of(action)));
        item.setOnAction(e -> {
            models.load().run(action, models.chosenProperty().get());
            focusPrompt.run();
        });
        return item;
    }

    private String loaded(RunningModel model) {
        if (model.expiresAt() == null) {
            return words.get("models.loaded");
        }
        Duration left = Duration.between(Instant.now(), model.expiresAt());
        if (model.isKept(Instant.now())) {
            return words.get("models.kept");
        }
        // In the past while the model is in use, or on its way out.
        return left.isNegative() ? words.get("models.loaded") : words.get("models.unloads", figures.clock(left));
    }
}
