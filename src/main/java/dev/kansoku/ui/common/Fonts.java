package dev.kansoku.ui.common;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Parent;
import javafx.scene.text.Font;

/** Which of the machine's fonts to use. */
public final class Fonts {

    private static final List<String> JAPANESE = List.of(
            "Noto Sans CJK JP",
            "Noto Sans JP",
            "Yu Gothic UI",
            "Meiryo UI",
            "Hiragino Sans",
            "IPAexGothic",
            "TakaoPGothic");
    private static final List<String> LATIN = List.of(
            "Inter", "Segoe UI", "SF Pro Text", "Ubuntu", "Cantarell", "Noto Sans", "Noto Sans CJK JP", "Open Sans");

    private Fonts() {}

    /**
     * Sets the family of a whole window. JavaFX takes only one, and which one has the glyphs of a language depends on the
     * machine, so it cannot stand in a style sheet.
     */
    public static void apply(Parent root, Locale locale) {
        familyFor(locale).ifPresent(family -> root.setStyle("-fx-font-family: \"" + family + "\";"));
    }

    /** The family to use for this language; empty for the system's own. */
    static Optional<String> familyFor(Locale locale) {
        Set<String> installed = Set.copyOf(Font.getFamilies());
        List<String> wanted = locale.getLanguage().equals(Locale.JAPANESE.getLanguage()) ? JAPANESE : LATIN;
        return wanted.stream().filter(installed::contains).findFirst();
    }

    /** Whether one of the known families with Japanese glyphs is installed. */
    public static boolean canShowJapanese() {
        return familyFor(Locale.JAPANESE).isPresent();
    }
}
