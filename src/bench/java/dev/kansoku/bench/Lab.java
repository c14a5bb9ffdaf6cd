package dev.kansoku.bench;

import dev.kansoku.bench.history.SearchMain;
import dev.kansoku.bench.history.WriteMain;
import dev.kansoku.bench.masker.MaskerMain;
import dev.kansoku.bench.server.Reply;
import dev.kansoku.bench.server.ServerMain;
import dev.kansoku.bench.telemetry.TelemetryMain;
import dev.kansoku.bench.window.PanelMain;
import dev.kansoku.bench.window.StartMain;
import dev.kansoku.bench.window.WindowMain;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a part gets its processes from, and how often it is to measure.
 *
 * @param folder for logs, recordings and the homes of windows
 * @param quick whether the numbers are of no use, so that a tenth of the work will do
 * @param recording whether windows record a profile of themselves, which costs them something
 * @param history what was said before; {@code null}: nothing
 */
record Lab(
        Display display,
        Path folder,
        boolean quick,
        boolean recording,
        @Nullable Path history) {

    /** Windows are chosen a model by their state, as if they had been closed with it. */
    static final String MODEL = "tinyllama";

    Lab recorder() {
        return new Lab(display, folder, true, true, history);
    }

    /** The same, but everything that is started has this history, each a copy. */
    Lab with(Path filled) {
        return new Lab(display, folder, quick, recording, filled);
    }

    int times(int count) {
        return quick ? Math.max(2, count / 10) : count;
    }

    /** The program in its window, ready to be used. */
    Child window(String name, String address, String model) {
        Child window = java(name, List.of(WindowMain.class.getName(), address), model);
        window.read(Boolean.class);
        return window;
    }

    /** The live panel alone in its window. */
    Child panel(String name) {
        Child window = java(name, List.of(PanelMain.class.getName()), MODEL);
        window.read(Boolean.class);
        return window;
    }

    /** The program as its own main starts it. */
    Child start(String name, String address) {
        Path home = home(name, MODEL);
        // After that: to copy a history takes seconds.
        long now = System.nanoTime();
        return java(name, home, List.of(StartMain.class.getName(), Long.toString(now), "--ollama", address));
    }

    /** The masker in the program's JVM, without a window. */
    Child masker(String name) {
        return java(name, List.of(MaskerMain.class.getName()), MODEL);
    }

    /** Searches the history in the program's JVM, without a window. */
    Child searcher(String name) {
        Child searcher = java(name, List.of(SearchMain.class.getName()), MODEL);
        searcher.read(Boolean.class);
        return searcher;
    }

    /** Writes into the history in the program's JVM, without a window. */
    Child writer(String name) {
        Child writer = java(name, List.of(WriteMain.class.getName()), MODEL);
        writer.read(Boolean.class);
        return writer;
    }

    /** Telemetry in the program's JVM, without a window, as it sends to that endpoint. */
    Child telemetry(String name, String endpoint) {
        Child telemetry = java(name, List.of(TelemetryMain.class.getName(), endpoint), MODEL);
        telemetry.read(Boolean.class);
        return telemetry;
    }

    /** A server that gives this reply to everything; its first line is its address. */
    Child server(Reply.Kind reply) {
        var command = List.of(javaCommand(), "-Xmx256m", "-cp", classPath(), ServerMain.class.getName(), reply.name());
        return Child.start(new ProcessBuilder(command), log("server-" + reply));
    }

    /** The recording of a window, if it made one. */
    Path recordingOf(String name) {
        return folder.resolve(name + ".jfr");
    }

    private Child java(String name, List<String> arguments, String model) {
        return java(name, home(name, model), arguments);
    }

    private Child java(String name, Path home, List<String> arguments) {
        var command = new ArrayList<>(List.of(javaCommand(), "-p", classPath()));
        command.addAll(Arrays.asList(System.getProperty("bench.flags").split(" ", -1)));
        command.addAll(List.of(
                // Standard output is for answers alone.
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "--add-exports",
                "javafx.graphics/com.sun.javafx.tk=ALL-UNNAMED",
                "-Dprism.order=sw",
                "-Duser.language=en",
                "-Duser.country=US"));
        if (recording) {
            command.add("-Xlog:jfr+startup=error:stderr");
            command.add("-XX:StartFlightRecording=settings=profile,filename=" + recordingOf(name));
        }
        command.addAll(List.of("-cp", classPath()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().put("DISPLAY", display.name());
        builder.environment().put("KANSOKU_HOME", home.toString());
        return Child.start(builder, log(name));
    }

    private Path log(String name) {
        return folder.resolve("logs").resolve(name + ".log");
    }

    /** A new one for each window: what an earlier one left behind must change nothing. */
    private Path home(String name, String model) {
        Path home = folder.resolve("homes").resolve(name);
        try {
            if (Files.exists(home)) {
                try (Stream<Path> old = Files.walk(home)) {
                    for (Path path :
                            old.sorted((one, other) -> other.compareTo(one)).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(home.resolve("config"));
            Files.writeString(home.resolve("config/window.json"), "{\"model\":\"" + model + "\"}");
            if (history != null) {
                Files.createDirectories(home.resolve("data"));
                Path copy = Files.copy(history, home.resolve("data/history.db"));
                // Otherwise the disk would be busy with it while something is measured.
                try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
            return home.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The program's, as Maven has it, and the harness. */
    private static String classPath() {
        try {
            return String.join(
                    File.pathSeparator,
                    Path.of("target/classes").toAbsolutePath().toString(),
                    Files.readString(Path.of("target/bench/class-path")).strip(),
                    Path.of("target/test-classes").toAbsolutePath().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
