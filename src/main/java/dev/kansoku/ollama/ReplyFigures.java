package dev.kansoku.ollama;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the server said about a reply in its last line (api/types.go, Metrics). {@code null} is "not said", which is
 * not 0: Ollama leaves out what is 0, and what a cloud model does not know. A figure that is negative or does not fit
 * into a {@code long} of nanoseconds, or for a count into an {@code int}, counts as not said.
 *
 * @param doneReason why the reply ended: {@code stop}, {@code length}, {@code load}, {@code unload}, or nothing
 * @param total from the handler's entry to its end
 * @param load from the handler's entry until a runner was available: scheduler queue and model load; never 0, even
 *     when the model was loaded
 * @param promptEvalCount tokens of the prompt, cached ones included (but in 0.30.0)
 * @param promptEvalCachedCount tokens of the prompt that were in the cache; only from 0.33.3 on
 * @param promptEval evaluation of the uncached tokens
 * @param evalCount tokens written
 * @param eval writing them
 */
public record ReplyFigures(
        @Nullable String doneReason,
        @Nullable Duration total,
        @Nullable Duration load,
        @Nullable Long promptEvalCount,
        @Nullable Long promptEvalCachedCount,
        @Nullable Duration promptEval,
        @Nullable Long evalCount,
        @Nullable Duration eval) {}
