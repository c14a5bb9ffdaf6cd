package dev.kansoku.chat;

import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaError;
import org.jspecify.annotations.Nullable;

/**
 * Who answers, and what is known of the user's Ollama. Once it has answered and is in use, {@link ModelSnapshot} tells
 * how it goes on.
 *
 * @param ollama the one the user set
 * @param use who is asked
 * @param answers whether the user's Ollama answered when it was asked last
 * @param problem why it did not; {@code null} also as long as it has not been asked
 */
public record EngineState(
        OllamaAddress ollama,
        Use use,
        boolean answers,
        @Nullable OllamaError problem) {

    public enum Use {
        /** The user's Ollama. */
        OLLAMA,

        /** The demo engine, because no Ollama answers. */
        STAND_IN,

        /** The demo engine, because the user wants it. */
        DEMO
    }

    public boolean isDemo() {
        return use != Use.OLLAMA;
    }

    EngineState with(Use next) {
        return new EngineState(ollama, next, answers, problem);
    }
}
