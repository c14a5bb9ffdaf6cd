package dev.kansoku.measure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of its context window a model has used, as the server says it.
 *
 * @param used tokens of the turn's prompt, history included, and of its answer; more than the window where the server
 *     let it slide while it wrote
 * @param carried those of them that the next prompt is sent with: all but the thinking. What is stopped later is not in
 *     it
 * @param limit tokens the window holds
 */
public record ContextUse(long used, long carried, int limit) {

    /** An eighth of the window, at most this: about 380 words, longer than most answers of a model on one's own machine. */
    private static final int LARGEST_ANSWER = 512;

    private static final int ANSWER_SHARE = 8;

    /** What a template puts around a message. */
    private static final int AROUND_A_MESSAGE = 16;

    /** After a finished turn; empty if the server did not say it, or said only a part ({@code 0.30.0}). */
    public static Optional<ContextUse> of(TurnMeasurement measurement) {
        @Nullable Long prompt = TokenCounts.promptInFull(measurement);
        @Nullable Long written = TokenCounts.written(measurement);
        @Nullable Long carried = TokenCounts.carried(measurement);
        @Nullable Integer limit = limit(measurement);
        return prompt == null || written == null || carried == null || limit == null
                ? Optional.empty()
                : Optional.of(new ContextUse(prompt + written, prompt + carried, limit));
    }

    /** What the server lists goes before what was asked for: it knows how much the model can do. */
    static @Nullable Integer limit(TurnMeasurement measurement) {
        @Nullable
        Integer limit = measurement.contextLength() != null
                ? measurement.contextLength()
                : measurement.turn().options().numCtx();
        return limit == null || limit <= 0 ? null : limit;
    }

    /**
     * Tokens that are left free for an answer. Less, and the server would push the oldest text out of the window while
     * it writes; more, and every longer conversation would be warned of too early.
     */
    public int answerRoom() {
        return Math.min(LARGEST_ANSWER, limit / ANSWER_SHARE);
    }

    /**
     * Whether the next prompt of this conversation, to the same model, would leave too little room for an answer, or not
     * fit at all.
     *
     * @param promptTokens by {@link TokenRatio#tokens}
     */
    public boolean wouldNotFit(int promptTokens) {
        return promptTokens > 0 && carried + promptTokens + AROUND_A_MESSAGE + answerRoom() > limit;
    }
}
