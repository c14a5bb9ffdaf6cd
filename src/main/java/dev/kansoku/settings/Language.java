package dev.kansoku.settings;

/** The language of the window; {@link #SYSTEM} follows the desktop. */
public enum Language {
    SYSTEM,
    ENGLISH,
    JAPANESE
}
