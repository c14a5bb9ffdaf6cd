package dev.kansoku.measure;

import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.ollama.ModelName;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the server cuts the history of one conversation: {@code prompt_eval_count} is then less than what must
 * have been sent, which is the last count, the last answer and the new prompt. From turn to turn only sums are kept. Not
 * thread-safe.
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

    private final TokenRatio ratio;
    private @Nullable Turn last;
    private @Nullable Conditions conditions;

    /** What the next turn is sent with before its own prompt; too little where nobody looked, so that less is said. */
    private TokenRange history = TokenRange.NONE;

    /** Answers that are part of it, but cease to be when their prompt is tried again. */
    private final Map<Turn, TokenRange> unfinished = new HashMap<>();

    /**
     * For one conversation.
     *
     * @param ratio is taught every turn that is checked
     */
    public TruncationCheck(TokenRatio ratio) {
        this.ratio = ratio;
    }

    /** To be called once for every turn of the conversation that has ended, in their order. */
    public Optional<Truncation> check(TurnMeasurement measurement) {
        Turn turn = measurement.turn();
        if (last != null && turn.createdAt().isBefore(last.createdAt())) {
            // A quicker turn went ahead; its count holds this one already.
            return Optional.empty();
        }
        last = turn;
        adjustTo(Conditions.of(measurement));
        Optional<Truncation> truncation = measurement.figures() == null ? unfinished(turn) : finished(measurement);
        ratio.learn(measurement);
        return truncation;
    }

    private void adjustTo(Conditions now) {
        if (conditions != null && !now.agreesWith(conditions)) {
            forget();
        }
        conditions = now;
    }

    private void forget() {
        history = TokenRange.NONE;
        unfinished.clear();
    }

    private Optional<Truncation> unfinished(Turn turn) {
        if (turn.answer().length() > 0) {
            TokenRange tokens = text(turn, turn.prompt().content())
                    .plus(text(turn, turn.answer().toString()));
            unfinished.put(turn, tokens);
            history = history.plus(tokens);
        }
        return Optional.empty();
    }

    private Optional<Truncation> finished(TurnMeasurement measurement) {
        Turn turn = measurement.turn();
        @Nullable Long count = TokenCounts.promptInFull(measurement);
        if (count == null) {
            forget();
            return Optional.empty();
        }
        TokenRange sent = history.plus(text(turn, turn.prompt().content()));
        @Nullable Integer limit = ContextUse.limit(measurement);
        if (isCut(count, sent, limit) && !unfinished.isEmpty()) {
            // Only now, because it looks at the whole conversation.
            sent = sent.minus(triedAgain(turn));
        }
        boolean cut = isCut(count, sent, limit);
        // A turn without an answer is not sent again; neither is its prompt.
        if (turn.answer().length() > 0) {
            history = (cut ? sent : counted(count, sent, limit)).plus(answer(measurement));
        }
        return cut ? Optional.of(Truncation.about(sent.about() - count)) : Optional.empty();
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

    /** Those of the unfinished turns whose prompt a later turn carries, and so is sent without them. */
    private TokenRange triedAgain(Turn turn) {
        List<Turn> turns = turn.conversation().turns();
        Set<Prompt> later = Collections.newSetFromMap(new IdentityHashMap<>());
        TokenRange gone = TokenRange.NONE;
        for (Turn one : turns.reversed()) {
            if (!later.add(one.prompt())) {
                @Nullable TokenRange tokens = unfinished.remove(one);
                gone = tokens == null ? gone : gone.plus(tokens);
            }
        }
        return gone;
    }

    /** What an answer will be in the next prompt: its text alone, without thinking or what else was written. */
    private TokenRange answer(TurnMeasurement measurement) {
        Turn turn = measurement.turn();
        TokenRange text = text(turn, turn.answer().toString());
        @Nullable Long written = TokenCounts.written(measurement);
        @Nullable Long carried = TokenCounts.carried(measurement);
        if (written == null || carried == null) {
            return text;
        }
        double least = READ_AGAIN * written;
        if (turn.thinking().length() > 0
                || written > HIDDEN * TokenRatio.usual(turn.answer().toString())) {
            least = Math.min(least, text.least());
        }
        return new TokenRange(least, Math.max(least, carried), written + MARGIN_TOKENS);
    }

    private TokenRange text(Turn turn, String text) {
        return TokenRange.around(ratio.tokens(turn.model(), text)).plus(AROUND);
    }
}
