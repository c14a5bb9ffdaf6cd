package dev.kansoku.ollama;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A call to Ollama failed; {@link #error()} says how. The message names only the kind, never what the server said. */
public final class OllamaException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient OllamaError error;

    public OllamaException(OllamaError error, @Nullable Throwable cause) {
        super(error.getClass().getSimpleName(), cause);
        this.error = error;
    }

    public OllamaError error() {
        return error;
    }
}
