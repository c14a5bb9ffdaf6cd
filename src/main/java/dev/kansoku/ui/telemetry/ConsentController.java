package dev.kansoku.ui.telemetry;

import dev.kansoku.privacy.TextLevel;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import java.util.function.Consumer;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The question whether telemetry may be sent: to whom, what, and what never. */
final class ConsentController extends Controller {

    private final String endpoint;
    private final boolean fromEnvironment;
    private final MaskerViewModel masker;
    private final Words words;
    private final Consumer<TextLevel> agree;
    private final Runnable decline;

    @FXML
    private Label host;

    @FXML
    private Label source;

    @FXML
    private Label open;

    @FXML
    private VBox levels;

    @FXML
    private TextField example;

    @FXML
    private StackPane maskedHolder;

    /**
     * @param masker masks the example, at the level that is chosen
     * @param agree is told the level
     */
    ConsentController(
            String endpoint,
            boolean fromEnvironment,
            MaskerViewModel masker,
            Words words,
            Consumer<TextLevel> agree,
            Runnable decline) {
        this.endpoint = endpoint;
        this.fromEnvironment = fromEnvironment;
        this.masker = masker;
        this.words = words;
        this.agree = agree;
        this.decline = decline;
    }

    @FXML
    private void initialize() {
        host.setText(CollectorUrl.shortly(endpoint));
        source.setText(words.get(
                fromEnvironment ? "telemetry.consent.fromEnvironment" : "telemetry.consent.fromSettings", endpoint));
        Shown.set(open, CollectorUrl.isOpenToOthers(endpoint));
        offerLevels();
        var masked = new MaskedView(words);
        maskedHolder.getChildren().setAll(masked);
        own(masker.maskedProperty().subscribe(masked::show));
        example.setText(words.get("telemetry.consent.exampleText"));
        masker.textProperty().bind(example.textProperty());
    }

    private void offerLevels() {
        var group = new ToggleGroup();
        for (TextLevel level : TextLevel.values()) {
            var choice = new RadioButton(words.get("telemetry.level." + Keys.of(level)));
            var note = new Label(words.get("telemetry.levelNote." + Keys.of(level)));
            note.getStyleClass().add("caption");
            note.setWrapText(true);
            note.setMinHeight(Region.USE_PREF_SIZE);
            choice.setToggleGroup(group);
            choice.setAccessibleHelp(note.getText());
            choice.setSelected(level == masker.levelProperty().get());
            choice.selectedProperty().subscribe((before, chosen) -> {
                if (chosen) {
                    masker.levelProperty().set(level);
                }
            });
            choice.setMinWidth(Region.USE_PREF_SIZE);
            var box = new HBox(choice, note);
            box.setAlignment(Pos.BASELINE_LEFT);
            box.getStyleClass().add("level");
            levels.getChildren().add(box);
        }
    }

    /** Neither on a button nor in a field: a key that was meant for another window must do nothing here. */
    void focusNothing() {
        levels.getParent().requestFocus();
    }

    @FXML
    private void agree() {
        agree.accept(masker.levelProperty().get());
    }

    @FXML
    private void decline() {
        decline.run();
    }
}
