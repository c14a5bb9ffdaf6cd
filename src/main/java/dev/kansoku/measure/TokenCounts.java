package dev.kansoku.measure;

import dev.kansoku.chat.Turn;
import dev.kansoku.ollama.ReplyFigures;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What the server's token counts of a turn mean; {@code null} is "not known". */
final class TokenCounts {

    /** The server ends an answer that fills its window so often (llm/server.go, Completion). */
    private static final long MOST_WINDOWS = 10;

    private TokenCounts() {}

    /** {@code prompt_eval_count} leaves the cached tokens out (mended in 0.30.1, ollama/ollama#16428). */
    private static boolean countsUncachedOnly(TurnMeasurement measurement) {
        return measurement.serverVersion() != null
                && measurement.serverVersion().matches("0\\.30\\.0(-.*)?");
    }

    /** All tokens of the prompt, history and template included. */
    static @Nullable Long promptInFull(TurnMeasurement measurement) {
        @Nullable ReplyFigures figures = measurement.figures();
        return figures == null || countsUncachedOnly(measurement) || isContradictory(measurement, figures)
                ? null
                : figures.promptEvalCount();
    }

    /** Those tokens of the prompt that were not in the cache. A runner that was just started has nothing in it. */
    static @Nullable Long promptRead(TurnMeasurement measurement) {
        @Nullable ReplyFigures figures = measurement.figures();
        if (figures == null || figures.promptEvalCount() == null || isContradictory(measurement, figures)) {
            return null;
        }
        if (countsUncachedOnly(measurement)) {
            return figures.promptEvalCount();
        }
        if (figures.promptEvalCachedCount() != null) {
            return figures.promptEvalCount() - figures.promptEvalCachedCount();
        }
        boolean fresh = measurement.verdict() == LoadVerdict.COLD || measurement.verdict() == LoadVerdict.RELOAD;
        return fresh ? figures.promptEvalCount() : null;
    }

    /** At least so many tokens of the prompt were read: what was typed for this turn cannot have been in the cache. */
    static @Nullable Long promptReadAtLeast(TurnMeasurement measurement) {
        @Nullable Long read = promptRead(measurement);
        @Nullable Long all = promptInFull(measurement);
        if (read != null || all == null) {
            return read;
        }
        return Math.min(all, (long) TokenRatio.usual(measurement.turn().prompt().content()));
    }

    /** More cached tokens than there are, or more than the window holds: what is too long is cut. */
    private static boolean isContradictory(TurnMeasurement measurement, ReplyFigures figures) {
        @Nullable Long all = figures.promptEvalCount();
        @Nullable Long cached = figures.promptEvalCachedCount();
        @Nullable Integer window = ContextUse.limit(measurement);
        return all != null && ((cached != null && cached > all) || (window != null && all > window));
    }

    static @Nullable Long written(TurnMeasurement measurement) {
        @Nullable
        Long written =
                measurement.figures() == null ? null : measurement.figures().evalCount();
        @Nullable Integer window = ContextUse.limit(measurement);
        return written != null && window != null && written > MOST_WINDOWS * window ? null : written;
    }

    /** Decode speed in tokens per second. */
    static @Nullable Double speed(TurnMeasurement measurement) {
        OptionalDouble speed = measurement.tokensPerSecond();
        return speed.isPresent() ? speed.getAsDouble() : null;
    }

    /** Tokens of the answer that are part of the next prompt: thinking is counted as written, but not sent back. */
    static @Nullable Long carried(TurnMeasurement measurement) {
        @Nullable Long written = written(measurement);
        Turn turn = measurement.turn();
        long answer = (long) turn.answer().length() - turn.continuedFrom();
        long thinking = turn.thinking().length();
        return written == null || thinking == 0
                ? written
                : Long.valueOf(Math.round(written * (answer / (double) (answer + thinking))));
    }
}
