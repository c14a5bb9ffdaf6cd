package dev.kansoku.ui.welcome;

import dev.kansoku.chat.EngineState;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/** Says that a demo is a demo, all the time that it answers, and offers the way out of it. */
public final class DemoBannerController extends Controller {

    private final EngineViewModel engine;
    private final Words words;
    private final Runnable newChat;
    private final Runnable otherAddress;

    @FXML
    private HBox banner;

    @FXML
    private Label text;

    @FXML
    private Button ollamaButton;

    @FXML
    private Button addressButton;

    /**
     * @param newChat begins a conversation: what the demo has said is nothing to go on from
     * @param otherAddress lets the user enter another address
     */
    public DemoBannerController(EngineViewModel engine, Words words, Runnable newChat, Runnable otherAddress) {
        this.engine = engine;
        this.words = words;
        this.newChat = newChat;
        this.otherAddress = otherAddress;
    }

    @FXML
    private void initialize() {
        own(engine.stateProperty().subscribe(this::show));
    }

    private void show(EngineState state) {
        Shown.set(banner, state.isDemo());
        if (!state.isDemo()) {
            return;
        }
        boolean standsIn = state.use() == EngineState.Use.STAND_IN && !state.answers();
        text.setText(
                state.answers()
                        ? words.get("demo.ollamaAnswers", state.ollama().display())
                        : words.get(standsIn ? "demo.standIn" : "demo.demo"));
        Shown.set(ollamaButton, state.answers());
        Shown.set(addressButton, standsIn);
    }

    @FXML
    private void useOllama() {
        engine.useOllama();
        newChat.run();
    }

    @FXML
    private void enterAddress() {
        otherAddress.run();
    }
}
