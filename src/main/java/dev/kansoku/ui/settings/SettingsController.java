package dev.kansoku.ui.settings;

import dev.kansoku.settings.Language;
import dev.kansoku.settings.SendKey;
import dev.kansoku.settings.Theme;
import dev.kansoku.ui.archive.ArchiveActions;
import dev.kansoku.ui.common.Choices;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

/** The settings window. */
public final class SettingsController extends Controller {

    private final SettingsViewModel model;
    private final Words words;
    private final ArchiveActions archive;
    private final Runnable openTelemetry;
    private final Runnable deleteAll;
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
    private Button exportAll;

    @FXML
    private Button importFile;

    @FXML
    private Label archiveNote;

    @FXML
    private Label fault;

    /** @param deleteAll asks whether everything is to be deleted, and does it */
    public SettingsController(
            SettingsViewModel model,
            Words words,
            ArchiveActions archive,
            Runnable openTelemetry,
            Runnable deleteAll,
            Runnable close) {
        this.model = model;
        this.words = words;
        this.archive = archive;
        this.openTelemetry = openTelemetry;
        this.deleteAll = deleteAll;
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
        exportAll.disableProperty().bind(archive.busyProperty());
        importFile.disableProperty().bind(archive.busyProperty());
        own(archive.busyProperty().subscribe(busy -> showProgress()));
        own(archive.doneProperty().subscribe(done -> showProgress()));
        Shown.set(fault, false);
    }

    private void showProgress() {
        archiveNote.setText(
                archive.busyProperty().get()
                        ? words.get(
                                "archive.progress",
                                new Figures(words).count(archive.doneProperty().get()))
                        : words.get("archive.note"));
    }

    @FXML
    private void exportAll() {
        archive.exportAll();
    }

    @FXML
    private void importFile() {
        archive.importFile();
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
    private void deleteAll() {
        deleteAll.run();
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
