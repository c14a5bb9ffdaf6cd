package dev.kansoku.ui.panel;

import dev.kansoku.history.KeptMeasurement;
import dev.kansoku.history.KeptTurnMeasurement;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Segments;
import dev.kansoku.measure.TurnMeasurement;
import java.time.Instant;
import java.util.OptionalDouble;

/** What the charts by turn show of a turn that ended. Unlike its measurement it keeps no text in memory. */
public record TurnSummary(
        String model, Instant sentAt, LoadVerdict verdict, Segments segments, OptionalDouble tokensPerSecond) {

    static TurnSummary of(TurnMeasurement measurement) {
        return new TurnSummary(
                measurement.turn().model(),
                measurement.sentAt(),
                measurement.verdict(),
                measurement.segments(),
                measurement.tokensPerSecond());
    }

    static TurnSummary of(KeptTurnMeasurement kept) {
        KeptMeasurement measurement = kept.measurement();
        return new TurnSummary(
                kept.model(),
                measurement.sentAt(),
                measurement.verdict(),
                measurement.segments(),
                measurement.segments().tokensPerSecond(measurement.figures()));
    }

    /** Whether it ran at a moment. */
    boolean ranAt(Instant moment) {
        return !moment.isBefore(sentAt) && !moment.isAfter(sentAt.plus(segments.wall()));
    }
}
