package dev.kansoku.settings;

/** The key that sends the prompt; the other one breaks the line. */
public enum SendKey {
    ENTER,
    CTRL_ENTER
}
