package dev.kansoku.ui.archive;

import java.nio.file.Path;
import java.util.Optional;

/** Asks the user for files. On the FX thread. */
public interface ArchiveFiles {

    /** A file to be written. */
    record Target(Path file, ArchiveFormat format) {}

    /**
     * The file to write; empty if the user gave up.
     *
     * @param suggestedName ends as the format does that is offered first
     */
    Optional<Target> save(String suggestedName, ArchiveFormat first);

    /** The file to read; empty if the user gave up. */
    Optional<Path> open();
}
