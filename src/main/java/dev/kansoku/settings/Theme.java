package dev.kansoku.settings;

/** The colours of the window; {@link #SYSTEM} follows the desktop. */
public enum Theme {
    SYSTEM,
    LIGHT,
    DARK
}
