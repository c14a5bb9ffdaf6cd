package dev.kansoku.ui.archive;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How conversations are written into a file. */
public enum ArchiveFormat {
    /** To be read by people. */
    MARKDOWN(".md"),
    /** Complete; can be imported. */
    JSON(".json");

    private final String ending;

    ArchiveFormat(String ending) {
        this.ending = ending;
    }

    public String ending() {
        return ending;
    }

    /** What the ending of the file's name says. */
    public static Optional<ArchiveFormat> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(JSON.ending)) {
            return Optional.of(JSON);
        }
        return name.endsWith(MARKDOWN.ending) || name.endsWith(".markdown") ? Optional.of(MARKDOWN) : Optional.empty();
    }
}
