package dev.kansoku.measure;

/** How a turn ended. */
public enum Outcome {
    SUCCESS,
    ERROR,
    STOPPED,
    INCOMPLETE
}
