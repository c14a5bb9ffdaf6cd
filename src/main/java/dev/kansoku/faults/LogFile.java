package dev.kansoku.faults;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.rolling.RollingFileAppender;
import dev.kansoku.settings.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /** Deletes what was logged into this folder; the log goes on with an empty file. */
    public static void empty(Path folder) throws IOException {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            empty(context, folder);
        }
    }

    static void empty(LoggerContext context, Path folder) throws IOException {
        boolean[] open = {false};
        context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(appender -> {
            if (appender instanceof RollingFileAppender<?> log) {
                // Windows cannot delete a file that is open: it becomes one of the old ones.
                log.rollover();
                open[0] = true;
            }
        });
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, open[0] ? "kansoku.*.log" : "kansoku*.log")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Then there is no log.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
