package dev.kansoku.ui.common;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.kansoku.settings.Theme;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.scene.Scene;
import javafx.stage.Window;

/** Light or dark, as the user chose or as the system has it. Only the tokens differ between the two. */
public final class Appearance {

    private static final List<String> SHEETS = List.of("base", "chat", "conversations", "search", "panel", "telemetry");

    private final BooleanProperty dark = new SimpleBooleanProperty();
    private Theme choice = Theme.SYSTEM;

    public Appearance() {
        Platform.getPreferences().colorSchemeProperty().subscribe(scheme -> apply());
    }

    public void choose(Theme next) {
        choice = next;
        apply();
    }

    /** Gives the scene its style sheets now and whenever the theme changes. */
    public void dress(Scene scene) {
        setSheets(scene);
        // A window that was closed keeps its scene, so only a window that shows keeps it here.
        ObservableValue<Boolean> shown =
                scene.windowProperty().flatMap(Window::showingProperty).orElse(false);
        dark.when(shown).subscribe(isDark -> setSheets(scene));
    }

    private void setSheets(Scene scene) {
        ObservableList<String> sheets = scene.getStylesheets();
        sheets.setAll(sheet(dark.get() ? "tokens-dark" : "tokens-light"));
        SHEETS.forEach(name -> sheets.add(sheet(name)));
    }

    private void apply() {
        boolean nowDark = switch (choice) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
        Application.setUserAgentStylesheet(
                nowDark ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
        dark.set(nowDark);
    }

    private static String sheet(String name) {
        URL url = Appearance.class.getResource("/styles/" + name + ".css");
        return Objects.requireNonNull(url, name).toExternalForm();
    }
}
