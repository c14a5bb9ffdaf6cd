package dev.kansoku.ui.models;

import dev.kansoku.chat.Engine;
import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.measure.ColdStart;
import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.ModelName;
import dev.kansoku.settings.Settings;
import dev.kansoku.settings.Stored;
import dev.kansoku.settings.WindowState;
import dev.kansoku.ui.common.UiThread;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Which models there are, and which one is chosen. Lives on the FX thread; knows no controls and no words. */
public final class ModelsViewModel {

    /** The two models that Kansoku is about; they are offered even where they are not installed. */
    public static final List<String> FIRST = List.of("tinyllama", "granite3.2:2b");

    private final Engine engine;
    private final ModelWatch watch;
    private final Stored<Settings> settings;
    private final Stored<WindowState> window;
    private final PullViewModel pull;
    private final LoadViewModel load;
    private final ObservableList<ModelChoice> choices = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper hasCloudModels = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper chosen;
    private final ReadOnlyObjectWrapper<ModelSnapshot> snapshot;

    public ModelsViewModel(
            Engine engine,
            ModelWatch watch,
            ColdStart coldStart,
            Stored<Settings> settings,
            Stored<WindowState> window) {
        this.engine = engine;
        this.watch = watch;
        this.settings = settings;
        this.window = window;
        snapshot = new ReadOnlyObjectWrapper<>(watch.latest());
        pull = new PullViewModel(engine, watch);
        load = new LoadViewModel(engine, watch, coldStart);
        chosen = new ReadOnlyStringWrapper(
                Objects.requireNonNullElse(window.get().model(), FIRST.getFirst()));
        list();
        watch.onSnapshot(next -> UiThread.run(() -> {
            boolean justFound = next.isKnown() && !snapshot.get().isKnown();
            load.follow(next);
            snapshot.set(next);
            chosen.set(sensible(next, justFound));
            list();
        }));
        settings.subscribe(changed -> UiThread.run(this::list));
    }

    /** tinyllama and granite3.2:2b, then whatever else is installed; cloud models only if the user wants to see them. */
    public ObservableList<ModelChoice> choices() {
        return choices;
    }

    /** Whether the server offers any model that runs somewhere else. */
    public ReadOnlyBooleanProperty hasCloudModelsProperty() {
        return hasCloudModels.getReadOnlyProperty();
    }

    /** The name of the chosen model. */
    public ReadOnlyStringProperty chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<ModelSnapshot> snapshotProperty() {
        return snapshot.getReadOnlyProperty();
    }

    public PullViewModel pull() {
        return pull;
    }

    public LoadViewModel load() {
        return load;
    }

    /** Where Ollama is asked, as people write it. */
    public String address() {
        return engine.client().address().display();
    }

    public void askNow() {
        watch.askNow();
    }

    public void choose(String model) {
        pull.dismiss();
        load.dismiss();
        chosen.set(model);
        if (!snapshot.get().demo()) {
            window.update(state -> state.withModel(model));
        }
        boolean isWanted = settings.get().preload()
                && snapshot.get().installed(model).filter(m -> !m.isCloud()).isPresent();
        load.preloadOnly(isWanted ? model : null);
    }

    /** What the user chose last; where there was no choice yet, or none among the demo's models, one that is there. */
    private String sensible(ModelSnapshot now, boolean justFound) {
        String current = chosen.get();
        if (now.demo()) {
            return FIRST.contains(current) ? current : FIRST.getFirst();
        }
        String remembered = window.get().model();
        if (remembered != null) {
            return remembered;
        }
        if (!justFound || now.installed(current).isPresent()) {
            return current;
        }
        return Stream.concat(
                        FIRST.stream().filter(name -> now.installed(name).isPresent()),
                        now.installed().stream()
                                .filter(model -> !model.isCloud())
                                .map(model -> ModelName.display(model.name())))
                .findFirst()
                .orElse(current);
    }

    /** Whether the server answers and does not have the chosen model. */
    public boolean isChosenMissing() {
        ModelSnapshot now = snapshot.get();
        return now.isKnown() && now.installed(chosen.get()).isEmpty();
    }

    /** The model if prompts to it would leave the machine for somewhere the user has not said yes to. */
    public Optional<InstalledModel> needsConsent(String model) {
        return snapshot.get()
                .installed(model)
                .filter(installed -> installed.isCloud()
                        && !settings.get().confirmedCloudModels().contains(consent(installed)));
    }

    public void consentTo(InstalledModel model) {
        settings.update(now -> {
            Set<String> confirmed = new HashSet<>(now.confirmedCloudModels());
            confirmed.add(consent(model));
            return now.withConfirmedCloudModels(confirmed);
        });
    }

    /** The same name may stand for another place on another server. */
    private static String consent(InstalledModel model) {
        return model.name() + " " + model.remoteHost();
    }

    public boolean isShowingCloud() {
        return settings.get().showCloudModels();
    }

    public void showCloud(boolean show) {
        settings.update(now -> now.withShowCloudModels(show));
    }

    private void list() {
        ModelSnapshot now = snapshot.get();
        List<ModelChoice> next = new ArrayList<>();
        for (String name : FIRST) {
            next.add(new ModelChoice(name, now.installed(name).orElse(null)));
        }
        boolean cloud = false;
        for (InstalledModel model : now.installed()) {
            cloud |= model.isCloud();
            boolean listed = FIRST.stream().anyMatch(name -> ModelName.same(name, model.name()));
            if (!listed && (!model.isCloud() || isShowingCloud())) {
                next.add(new ModelChoice(ModelName.display(model.name()), model));
            }
        }
        hasCloudModels.set(cloud);
        // Setting equal choices would close a menu that is open.
        if (!choices.equals(next)) {
            choices.setAll(next);
        }
    }
}
