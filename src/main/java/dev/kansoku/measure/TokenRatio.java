package dev.kansoku.measure;

import dev.kansoku.chat.Turn;
import dev.kansoku.ollama.ModelName;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a text will be: four Latin characters each, a Japanese, Chinese or Korean character one, corrected by
 * what the model made of its own answers in this conversation. Answers, because {@code prompt_eval_count} also holds
 * the template and the model's system prompt, which for a short prompt are most of it. Not thread-safe.
 */
public final class TokenRatio {

    private static final double CHARACTERS_PER_TOKEN = 4;

    /** From here on: CJK, Hangul, full-width forms, emoji. */
    private static final int FIRST_WIDE = 0x2E80;

    /** Fewer tokens say more of the one that ends an answer than of its text. */
    private static final long ENOUGH = 20;

    private static final double LOWEST = 0.5;
    private static final double HIGHEST = 3;

    private @Nullable String model;
    private double expected;
    private double counted;

    /** An estimate for this model; without correction if another one has answered last. */
    public int tokens(String model, String text) {
        return tokens(model, usual(text));
    }

    /**
     * The same for text of which {@link #usual} is known already.
     *
     * @param usual the sum over all its parts
     */
    public int tokens(String model, double usual) {
        return (int) Math.ceil(usual * correction(model));
    }

    private double correction(String asked) {
        if (model == null || expected == 0 || !ModelName.same(model, asked)) {
            return 1;
        }
        return Math.clamp(counted / expected, LOWEST, HIGHEST);
    }

    void learn(TurnMeasurement measurement) {
        Turn turn = measurement.turn();
        if (model == null || !ModelName.same(model, turn.model())) {
            model = turn.model();
            expected = 0;
            counted = 0;
        }
        @Nullable Long written = TokenCounts.written(measurement);
        // Of thinking it is not sure that all of it was shown.
        if (written != null
                && written >= ENOUGH
                && turn.answer().length() > 0
                && turn.thinking().length() == 0) {
            expected += usual(turn.written());
            counted += written;
        }
    }

    /** Without any correction. A character like the one before it counts nothing: runs of spaces or dashes are one token. */
    public static double usual(String text) {
        double tokens = 0;
        int before = -1;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (character != before) {
                tokens += character >= FIRST_WIDE ? 1 : 1 / CHARACTERS_PER_TOKEN;
            }
            before = character;
            i += Character.charCount(character);
        }
        return tokens;
    }
}
