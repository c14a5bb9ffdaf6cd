package dev.kansoku.history;

import org.jspecify.annotations.Nullable;

/**
 * Whether what is said is being kept.
 *
 * @param problem why not; {@code null} while it is
 */
public record HistoryState(@Nullable Problem problem) {

    static final HistoryState SAVING = new HistoryState(null);

    /** Why nothing can be written. What is said meanwhile stays in memory, and is written as soon as that works again. */
    public enum Problem {
        DISK_FULL,
        READ_ONLY,
        /** Another program has the file. */
        LOCKED,
        /** The file was written by a newer version of this program: it can only be read. */
        NEWER_VERSION,
        /** Anything else that the operating system or SQLite says. */
        UNUSABLE
    }

    public boolean isSaving() {
        return problem == null;
    }
}
