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

    /** Nobody writes so much of the same again by chance, in UTF-16 units. */
    private static final int NO_CHANCE = 20;

    private final UUID requestId;
    private final UUID sessionId;
    private final Conversation conversation;
    private final String model;
    private final ModelOptions options;
    private final Prompt prompt;
    private final Instant createdAt;
    private final int continuedFrom;
    private final ReplyText answer;
    private final ReplyText thinking;
    private volatile State state = State.QUEUED;
    private volatile boolean demo;
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
        answer = new ReplyText(begun);
        thinking = new ReplyText("");
        continuedFrom = begun.length();
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
        demo = kept.demo();
        answer = new ReplyText(kept.answer());
        thinking = new ReplyText(kept.thinking());
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

    /** Whether it was to go on from an earlier answer and has written nothing. */
    public boolean wroteNothingMore() {
        return continuedFrom > 0 && answer.length() == continuedFrom;
    }

    /**
     * Whether it was to go on from an earlier answer and repeats its beginning instead. A model that begins anew in other
     * words cannot be told from one that goes on.
     */
    public boolean beganAnew() {
        String begun = beginning(0, continuedFrom);
        return begun.length() >= NO_CHANCE
                && beginning(continuedFrom, answer.length()).startsWith(begun.substring(0, NO_CHANCE));
    }

    private String beginning(int from, int to) {
        return answer.read(from, Math.min(to, from + 2 * NO_CHANCE)).strip();
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

    /** Whether the demo engine answers it, which runs no model; known once it runs. */
    public boolean isDemo() {
        return demo;
    }

    void answeredByDemo() {
        demo = true;
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
