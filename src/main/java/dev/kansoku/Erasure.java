package dev.kansoku;

import dev.kansoku.chat.ChatService;
import dev.kansoku.faults.Faults;
import dev.kansoku.faults.LogFile;
import dev.kansoku.history.History;
import dev.kansoku.measure.LoadTimes;
import dev.kansoku.settings.Folders;
import dev.kansoku.telemetry.TelemetryControl;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes all that the program has kept of what its user said and did. Settings stay. */
final class Erasure {

    private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);
    private static final Duration STOPPING = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration DELETING = Duration.ofSeconds(20);

    private interface Step {
        void run() throws IOException;
    }

    private final Folders folders;
    private final ChatService chat;
    private final History history;
    private final LoadTimes loadTimes;
    private final TelemetryControl telemetry;
    private final Faults faults;

    Erasure(
            Folders folders,
            ChatService chat,
            History history,
            LoadTimes loadTimes,
            TelemetryControl telemetry,
            Faults faults) {
        this.folders = folders;
        this.chat = chat;
        this.history = history;
        this.loadTimes = loadTimes;
        this.telemetry = telemetry;
        this.faults = faults;
    }

    /**
     * Does it in the background.
     *
     * @param then hears whether everything is gone; if not, all that could be deleted is
     */
    void begin(Consumer<Boolean> then) {
        Thread.ofPlatform().daemon().name("erasure").start(() -> then.accept(run()));
    }

    private boolean run() {
        stopTurns();
        // It waits for the measurements of the turns that were stopped, which teach load times and go into the history.
        telemetry.forget();
        loadTimes.forget();
        boolean whole = attempt(this::deleteHistory);
        whole &= attempt(() -> deleteSetAside(folders.config()));
        whole &= attempt(() -> deleteSetAside(folders.data()));
        whole &= attempt(faults::deleteFiles);
        whole &= attempt(() -> LogFile.empty(folders.logs()));
        LOG.info(whole ? "everything was deleted" : "not everything could be deleted");
        return whole;
    }

    private void stopTurns() {
        chat.stopAll();
        long end = System.nanoTime() + STOPPING.toNanos();
        while (chat.isBusy() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private void deleteHistory() throws IOException {
        try {
            history.deleteAll().get(DELETING.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Files that could not be understood, of settings too. */
    private static void deleteSetAside(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.damaged-*")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Then there are none.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean attempt(Step step) {
        try {
            step.run();
            return true;
        } catch (IOException e) {
            LOG.warn("Not everything could be deleted", e);
            return false;
        }
    }
}
