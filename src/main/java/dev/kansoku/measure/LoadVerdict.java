package dev.kansoku.measure;

/** Whether a turn had to wait for its model, and why. */
public enum LoadVerdict {
    /** The model was not in memory. */
    COLD,
    /** It was. */
    WARM,
    /** It was, but had to be loaded anew, because an option like the context window changed. */
    RELOAD,
    /** The wait was for other requests, not for a load. */
    QUEUED,
    /** The signals do not suffice, or contradict each other. */
    UNKNOWN
}
