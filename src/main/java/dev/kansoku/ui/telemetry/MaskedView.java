package dev.kansoku.ui.telemetry;

import dev.kansoku.privacy.MaskedText;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What would be sent of a text: its masked beginning, and below it what else. */
final class MaskedView extends VBox {

    private final Words words;
    private final Figures figures;
    private final TelemetryWords sentences;
    private final Label beginning = new Label();
    private final Label rest = new Label();

    MaskedView(Words words) {
        this.words = words;
        figures = new Figures(words);
        sentences = new TelemetryWords(words);
        getStyleClass().add("masked");
        beginning.getStyleClass().add("masked-text");
        rest.getStyleClass().add("masked-rest");
        rest.setWrapText(true);
        rest.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(beginning, rest);
        setAccessibleRole(AccessibleRole.TEXT);
    }

    /** @param masked {@code null}: there is no text yet */
    void show(@Nullable MaskedText masked) {
        String text = masked == null || masked.text() == null ? "" : masked.text();
        beginning.setText(text);
        Shown.set(beginning, !text.isEmpty());
        rest.setText(masked == null ? words.get("telemetry.masker.empty") : rest(masked));
        setAccessibleText(text + "\n" + rest.getText());
    }

    private String rest(MaskedText masked) {
        if (masked.failed()) {
            return words.get("telemetry.masker.failed");
        }
        if (masked.length() == null) {
            return words.get("telemetry.masker.nothing");
        }
        List<String> lines = new ArrayList<>();
        lines.add(words.get("telemetry.masker.length", figures.count(masked.length())));
        if (masked.text() != null) {
            String kinds = sentences.kinds(masked.kinds());
            lines.add(
                    kinds.isEmpty()
                            ? words.get("telemetry.masker.noKinds")
                            : words.get("telemetry.masker.kinds", kinds));
        }
        return String.join(words.get("telemetry.masker.also"), lines);
    }
}
