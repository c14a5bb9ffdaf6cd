package dev.kansoku.chat;

import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaError;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        FAILED,
        /** The program ended before the turn did. */
        CUT_OFF;

        public boolean isOver() {
            return this != QUEUED && this != RUNNING;
        }
    }

    private final UUID requestId;
    private final UUID sessionId;
    private final Conversation conversation;
    private final String model;
    private final ModelOptions options;
    private final Prompt prompt;
    private final Instant createdAt;
    private final int continuedFrom;
    private final ReplyText answer = new ReplyText();
    private final ReplyText thinking = new ReplyText();
    private volatile State state = State.QUEUED;
    private volatile @Nullable Turn parent;
    private volatile @Nullable OllamaError error;

    /**
     * One that is to be sent.
     *
     * @param parent the turn that it follows
     * @param begun what an earlier turn has written of the answer
     */
    Turn(
            UUID sessionId,
            Conversation conversation,
            @Nullable Turn parent,
            String model,
            ModelOptions options,
            Prompt prompt,
            Instant createdAt,
            String begun) {
        requestId = UUID.randomUUID();
        this.sessionId = sessionId;
        this.conversation = conversation;
        this.parent = parent;
        this.model = model;
        this.options = options;
        this.prompt = prompt;
        this.createdAt = createdAt;
        continuedFrom = answer.append(begun);
    }

    Turn(Conversation conversation, @Nullable Turn parent, KeptTurn kept) {
        requestId = kept.id();
        sessionId = kept.sessionId();
        this.conversation = conversation;
        this.parent = parent;
        model = kept.model();
        options = kept.options();
        prompt = kept.prompt();
        createdAt = kept.createdAt();
        continuedFrom = kept.continuedFrom();
        answer.append(kept.answer());
        thinking.append(kept.thinking());
        state = kept.state();
        error = kept.error();
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

    /** The turn that it follows; {@code null} if it is the first of its conversation. */
    public @Nullable Turn parent() {
        return parent;
    }

    void follow(@Nullable Turn other) {
        parent = other;
    }

    /** How much of the answer an earlier turn had written, in UTF-16 units; this one goes on from there. */
    public int continuedFrom() {
        return continuedFrom;
    }

    public ReplyText answer() {
        return answer;
    }

    /** The part of the answer that this turn itself has written so far. */
    public String written() {
        return answer.read(continuedFrom, answer.length());
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

    /** Why it failed; {@code null} unless it did. */
    public @Nullable OllamaError error() {
        return error;
    }

    void fail(OllamaError why) {
        error = why;
        become(State.FAILED);
    }

    /** Whether it is part of the conversation so far: it has an answer, maybe a partial one, that the user sees too. */
    boolean isPartOfHistory() {
        return state.isOver() && answer.length() > 0;
    }

    @Override
    public String toString() {
        return "Turn[" + requestId + ", " + model + ", " + state + "]";
    }
}
