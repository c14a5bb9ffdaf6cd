package dev.kansoku.measure;

import java.time.Duration;

/** A part of a turn's wall time; never negative. */
public record Segment(SegmentKind kind, Duration duration) {

    public Segment {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(kind + " of " + duration);
        }
    }
}
