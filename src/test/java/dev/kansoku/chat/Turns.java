package dev.kansoku.chat;

import dev.kansoku.ollama.ModelOptions;
import java.util.UUID;

/** Turns that nobody runs. */
public final class Turns {

    private Turns() {}

    public static Turn turn(String model) {
        var conversation = new Conversation(ScriptedChat.NOW);
        return turn(conversation, model, "Hello");
    }

    static Turn turn(Conversation conversation, String model, String prompt) {
        var turn = new Turn(
                UUID.randomUUID(),
                conversation,
                conversation.tip(),
                model,
                ModelOptions.DEFAULTS,
                Prompt.of(prompt),
                ScriptedChat.NOW,
                "");
        conversation.add(turn);
        return turn;
    }
}
