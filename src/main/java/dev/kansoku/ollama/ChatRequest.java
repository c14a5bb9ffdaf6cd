package dev.kansoku.ollama;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chat turn asks of Ollama; the reply is always streamed.
 *
 * @param keepAlive how long the model stays loaded afterwards: zero unloads at once, negative keeps it for good,
 *     {@code null} leaves it to the server (5 minutes by default)
 */
public record ChatRequest(
        String model,
        List<ChatMessage> messages,
        ModelOptions options,
        @Nullable Duration keepAlive) {

    public ChatRequest {
        messages = List.copyOf(messages);
    }
}
