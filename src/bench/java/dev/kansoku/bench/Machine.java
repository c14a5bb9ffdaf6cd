package dev.kansoku.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where it was measured. */
final class Machine {

    private Machine() {}

    static String table(Display display) {
        return new Table("", "")
                .row(
                        "Processor",
                        value("/proc/cpuinfo", "model name") + ", "
                                + Runtime.getRuntime().availableProcessors() + " cores as this machine counts them")
                .row(
                        "Memory",
                        Numbers.mebibytes(1024
                                * Long.parseLong(
                                        value("/proc/meminfo", "MemTotal").replaceAll("\\D", ""))))
                .row(
                        "Kernel",
                        System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                                + System.getProperty("os.arch"))
                .row("System", value("/etc/os-release", "PRETTY_NAME").replace("\"", ""))
                .row("JDK", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"))
                .row("JavaFX", System.getProperty("bench.javafx") + ", software pipeline")
                .row("Window", "1280 x 800 on " + display.description())
                .row("Flags of the JVM", "`" + System.getProperty("bench.flags") + "`")
                .toString();
    }

    /** How many threads wanted a core, in the mean of the last minute. */
    static double load() {
        return Double.parseDouble(read("/proc/loadavg").split(" ", 2)[0]);
    }

    /** Whether somebody else uses it so much that what is measured tells little; our own part before counts too. */
    static boolean isBusy() {
        return load() > Runtime.getRuntime().availableProcessors();
    }

    private static String value(String file, String field) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length())
                        .replaceFirst("^\\s*[:=]\\s*", "")
                        .strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
