package dev.kansoku.ollama;

/**
 * One message of a conversation as Ollama takes it.
 *
 * @param role who speaks
 * @param content the text
 */
public record ChatMessage(Role role, String content) {

    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }
}
