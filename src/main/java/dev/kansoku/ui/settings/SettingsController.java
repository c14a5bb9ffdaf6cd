package dev.kansoku.ui.settings;

import dev.kansoku.settings.Language;
import dev.kansoku.settings.SendKey;
import dev.kansoku.settings.Theme;
import dev.kansoku.ui.common.Choices;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

/** The settings window. */
public final class SettingsController extends Controller {

    private final SettingsViewModel model;
    private final Words words;
    private final Runnable openTelemetry;
    private final Runnable close;

    @FXML
    private TextField address;

    @FXML
    private Label addressNote;

    @FXML
    private TextField firstByte;

    @FXML
    private TextField idle;

    @FXML
    private ChoiceBox<Language> language;

    @FXML
    private ChoiceBox<Theme> theme;

    @FXML
    private ChoiceBox<SendKey> sendKey;

    @FXML
    private CheckBox preload;

    @FXML
    private Label fault;

    public SettingsController(SettingsViewModel model, Words words, Runnable openTelemetry, Runnable close) {
        this.model = model;
        this.words = words;
        this.openTelemetry = openTelemetry;
        this.close = close;
    }

    @FXML
    private void initialize() {
        address.textProperty().bindBidirectional(model.addressProperty());
        firstByte.textProperty().bindBidirectional(model.firstByteSecondsProperty());
        idle.textProperty().bindBidirectional(model.idleSecondsProperty());
        Choices.offer(language, "settings.language.", words, List.of(Language.values()));
        language.valueProperty().bindBidirectional(model.languageProperty());
        Choices.offer(theme, "settings.theme.", words, List.of(Theme.values()));
        theme.valueProperty().bindBidirectional(model.themeProperty());
        Choices.offer(sendKey, "settings.sendKey.", words, List.of(SendKey.values()));
        sendKey.valueProperty().bindBidirectional(model.sendKeyProperty());
        preload.selectedProperty().bindBidirectional(model.preloadProperty());
        if (model.isAddressOverridden()) {
            addressNote.setText(words.get(
                    "settings.address." + Keys.of(model.inForce().source()),
                    model.inForce().text()));
        }
        Shown.set(fault, false);
    }

    public void focusAddress() {
        address.requestFocus();
        address.selectAll();
    }

    @FXML
    private void openTelemetry() {
        openTelemetry.run();
    }

    @FXML
    private void save() {
        model.save()
                .ifPresentOrElse(
                        found -> {
                            fault.setText(words.get("settings.fault." + Keys.of(found)));
                            Shown.set(fault, true);
                            fieldOf(found).requestFocus();
                        },
                        close);
    }

    private Node fieldOf(SettingsViewModel.Fault found) {
        return switch (found) {
            case ADDRESS -> address;
            case FIRST_BYTE_TIMEOUT -> firstByte;
            case IDLE_TIMEOUT -> idle;
        };
    }

    @FXML
    private void cancel() {
        close.run();
    }
}
