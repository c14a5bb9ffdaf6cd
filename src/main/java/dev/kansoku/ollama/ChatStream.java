package dev.kansoku.ollama;

import org.jspecify.annotations.Nullable;

/**
 * One streamed reply. One thread reads it; {@link #close()} may come from any.
 */
public final class ChatStream implements AutoCloseable {

    private final LineStream lines;
    private volatile boolean finished;

    ChatStream(LineStream lines) {
        this.lines = lines;
    }

    /**
     * Waits for the next line of the reply; the first call sends the request.
     *
     * <p>The chunk whose {@link ChatChunk#last()} is set is the final one. A server may end a reply cleanly without it
     * (llm, Completion: the model repeats itself): then {@code null} comes without such a chunk before it, and the
     * reply is incomplete.
     *
     * <p>An interrupt of the reading thread counts as {@link #close()}; the thread stays interrupted.
     *
     * @return {@code null} at the end, and always once the stream is closed
     * @throws OllamaException if the request or the reply failed; what was returned before stays valid, and the next
     *     call returns {@code null}. Never because of {@code close}
     */
    public @Nullable ChatChunk next() throws OllamaException {
        if (finished) {
            lines.finish();
            return null;
        }
        LineStream.Line line = lines.next();
        if (line == null) {
            return null;
        }
        ChatChunk chunk = Wire.chunk(line.json(), line.readNanos());
        finished = chunk.last() != null;
        return chunk;
    }

    /** {@link System#nanoTime()} right before the request was sent; 0 before the first {@link #next()}. */
    public long sentNanos() {
        return lines.sentNanos();
    }

    /** {@link System#nanoTime()} at which a connection, pooled or new, was ready; 0 until then. */
    public long connectedNanos() {
        return lines.connectedNanos();
    }

    /**
     * {@link System#nanoTime()} of the last read from the socket, of headers, lines or the end of the stream; 0 until
     * the headers have come. The end is read by the {@link #next()} that returns {@code null}.
     */
    public long lastReadNanos() {
        return lines.lastReadNanos();
    }

    /** Whether the stream was closed by {@link #close()}, an interrupt, or {@link OllamaClient#close()}. */
    public boolean isClosed() {
        return lines.isClosed();
    }

    /**
     * Ends the reply. If the final chunk has not come, the connection is closed at once, from which Ollama learns that
     * it shall stop. A {@link #next()} that waits returns {@code null}.
     */
    @Override
    public void close() {
        if (finished) {
            // Otherwise a caller who does not wait for the null would cost the next prompt a new connection.
            lines.finish();
        }
        lines.close();
    }
}
