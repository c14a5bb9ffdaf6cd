package dev.kansoku.measure;

import dev.kansoku.chat.Turn;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ReplyFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of what a turn took, made once when it has ended. Whoever shows, stores or sends a figure of the
 * turn reads it here.
 *
 * @param sentAt when it was sent, by the clock of the day
 * @param demo whether the demo engine answered: its figures say nothing of any model
 * @param local whether the server is on this machine
 * @param serverVersion as the server tells it; {@code null} if it was never reached
 * @param verdict whether the model had to be loaded
 * @param timeToFirstToken sent until the first chunk with substance was read; a mark on the axis, not a segment
 * @param chunkToGlass of all chunks but the slowest twentieth, the longest time from being read to being drawn; {@code
 *     null} if nothing was drawn
 * @param contextLength tokens the model had room for, by what the server lists afterwards; {@code null} if it does not
 * @param resources what the machine had to give meanwhile; {@code null} if nobody looked
 * @param figures what the server said; {@code null} if the reply did not come to its last line
 * @param error why it failed, for {@link Outcome#ERROR}
 */
public record TurnMeasurement(
        Turn turn,
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
        @Nullable ReplyFigures figures,
        @Nullable OllamaError error) {

    /** Decode speed, see {@link Segments#tokensPerSecond}. */
    public OptionalDouble tokensPerSecond() {
        return segments.tokensPerSecond(figures);
    }
}
