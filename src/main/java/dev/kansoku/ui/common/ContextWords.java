package dev.kansoku.ui.common;

import dev.kansoku.measure.ContextUse;
import dev.kansoku.measure.Truncation;

/** What is said of a model's context window. */
public final class ContextWords {

    private ContextWords() {}

    public static String gauge(Words words, Figures figures, ContextUse use) {
        return words.get("context.gauge", figures.count(use.used()), figures.count(use.limit()));
    }

    /** Before a prompt that {@linkplain ContextUse#wouldNotFit would not fit}. */
    public static String warning(Words words, Figures figures, ContextUse use) {
        return words.get("context.wouldNotFit", figures.count(use.limit()));
    }

    public static String alarm(Words words, Figures figures, Truncation truncation) {
        return words.get("context.truncated", figures.count(truncation.tokens()));
    }
}
