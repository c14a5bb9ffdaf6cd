package dev.kansoku.ollama;

import org.jspecify.annotations.Nullable;

/**
 * One line of a streamed reply.
 *
 * @param content text of the answer, maybe empty; a chunk is not exactly one token
 * @param thinking text of the model's thinking, maybe empty
 * @param toolCalls number of tool calls in this line
 * @param readNanos {@link System#nanoTime()} of the read from the socket that completed this line
 * @param last the figures, on the line that says {@code "done": true}; {@code null} on all others
 */
public record ChatChunk(
        String content,
        String thinking,
        int toolCalls,
        long readNanos,
        @Nullable ReplyFigures last) {}
