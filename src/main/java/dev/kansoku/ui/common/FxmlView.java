package dev.kansoku.ui.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/** Every FXML file of the program. */
public enum FxmlView {
    MAIN("main"),
    CHAT("chat"),
    WELCOME("welcome"),
    DEMO("demo"),
    SAVING("saving"),
    SEARCH("search"),
    CONVERSATIONS("conversations"),
    MODELS("models"),
    STRIP("strip"),
    PANEL("panel"),
    SETTINGS("settings"),
    TELEMETRY("telemetry"),
    TELEMETRY_CONNECTION("telemetryConnection"),
    TELEMETRY_SENT("telemetrySent"),
    TELEMETRY_MASKER("telemetryMasker"),
    TELEMETRY_CONSENT("telemetryConsent"),
    TELEMETRY_MARK("telemetryMark"),
    TELEMETRY_LINE("telemetryLine");

    private final String file;

    FxmlView(String file) {
        this.file = file;
    }

    /** Builds the view around a controller that has been made by hand. */
    public Parent load(Words words, Controller controller) {
        URL url = Objects.requireNonNull(FxmlView.class.getResource("/fxml/" + file + ".fxml"), file);
        var loader = new FXMLLoader(url, words.bundle());
        loader.setControllerFactory(type -> controller);
        try {
            return loader.load();
        } catch (IOException e) {
            throw new UncheckedIOException("fxml/" + file + ".fxml", e);
        }
    }
}
