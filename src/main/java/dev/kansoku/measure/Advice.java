package dev.kansoku.measure;

/** The one thing to try against what limits a turn. */
public enum Advice {
    /** Keep the model in memory; the program can do it. */
    KEEP_LOADED,
    SAME_OPTIONS,
    FEWER_AT_ONCE,
    SHORTER_PROMPT,
    SHORTER_ANSWER,
    SMALLER_MODEL,
    CLOSE_PROGRAMS,
    CHECK_NETWORK
}
