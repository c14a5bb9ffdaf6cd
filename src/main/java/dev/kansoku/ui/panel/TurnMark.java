package dev.kansoku.ui.panel;

import dev.kansoku.measure.LoadVerdict;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a turn began.
 *
 * @param requestId of the turn
 * @param nanos {@link System#nanoTime()}
 * @param verdict {@code null} while it is not known yet
 */
public record TurnMark(UUID requestId, long nanos, @Nullable LoadVerdict verdict) {}
