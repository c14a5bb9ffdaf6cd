package dev.kansoku.instance;

import dev.kansoku.settings.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one program that runs with a data folder. A lock on a file says who that is: the system lets it go however the
 * program ends. Must be kept in reach until then, because the garbage collector would let it go as well.
 */
public final class OneInstance implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final @Nullable FileChannel lock;
    private final CompletableFuture<@Nullable Doorbell> doorbell;
    private @Nullable Runnable listener;
    private boolean calledBefore;

    private OneInstance(Path data, @Nullable FileChannel lock) {
        this.lock = lock;
        // Java's first socket takes some ten milliseconds: the window need not wait for it.
        doorbell = lock == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.supplyAsync(
                        () -> doorbell(data),
                        task -> Thread.ofPlatform().daemon().name("doorbell").start(task));
    }

    private @Nullable Doorbell doorbell(Path data) {
        try {
            return Doorbell.open(data, this::called);
        } catch (IOException | UnsupportedOperationException e) {
            // A chat works without; a second start will find that nobody answers.
            return null;
        }
    }

    /**
     * Claims the data folder, or calls the program that has it. Where nobody can be told apart, because there can be no
     * lock, every program is the one.
     *
     * @return empty if another program has the folder and was called
     * @throws NoAnswerException if another program has the folder and does not answer within five seconds
     */
    public static Optional<OneInstance> claim(Path data) throws NoAnswerException {
        return claim(data, PATIENCE);
    }

    static Optional<OneInstance> claim(Path data, Duration patience) throws NoAnswerException {
        long started = System.nanoTime();
        Duration left = patience;
        // Again and again: the other one may just be starting, and not listen yet, or just be ending.
        while (left.isPositive()) {
            try {
                FileChannel lock = lock(data.resolve("instance.lock"));
                if (lock != null) {
                    return Optional.of(new OneInstance(data, lock));
                }
            } catch (IOException e) {
                return Optional.of(new OneInstance(data, null));
            }
            if (Doorbell.ring(data, left)) {
                return Optional.empty();
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            left = patience.minusNanos(System.nanoTime() - started);
        }
        throw new NoAnswerException(data);
    }

    /**
     * Open as long as the file is locked; {@code null} if somebody else has locked it.
     *
     * @throws IOException if it cannot be locked at all
     */
    private static @Nullable FileChannel lock(Path file) throws IOException {
        PrivateFiles.createFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Somebody else in this very process.
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? channel : null;
    }

    /** Tells of every later start, on any thread; of those before somebody listened once, at once. */
    public synchronized void onCall(Runnable listener) {
        this.listener = listener;
        if (calledBefore) {
            listener.run();
        }
    }

    private synchronized void called() {
        if (listener == null) {
            calledBefore = true;
        } else {
            listener.run();
        }
    }

    /** The program is about to end: a later start waits for that and takes its place. */
    public void stopListening() {
        Doorbell opened = doorbell.join();
        if (opened != null) {
            opened.close();
        }
    }

    /** Lets the folder go. */
    @Override
    public void close() {
        stopListening();
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException e) {
                // It goes with the process.
            }
        }
    }

    /** Another program has the folder and does not answer; the message is a sentence for the user. */
    public static final class NoAnswerException extends Exception {

        private static final long serialVersionUID = 1L;

        private NoAnswerException(Path data) {
            super("Kansoku is already running with the files in " + data + ", but it does not answer.");
        }
    }
}
