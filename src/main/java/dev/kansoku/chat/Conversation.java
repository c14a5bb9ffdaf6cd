package dev.kansoku.chat;

import dev.kansoku.ollama.ChatMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Turns in the order in which they were sent. Changed by {@link ChatService} alone; may be read from any thread. */
public final class Conversation {

    private final UUID id = UUID.randomUUID();
    private final Instant createdAt;
    private final List<Turn> turns = new ArrayList<>();

    public Conversation(Instant createdAt) {
        this.createdAt = createdAt;
    }

    public UUID id() {
        return id;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public synchronized List<Turn> turns() {
        return List.copyOf(turns);
    }

    synchronized void add(Turn turn) {
        turns.add(turn);
    }

    synchronized boolean remove(Turn turn) {
        return turns.remove(turn);
    }

    /** What the model is sent for a turn: everything said so far, without its thinking, then the turn's prompt. */
    synchronized List<ChatMessage> messagesFor(Turn turn) {
        var messages = new ArrayList<ChatMessage>();
        for (Turn earlier : turns) {
            if (earlier == turn) {
                break;
            }
            if (earlier.isPartOfHistory()) {
                messages.add(
                        new ChatMessage(ChatMessage.Role.USER, earlier.prompt().content()));
                messages.add(new ChatMessage(
                        ChatMessage.Role.ASSISTANT, earlier.answer().toString()));
            }
        }
        messages.add(new ChatMessage(ChatMessage.Role.USER, turn.prompt().content()));
        return messages;
    }
}
