package dev.kansoku.measure;

import dev.kansoku.chat.Turn;
import dev.kansoku.ollama.ModelName;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the server cuts the history of one conversation: {@code prompt_eval_count} is then less than what must
 * have been sent, which is the count, and the answer, of the turn that it follows and the new prompt. Of each turn only
 * sums are kept. Not thread-safe.
 */
public final class TruncationCheck {

    /** Templates put different things around the last message and the earlier ones. */
    private static final double MARGIN_TOKENS = 32;

    private static final double MARGIN_SHARE = 0.05;

    /** What the template adds to a message. */
    private static final TokenRange AROUND = new TokenRange(0, 4, MARGIN_TOKENS);

    /** What is written is not always tokenized the same way when it is read again. */
    private static final double READ_AGAIN = 0.9;

    /** More tokens than this times what the text should have: some were written that nobody was shown. */
    private static final double HIDDEN = 2;

    /** What counts from turn to turn only if it stays the same. */
    private record Conditions(
            String model,
            @Nullable Integer numCtx,
            @Nullable Integer contextLength,
            @Nullable String version) {

        static Conditions of(TurnMeasurement measurement) {
            Turn turn = measurement.turn();
            return new Conditions(
                    ModelName.withTag(turn.model()),
                    turn.options().numCtx(),
                    measurement.contextLength(),
                    measurement.serverVersion());
        }

        boolean agreesWith(Conditions other) {
            return model.equalsIgnoreCase(other.model)
                    && Objects.equals(numCtx, other.numCtx)
                    && isSameIfKnown(contextLength, other.contextLength)
                    && isSameIfKnown(version, other.version);
        }

        private static boolean isSameIfKnown(@Nullable Object one, @Nullable Object other) {
            return one == null || other == null || one.equals(other);
        }
    }

    /** What the model has been told when a turn has ended; too little where nobody looked, so that less is said. */
    private record Told(TokenRange history, Conditions conditions) {}

    private final TokenRatio ratio;
    private final Map<Turn, Told> told = new WeakHashMap<>();

    /**
     * For one conversation.
     *
     * @param ratio is taught every turn that is checked
     */
    public TruncationCheck(TokenRatio ratio) {
        this.ratio = ratio;
    }

    /** To be called once for every turn of the conversation that has ended, each after the one that it follows. */
    public Optional<Truncation> check(TurnMeasurement measurement) {
        Turn turn = measurement.turn();
        Conditions now = Conditions.of(measurement);
        @Nullable Told before = turn.parent() == null ? null : told.get(turn.parent());
        TokenRange history = before == null || !now.agreesWith(before.conditions) ? TokenRange.NONE : before.history;
        TokenRange sent = history.plus(text(turn, turn.prompt().content()));
        if (turn.continuedFrom() > 0) {
            sent = sent.plus(text(turn, turn.answer().read(0, turn.continuedFrom())));
        }
        @Nullable Long count = TokenCounts.promptInFull(measurement);
        boolean answered = turn.answer().length() > 0;
        boolean cut = false;
        if (measurement.figures() == null) {
            // A turn without an answer is not sent again; neither is its prompt.
            told.put(turn, new Told(answered ? sent.plus(text(turn, turn.written())) : history, now));
        } else if (count != null) {
            @Nullable Integer limit = ContextUse.limit(measurement);
            cut = isCut(count, sent, limit);
            TokenRange known = cut ? sent : counted(count, sent, limit);
            told.put(turn, new Told(answered ? known.plus(answer(measurement)) : history, now));
        }
        ratio.learn(measurement);
        return cut && count != null ? Optional.of(Truncation.about(sent.about() - count)) : Optional.empty();
    }

    private static boolean isCut(long count, TokenRange sent, @Nullable Integer limit) {
        double margin = MARGIN_TOKENS + MARGIN_SHARE * sent.least();
        if (sent.about() - count < MARGIN_TOKENS) {
            return false;
        }
        if (limit == null) {
            return count < sent.least() - 2 * margin;
        }
        boolean tooMuch = sent.least() > limit;
        boolean tooLittle = count < sent.least() - margin && sent.most() >= limit;
        return count <= limit && (tooMuch || tooLittle);
    }

    /** What may have been cut already, but by too little to be sure, belongs to the estimate of what is missing later. */
    private static TokenRange counted(long count, TokenRange sent, @Nullable Integer limit) {
        return limit == null || sent.about() <= limit || count > limit
                ? TokenRange.exactly(count)
                : new TokenRange(count, sent.about(), sent.most());
    }

    /** What an answer will be in the next prompt: its text alone, without thinking or what else was written. */
    private TokenRange answer(TurnMeasurement measurement) {
        Turn turn = measurement.turn();
        TokenRange text = text(turn, turn.written());
        @Nullable Long written = TokenCounts.written(measurement);
        @Nullable Long carried = TokenCounts.carried(measurement);
        if (written == null || carried == null) {
            return text;
        }
        double least = READ_AGAIN * written;
        if (turn.thinking().length() > 0 || written > HIDDEN * TokenRatio.usual(turn.written())) {
            least = Math.min(least, text.least());
        }
        return new TokenRange(least, Math.max(least, carried), written + MARGIN_TOKENS);
    }

    private TokenRange text(Turn turn, String text) {
        return TokenRange.around(ratio.tokens(turn.model(), text)).plus(AROUND);
    }
}
