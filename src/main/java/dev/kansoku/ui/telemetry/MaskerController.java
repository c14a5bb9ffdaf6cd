package dev.kansoku.ui.telemetry;

import dev.kansoku.privacy.TextLevel;
import dev.kansoku.ui.common.Choices;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Words;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextFormatter;
import javafx.scene.layout.StackPane;

/** A place to try what would be sent of a text. */
final class MaskerController extends Controller {

    /** A text area is slow beyond it. */
    private static final int MOST_CHARACTERS = 20_000;

    private final MaskerViewModel model;
    private final Words words;

    @FXML
    private TextArea text;

    @FXML
    private ChoiceBox<TextLevel> level;

    @FXML
    private Label levelNote;

    @FXML
    private StackPane maskedHolder;

    MaskerController(MaskerViewModel model, Words words) {
        this.model = model;
        this.words = words;
    }

    @FXML
    private void initialize() {
        text.setTextFormatter(
                new TextFormatter<>(change -> change.getControlNewText().length() > MOST_CHARACTERS ? null : change));
        text.textProperty().bindBidirectional(model.textProperty());
        own(() -> text.textProperty().unbindBidirectional(model.textProperty()));
        Choices.offer(level, "telemetry.level.", words, List.of(TextLevel.values()));
        level.valueProperty().bindBidirectional(model.levelProperty());
        own(() -> level.valueProperty().unbindBidirectional(model.levelProperty()));
        own(model.levelProperty()
                .subscribe(chosen -> levelNote.setText(words.get("telemetry.levelNote." + Keys.of(chosen)))));
        var masked = new MaskedView(words);
        maskedHolder.getChildren().setAll(masked);
        own(model.maskedProperty().subscribe(masked::show));
    }
}
