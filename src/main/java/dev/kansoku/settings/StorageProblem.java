package dev.kansoku.settings;

import java.io.IOException;
import java.nio.file.Path;

/** Why what the user set may not be what the program uses, or may not be there the next time. */
public sealed interface StorageProblem {

    /** The file that is concerned. */
    Path file();

    /** The file could not be understood: it lies at {@code setAside} now, and the defaults are in use. */
    record Damaged(Path file, Path setAside) implements StorageProblem {}

    /** The file is there but cannot be read: the defaults are in use, and it is not written over. */
    record Unreadable(Path file, IOException cause) implements StorageProblem {}

    /** The last changes are in use but not in the file; the next change tries again, and so does closing. */
    record NotSaved(Path file, IOException cause) implements StorageProblem {}
}
