package dev.kansoku.ui.common;

import dev.kansoku.measure.SegmentKind;
import java.util.Locale;

/** The style class that gives a segment its colour, the same one everywhere. */
public final class SegmentStyle {

    private SegmentStyle() {}

    public static String of(SegmentKind kind) {
        return "segment-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
