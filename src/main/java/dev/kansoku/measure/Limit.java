package dev.kansoku.measure;

import org.jspecify.annotations.Nullable;

/** What the biggest segment of a turn was limited by; each is named only with the signal that stands here. */
public enum Limit {
    /** {@link LoadVerdict#COLD}. */
    COLD_LOAD(Advice.KEEP_LOADED),
    /** {@link LoadVerdict#RELOAD}. */
    RELOAD(Advice.SAME_OPTIONS),
    /** {@link LoadVerdict#QUEUED}; for a wait also that most of it came before the first token. */
    QUEUE(Advice.FEWER_AT_ONCE),
    /** Many tokens that were not in the cache, read at least as fast as tokens were written. */
    LONG_PROMPT(Advice.SHORTER_PROMPT),
    /** Many tokens, written faster than one reads. */
    LONG_ANSWER(Advice.SHORTER_ANSWER),
    /** Nothing of the model on a GPU, and most cores that it can use busy with Ollama. */
    CPU_BOUND(Advice.SMALLER_MODEL),
    /** Part of the model on a GPU, part of it not. */
    SPLIT_MODEL(Advice.SMALLER_MODEL),
    /** Hardly any memory left, or swapping. */
    MEMORY_PRESSURE(Advice.CLOSE_PROGRAMS),
    /** The machine's cores busy, but not with Ollama. */
    OTHER_PROGRAMS(Advice.CLOSE_PROGRAMS),
    /** Connecting took longest, and the server is not known to be on this machine. */
    NETWORK(Advice.CHECK_NETWORK),
    /** Drawing took longest. */
    SLOW_CLIENT(null);

    private final @Nullable Advice advice;

    Limit(@Nullable Advice advice) {
        this.advice = advice;
    }

    public @Nullable Advice advice() {
        return advice;
    }
}
