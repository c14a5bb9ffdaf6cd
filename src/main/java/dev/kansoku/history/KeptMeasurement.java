package dev.kansoku.history;

import dev.kansoku.chat.Turn;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.Segments;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.measure.TurnResources;
import dev.kansoku.ollama.ReplyFigures;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A {@link TurnMeasurement} without its turn and why that failed, which are kept beside it. */
public record KeptMeasurement(
        Instant sentAt,
        Outcome outcome,
        boolean demo,
        boolean local,
        @Nullable String serverVersion,
        LoadVerdict verdict,
        Segments segments,
        @Nullable Duration timeToFirstToken,
        @Nullable Duration chunkToGlass,
        @Nullable Integer contextLength,
        @Nullable TurnResources resources,
        @Nullable ReplyFigures figures) {

    public static KeptMeasurement of(TurnMeasurement measurement) {
        return new KeptMeasurement(
                measurement.sentAt(),
                measurement.outcome(),
                measurement.demo(),
                measurement.local(),
                measurement.serverVersion(),
                measurement.verdict(),
                measurement.segments(),
                measurement.timeToFirstToken(),
                measurement.chunkToGlass(),
                measurement.contextLength(),
                measurement.resources(),
                measurement.figures());
    }

    public TurnMeasurement of(Turn turn) {
        return new TurnMeasurement(
                turn,
                sentAt,
                outcome,
                demo,
                local,
                serverVersion,
                verdict,
                segments,
                timeToFirstToken,
                chunkToGlass,
                contextLength,
                resources,
                figures,
                turn.error());
    }
}
