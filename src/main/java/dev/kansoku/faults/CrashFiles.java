package dev.kansoku.faults;

import dev.kansoku.settings.BuildInfo;
import dev.kansoku.settings.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Text files about faults, fit to be sent with a report: they say where the program failed and nothing it handled. */
final class CrashFiles {

    static final int KEPT = 20;

    private static final Logger LOG = LoggerFactory.getLogger(CrashFiles.class);
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Path folder;

    CrashFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes {@code crash-<yyyyMMdd-HHmmss>-<code>.txt} and deletes the oldest if there are more than {@link #KEPT}. */
    Path write(ZonedDateTime time, Thread thread, Throwable fault, String code) throws IOException {
        Path file = folder.resolve("crash-" + TIMESTAMP.format(time) + "-" + code + ".txt");
        PrivateFiles.write(file, text(time, thread, fault, code).getBytes(StandardCharsets.UTF_8));
        deleteOldest();
        return file;
    }

    /** Deletes all of them, and what is left of one that was not written to its end. */
    void deleteAll() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "crash-*")) {
            for (Path file : found) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Then there are none.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static String text(ZonedDateTime time, Thread thread, Throwable fault, String code) {
        return """
                Fault:   %s
                Time:    %s
                Kansoku: %s
                Java:    %s
                JavaFX:  %s
                System:  %s %s, %s
                Thread:  %s

                %s""".formatted(
                        code,
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time),
                        BuildInfo.version(),
                        System.getProperty("java.runtime.version"),
                        // Set by JavaFX when it starts; asking JavaFX itself would draw it into this package.
                        System.getProperty("javafx.runtime.version", "not started"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        thread.getName(),
                        StackText.of(fault));
    }

    private void deleteOldest() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "crash-*.txt")) {
            found.forEach(files::add);
            // The names sort by time.
            Collections.sort(files);
            for (Path file : files.subList(0, Math.max(0, files.size() - KEPT))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The new file is there all the same, and the next fault tries again.
            LOG.warn("Old crash files not deleted", e);
        }
    }
}
