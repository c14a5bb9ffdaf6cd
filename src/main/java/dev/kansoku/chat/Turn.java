package dev.kansoku.chat;

import dev.kansoku.ollama.ModelOptions;
import java.time.Instant;
import java.util.UUID;

/**
 * One prompt and its reply: the only thing that moves through the program. Its identity and its request never change;
 * the reply grows while the turn runs.
 */
public final class Turn {

    public enum State {
        QUEUED,
        RUNNING,
        FINISHED,
        INCOMPLETE,
        STOPPED,
        FAILED;

        public boolean isOver() {
            return this != QUEUED && this != RUNNING;
        }
    }

    private final UUID requestId = UUID.randomUUID();
    private final UUID sessionId;
    private final Conversation conversation;
    private final String model;
    private final ModelOptions options;
    private final Prompt prompt;
    private final Instant createdAt;
    private final ReplyText answer = new ReplyText();
    private final ReplyText thinking = new ReplyText();
    private volatile State state = State.QUEUED;
    private volatile boolean superseded;

    Turn(
            UUID sessionId,
            Conversation conversation,
            String model,
            ModelOptions options,
            Prompt prompt,
            Instant createdAt) {
        this.sessionId = sessionId;
        this.conversation = conversation;
        this.model = model;
        this.options = options;
        this.prompt = prompt;
        this.createdAt = createdAt;
    }

    public UUID requestId() {
        return requestId;
    }

    /** The run of the program in which this turn was sent. */
    public UUID sessionId() {
        return sessionId;
    }

    public Conversation conversation() {
        return conversation;
    }

    public String model() {
        return model;
    }

    public ModelOptions options() {
        return options;
    }

    public Prompt prompt() {
        return prompt;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public ReplyText answer() {
        return answer;
    }

    public ReplyText thinking() {
        return thinking;
    }

    public State state() {
        return state;
    }

    void become(State next) {
        state = next;
    }

    /** Tried again: a later turn carries the same prompt, so this one is no longer part of what the model is sent. */
    void supersede() {
        superseded = true;
    }

    /** Whether it is part of the conversation so far: it has an answer, maybe a partial one, that the user sees too. */
    boolean isPartOfHistory() {
        return state.isOver() && !superseded && answer.length() > 0;
    }

    @Override
    public String toString() {
        return "Turn[" + requestId + ", " + model + ", " + state + "]";
    }
}
