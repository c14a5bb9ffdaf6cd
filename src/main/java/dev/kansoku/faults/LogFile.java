package dev.kansoku.faults;

import dev.kansoku.settings.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Turns the log on. {@code logback.xml} says the rest. */
public final class LogFile {

    /** Read by {@code logback.xml}; without it there is no log. */
    static final String FOLDER_PROPERTY = "kansoku.log.folder";

    private LogFile() {}

    /**
     * Lets the log be written into this folder. To be called before anything else in {@code main}: Logback reads its
     * configuration when the first logger is made. If the folder cannot be made there is no log, and nobody is told: a
     * chat works without one.
     */
    public static void open(Path folder) {
        try {
            PrivateFiles.createFolder(folder);
            System.setProperty(FOLDER_PROPERTY, folder.toString());
        } catch (IOException e) {
            System.clearProperty(FOLDER_PROPERTY);
        }
    }
}
