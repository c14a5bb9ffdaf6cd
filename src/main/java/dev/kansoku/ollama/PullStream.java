package dev.kansoku.ollama;

import org.jspecify.annotations.Nullable;

/**
 * The progress of one pull. One thread reads it; {@link #close()} may come from any.
 */
public final class PullStream implements AutoCloseable {

    private final LineStream lines;

    PullStream(LineStream lines) {
        this.lines = lines;
    }

    /**
     * Waits for the next line; the first call sends the request. The model is there when a line has said
     * {@code success}; a stream that ends without has not finished it.
     *
     * <p>An interrupt of the reading thread counts as {@link #close()}; the thread stays interrupted.
     *
     * @return {@code null} at the end, and always once the stream is closed
     * @throws OllamaException if the pull failed: {@link OllamaError.ModelMissing} if the registry has no such model
     */
    public @Nullable PullProgress next() throws OllamaException {
        LineStream.Line line = lines.next();
        return line == null ? null : Wire.progress(line.json());
    }

    /** Whether the stream was closed by {@link #close()}, an interrupt, or {@link OllamaClient#close()}. */
    public boolean isClosed() {
        return lines.isClosed();
    }

    /**
     * Cancels the pull, unless another client waits for the same model. The server keeps what it has: a later pull
     * resumes.
     */
    @Override
    public void close() {
        lines.close();
    }
}
