package dev.kansoku.history;

import dev.kansoku.measure.LoadVerdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for; all of it must hold.
 *
 * @param text as it was typed; the last word may be the beginning of one. Empty: anything
 * @param model that answered; {@code null}: any
 * @param verdict of the load; {@code null}: any
 * @param failed only turns that failed
 * @param since not before; {@code null}: at any time
 */
public record SearchQuery(
        String text,
        @Nullable String model,
        @Nullable LoadVerdict verdict,
        boolean failed,
        @Nullable Instant since) {}
