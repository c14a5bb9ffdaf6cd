package dev.kansoku.telemetry;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault that was written down, by the name of its file alone: what stands in it stays here.
 *
 * @param file its name, which sorts by time
 * @param code see {@link dev.kansoku.faults.Fault}
 */
record Crash(String file, String code, Instant at) {

    private static final Pattern NAME =
            Pattern.compile("crash-\\d{8}-\\d{6}-([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})\\.txt");

    /** Those in this folder, the oldest first; none if it cannot be read. */
    static List<Crash> in(Path folder) {
        var found = new ArrayList<Crash>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "crash-*.txt")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(new Crash(
                            name.group(),
                            name.group(1),
                            Files.getLastModifiedTime(file).toInstant()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        found.sort(Comparator.comparing(Crash::file));
        return found;
    }
}
