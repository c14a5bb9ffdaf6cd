package dev.kansoku.ui.panel;

import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Segments;
import dev.kansoku.measure.TurnMeasurement;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the charts by turn show of a turn that ended. Unlike its measurement it keeps no text in memory.
 *
 * @param startedNanos the same moment by {@link System#nanoTime()}, which stands still while the machine sleeps; {@code
 *     null} if nobody noted it
 */
public record TurnSummary(
        String model,
        Instant sentAt,
        @Nullable Long startedNanos,
        LoadVerdict verdict,
        Segments segments,
        OptionalDouble tokensPerSecond) {

    static TurnSummary of(TurnMeasurement measurement, @Nullable Long startedNanos) {
        return new TurnSummary(
                measurement.turn().model(),
                measurement.sentAt(),
                startedNanos,
                measurement.verdict(),
                measurement.segments(),
                measurement.tokensPerSecond());
    }

    /** Whether it ran at a moment. */
    boolean ranAt(long nanos) {
        return startedNanos != null
                && nanos - startedNanos >= 0
                && nanos - startedNanos <= segments.wall().toNanos();
    }
}
