package dev.kansoku.measure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The server has cut what it was sent so that it fits into the context window, which it does without saying so
 * (server/prompt.go, chatPrompt).
 *
 * @param tokens about how many the model does not see any more; two significant digits
 */
public record Truncation(long tokens) {

    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    static Truncation about(double tokens) {
        return new Truncation(new BigDecimal(tokens).round(TWO_DIGITS).longValue());
    }
}
