package dev.kansoku.ui.panel;

import java.time.Duration;
import java.time.Instant;

/**
 * What time of day it was at a {@link System#nanoTime()}: one moment by both clocks.
 *
 * @param nanos {@link System#nanoTime()}
 * @param instant the same moment
 */
record WallClock(long nanos, Instant instant) {

    /** The clock of the machine is corrected by little all the time; labels need not tremble with it. */
    private static final Duration TOLERANCE = Duration.ofMillis(200);

    Instant at(long when) {
        return instant.plusNanos(when - nanos);
    }

    long nanosOf(Instant when) {
        return nanos + Duration.between(instant, when).toNanos();
    }

    /** This clock, or the other one if the two have drifted apart, as after a sleep of the machine. */
    WallClock correctedBy(WallClock later) {
        Duration drift = Duration.between(at(later.nanos), later.instant).abs();
        return drift.compareTo(TOLERANCE) > 0 ? later : this;
    }
}
