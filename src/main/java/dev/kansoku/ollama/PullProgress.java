package dev.kansoku.ollama;

import org.jspecify.annotations.Nullable;

/**
 * One line of a pull's progress.
 *
 * @param status what the server is doing, in its own words
 * @param digest the layer that {@code total} and {@code completed} are about; layers come one after the other
 * @param total bytes of the layer
 * @param completed bytes of it that are there; a resumed pull starts above 0
 */
public record PullProgress(String status, @Nullable String digest, long total, long completed) {}
