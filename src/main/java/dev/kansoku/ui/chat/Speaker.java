package dev.kansoku.ui.chat;

/** Whose text it is. */
public enum Speaker {
    USER,
    THINKING,
    ANSWER
}
