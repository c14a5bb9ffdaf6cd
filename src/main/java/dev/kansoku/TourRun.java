package dev.kansoku;

import dev.kansoku.faults.Faults;
import dev.kansoku.faults.LogFile;
import dev.kansoku.settings.Folders;
import dev.kansoku.settings.Settings;
import dev.kansoku.settings.Stored;
import dev.kansoku.settings.WindowState;
import dev.kansoku.ui.tour.Tour;
import dev.kansoku.ui.tour.TourException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The tour as a run of the program of its own: without a display, on files that are thrown away. */
final class TourRun {

    private static final int FAILED = 1;

    /** At the corner of the Headless platform's screen, which does not bear anything to its left. */
    private static final WindowState SMALL =
            new WindowState(1000, 700, 0.0, 0.0, false, 360, true, false, false, null, true, null);

    private TourRun() {}

    /**
     * Returns when it is over.
     *
     * @return the exit code
     */
    @SuppressWarnings("SystemOut") // A command line speaks there.
    static int run(Path pictures) {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        // The pictures are written by AWT, which must not look for a display either.
        System.setProperty("java.awt.headless", "true");
        Path home = temporaryFolder();
        LogFile.open(home.resolve("logs"));
        var thrown = new CopyOnWriteArrayList<Throwable>();
        try {
            startToolkit(thrown);
            Tour.take(pictures, (stage, settings, arguments) -> start(stage, home, settings, arguments), thrown);
            System.out.println("The pictures of the tour are in " + pictures);
            return 0;
        } catch (RuntimeException e) {
            System.err.println("The tour failed: " + e.getMessage());
            @Nullable Throwable cause = e;
            while (cause instanceof TourException) {
                cause = cause.getCause();
            }
            if (cause != null) {
                cause.printStackTrace();
            }
            return FAILED;
        } finally {
            delete(home);
        }
    }

    private static void startToolkit(List<Throwable> thrown) {
        UncaughtExceptionHandler handler = (thread, e) -> {
            if (!isScreenTooSmall(e)) {
                thrown.add(e);
            }
        };
        Thread.setDefaultUncaughtExceptionHandler(handler);
        var started = new CompletableFuture<@Nullable Void>();
        Platform.startup(() -> {
            Thread.currentThread().setUncaughtExceptionHandler(handler);
            started.complete(null);
        });
        started.join();
        Platform.setImplicitExit(false);
    }

    /**
     * The screen of JavaFX 26's Headless platform has 1000 × 1000 pixels, and copying a larger window to it ends with this
     * exception. Nothing depends on that copy: pictures are taken of the scene.
     */
    private static boolean isScreenTooSmall(Throwable e) {
        return e instanceof IndexOutOfBoundsException
                && Arrays.stream(e.getStackTrace())
                        .anyMatch(at -> at.getClassName().equals("com.sun.glass.ui.headless.HeadlessWindow")
                                && at.getMethodName().equals("blit"));
    }

    private static AutoCloseable start(Stage stage, Path home, Settings settings, String... arguments) {
        Folders folders = Folders.in(home);
        store(folders.config().resolve("settings.json"), Settings.class, Settings.DEFAULTS, settings);
        store(folders.config().resolve("window.json"), WindowState.class, WindowState.DEFAULTS, SMALL);
        try {
            Files.deleteIfExists(folders.config().resolve("telemetry.json"));
            for (String file : List.of("history.db", "history.db-wal", "history.db-shm")) {
                Files.deleteIfExists(folders.data().resolve(file));
            }
            var graph = new AppGraph(
                    stage, CommandLine.parse(arguments), Map.of(), folders, new Faults(folders.logs()), page -> {});
            graph.start();
            return graph;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CommandLine.UsageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static <T> void store(Path file, Class<T> type, T defaults, T value) {
        try (var stored = new Stored<>(file, type, defaults)) {
            stored.update(before -> value);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("kansoku-tour");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
