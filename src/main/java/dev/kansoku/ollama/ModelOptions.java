package dev.kansoku.ollama;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of one request; what is {@code null} is not sent, so that the server's default holds. Changing
 * {@code numCtx}, {@code numGpu} or {@code numThread} between two requests makes the server load the model anew
 * (server/sched.go, needsReload).
 *
 * @param numCtx context window in tokens
 * @param numPredict most tokens to write; -1 for no limit of the caller's
 * @param numThread threads; 0 lets the server choose
 * @param numGpu layers on the GPU; 0 for none, -1 lets the server choose
 * @param stop texts that end the reply
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelOptions(
        @JsonProperty("num_ctx") @Nullable Integer numCtx,
        @JsonProperty("num_predict") @Nullable Integer numPredict,
        @JsonProperty("num_thread") @Nullable Integer numThread,
        @JsonProperty("num_gpu") @Nullable Integer numGpu,
        @JsonProperty("seed") @Nullable Integer seed,
        @JsonProperty("temperature") @Nullable Double temperature,
        @JsonProperty("top_k") @Nullable Integer topK,
        @JsonProperty("top_p") @Nullable Double topP,
        @JsonProperty("min_p") @Nullable Double minP,
        @JsonProperty("repeat_penalty") @Nullable Double repeatPenalty,
        @JsonProperty("stop") @Nullable List<String> stop) {

    /** Everything as the server has it. */
    public static final ModelOptions DEFAULTS =
            new ModelOptions(null, null, null, null, null, null, null, null, null, null, null);
}
