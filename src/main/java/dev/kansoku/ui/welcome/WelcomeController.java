package dev.kansoku.ui.welcome;

import dev.kansoku.chat.EngineState;
import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.CopiedText;
import dev.kansoku.ui.common.ErrorWords;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.models.ModelsViewModel;
import dev.kansoku.ui.models.PullViewModel;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** What stands where the first answer will be: what this is, what is missing, and the buttons that help. */
public final class WelcomeController extends Controller {

    /** Where Ollama says how it is installed. */
    static final String INSTRUCTIONS = "https://ollama.com/download";

    private static final Duration COPIED = Duration.seconds(2);
    private static final String DEMO_EXAMPLE = "welcome.demoExample1";

    /** An Ollama on this machine has answered by then: nobody needs to read that it is being looked for. */
    private static final Duration PATIENCE = Duration.millis(700);

    private record Shown(WelcomeScreen screen, EngineState engine) {}

    private final EngineViewModel engine;
    private final ModelsViewModel models;
    private final Words words;
    private final Consumer<String> ask;
    private final Consumer<String> openPage;
    private final Runnable otherAddress;
    private final PauseTransition patience = new PauseTransition(PATIENCE);
    private @Nullable Shown shown;

    @FXML
    private VBox welcome;

    @FXML
    private Label title;

    @FXML
    private Label text;

    @FXML
    private VBox ways;

    @FXML
    private FlowPane examples;

    /**
     * @param ask sends a prompt
     * @param openPage opens a page in the user's browser
     * @param otherAddress lets the user enter another address
     */
    public WelcomeController(
            EngineViewModel engine,
            ModelsViewModel models,
            Words words,
            Consumer<String> ask,
            Consumer<String> openPage,
            Runnable otherAddress) {
        this.engine = engine;
        this.models = models;
        this.words = words;
        this.ask = ask;
        this.openPage = openPage;
        this.otherAddress = otherAddress;
    }

    @FXML
    private void initialize() {
        welcome.setVisible(false);
        patience.setOnFinished(e -> welcome.setVisible(true));
        patience.play();
        own(patience::stop);
        own(engine.stateProperty().subscribe(state -> show()));
        own(models.snapshotProperty().subscribe(snapshot -> show()));
        own(models.pull()
                .stateProperty()
                .subscribe(pull -> ways.setDisable(pull instanceof PullViewModel.State.Pulling)));
    }

    private void show() {
        EngineState state = engine.stateProperty().get();
        var next = new Shown(screen(state, models.snapshotProperty().get()), state);
        if (next.equals(shown)) {
            return;
        }
        shown = next;
        title.setText(words.get("welcome." + Keys.of(next.screen) + ".title"));
        text.setText(text(next));
        ways.getChildren().setAll(ways(next.screen));
        examples.getChildren().setAll(examples(next.screen));
        if (next.screen != WelcomeScreen.LOOKING) {
            welcome.setVisible(true);
        }
    }

    private static WelcomeScreen screen(EngineState state, ModelSnapshot snapshot) {
        return switch (state.use()) {
            case STAND_IN -> WelcomeScreen.NO_OLLAMA;
            case DEMO -> WelcomeScreen.DEMO;
            case OLLAMA -> {
                if (snapshot.isKnown() && snapshot.installed().isEmpty()) {
                    yield WelcomeScreen.NO_MODELS;
                }
                yield state.answers() || snapshot.isKnown() ? WelcomeScreen.READY : WelcomeScreen.LOOKING;
            }
        };
    }

    private String text(Shown next) {
        String address = next.engine.ollama().display();
        @Nullable OllamaError problem = next.engine.problem();
        String general = words.get("welcome." + Keys.of(next.screen) + ".text", address);
        return next.screen == WelcomeScreen.NO_OLLAMA && problem != null
                ? ErrorWords.sentence(words, problem, address) + " " + general
                : general;
    }

    private List<HBox> ways(WelcomeScreen screen) {
        return switch (screen) {
            case LOOKING -> List.of(elsewhere(), lookAround(false));
            case NO_OLLAMA ->
                List.of(
                        command("welcome.start", "ollama serve"),
                        way("welcome.install", button("welcome.instructions", () -> openPage.accept(INSTRUCTIONS))),
                        elsewhere(),
                        lookAround(true));
            case NO_MODELS ->
                List.of(
                        way("welcome.tinyllama", primary(button("pull.pull", () -> pull("tinyllama")))),
                        way("welcome.granite", button("pull.pull", () -> pull("granite3.2:2b"))),
                        command("welcome.terminal", "ollama pull tinyllama"),
                        lookAround(false));
            case READY, DEMO -> List.of();
        };
    }

    private HBox elsewhere() {
        return way("welcome.elsewhere", button("strip.address", otherAddress));
    }

    private HBox lookAround(boolean first) {
        Button tryDemo = button("welcome.tryDemo", this::tryDemo);
        return way("welcome.lookAround", first ? primary(tryDemo) : tryDemo);
    }

    private HBox command(String key, String command) {
        Button copy = button("welcome.copy", () -> {});
        var back = new PauseTransition(COPIED);
        back.setOnFinished(e -> copy.setText(words.get("welcome.copy")));
        copy.setOnAction(e -> {
            CopiedText.set(command);
            copy.setText(words.get("welcome.copied"));
            back.playFromStart();
        });
        var text = new Label(command);
        text.getStyleClass().add("command");
        text.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = way(key, copy);
        row.getChildren().add(1, text);
        return row;
    }

    private HBox way(String key, Button button) {
        var label = new Label(words.get(key));
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        button.setMinWidth(Region.USE_PREF_SIZE);
        var row = new HBox(label, button);
        row.getStyleClass().add("way");
        return row;
    }

    private Button button(String key, Runnable action) {
        var button = new Button(words.get(key));
        button.setAccessibleText(button.getText());
        button.setOnAction(e -> action.run());
        return button;
    }

    private static Button primary(Button button) {
        button.getStyleClass().add("primary");
        return button;
    }

    private List<Button> examples(WelcomeScreen screen) {
        List<String> keys = switch (screen) {
            case READY -> List.of("welcome.example1", "welcome.example2", "welcome.example3");
            case DEMO -> List.of(DEMO_EXAMPLE, "welcome.demoExample2", "welcome.demoExample3");
            case LOOKING, NO_OLLAMA, NO_MODELS -> List.of();
        };
        return keys.stream().map(key -> words.get(key)).map(this::example).toList();
    }

    private Button example(String prompt) {
        var button = new Button(prompt);
        button.setAccessibleText(prompt);
        button.getStyleClass().add("example");
        button.setOnAction(e -> ask.accept(prompt));
        return button;
    }

    private void pull(String model) {
        models.choose(model);
        models.pull().pull(model);
    }

    /** The first answer without anything installed: one click. */
    private void tryDemo() {
        engine.useDemo(() -> ask.accept(words.get(DEMO_EXAMPLE)));
    }
}
