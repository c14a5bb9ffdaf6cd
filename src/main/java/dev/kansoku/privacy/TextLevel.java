package dev.kansoku.privacy;

/** How much of a text may go to telemetry. */
public enum TextLevel {
    /** Not even that there was one. */
    NOTHING,
    /** How long it is. */
    LENGTH,
    /** How long it is, its masked beginning, and what kinds of personal data were found in it. */
    MASKED
}
