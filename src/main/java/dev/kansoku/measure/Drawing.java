package dev.kansoku.measure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a turn came onto the screen.
 *
 * @param lastNanos {@link System#nanoTime()} of the pulse that drew its last text
 * @param chunkToGlass 95th percentile of the times from reading a chunk to drawing it; {@code null} if none was drawn
 */
public record Drawing(long lastNanos, @Nullable Duration chunkToGlass) {}
