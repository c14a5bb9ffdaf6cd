package dev.kansoku.ui.common;

import dev.kansoku.measure.LoadVerdict;
import java.util.Locale;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** A load verdict as a shape, drawn by CSS, because symbols look different in every font: filled is cold, hollow warm. */
public final class VerdictMark extends Region {

    public VerdictMark() {
        getStyleClass().add("verdict-mark");
        Shown.set(this, false);
    }

    public void show(@Nullable LoadVerdict verdict) {
        boolean shown = verdict != null && verdict != LoadVerdict.UNKNOWN;
        Shown.set(this, shown);
        if (verdict != null) {
            getStyleClass().setAll("verdict-mark", verdict.name().toLowerCase(Locale.ROOT));
        }
    }
}
