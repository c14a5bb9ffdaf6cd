package dev.kansoku.chat;

import org.jspecify.annotations.Nullable;

/**
 * When the client saw what, as {@link System#nanoTime()} taken where the bytes are read.
 *
 * @param sent the request was handed to the HTTP client
 * @param connected a connection was ready; {@code null} if that never happened
 * @param firstChunk the first chunk with content, thinking or a tool call was read; {@code null} if none came
 * @param last the last byte of a whole reply was read; of any other, it was known that there would be no more
 */
public record Timeline(
        long sent, @Nullable Long connected, @Nullable Long firstChunk, long last) {}
