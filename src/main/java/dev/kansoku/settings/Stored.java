package dev.kansoku.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value that lasts: the {@link Settings}, the {@link WindowState}. It is read from its file once; changes are written
 * in the background, those that come close together in one go. May be used from any thread.
 *
 * <p>A file that is there but cannot be read is never written over: changes then last as long as the program runs.
 *
 * @param <T> an immutable type
 */
public final class Stored<T> implements AutoCloseable {

    /** Long enough to write once for a window that is dragged about, short enough to lose nothing worth mentioning. */
    private static final Duration SAVE_DELAY = Duration.ofMillis(250);

    private final JsonFile<T> file;
    private final boolean readable;
    private final List<Consumer<? super T>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledThreadPoolExecutor saver;
    private final AtomicBoolean saveScheduled = new AtomicBoolean();
    private volatile T value;

    /** What the file holds; known to the saver only. */
    private T saved;

    private final Object problemLock = new Object();
    private final List<StorageProblem> untold = new ArrayList<>();
    private @Nullable Consumer<? super StorageProblem> problemListener;

    /**
     * Reads the file.
     *
     * @param defaults the value where the file says nothing
     */
    public Stored(Path path, Class<T> type, T defaults) {
        file = new JsonFile<>(path, type);
        saver = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofVirtual().name("save-" + path.getFileName()).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        // So that closing saves now and does not wait for the delay.
        saver.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        boolean read = true;
        T loaded = defaults;
        try {
            JsonFile.Loaded<T> found = file.load(defaults);
            loaded = found.value();
            if (found.setAside() != null) {
                untold.add(new StorageProblem.Damaged(path, found.setAside()));
            }
        } catch (IOException e) {
            read = false;
            untold.add(new StorageProblem.Unreadable(path, e));
        }
        readable = read;
        value = loaded;
        saved = loaded;
    }

    public T get() {
        return value;
    }

    /**
     * Changes the value and tells the listeners, on this thread, one change after the other. Listeners must not change
     * the value. After {@link #close()} a change is no longer saved.
     */
    public synchronized void update(UnaryOperator<T> change) {
        T changed = change.apply(value);
        if (changed.equals(value)) {
            return;
        }
        value = changed;
        if (saveScheduled.compareAndSet(false, true)) {
            var _ = saver.schedule(this::save, SAVE_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        }
        listeners.forEach(listener -> listener.accept(changed));
    }

    /**
     * Tells every change from now on, on the thread that made it.
     *
     * @return ends the subscription
     */
    public Runnable subscribe(Consumer<? super T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Tells what goes wrong with the file, on any thread; what went wrong before somebody listened is told at once. There
     * is one such listener.
     */
    public void onProblem(Consumer<? super StorageProblem> listener) {
        synchronized (problemLock) {
            problemListener = listener;
            untold.forEach(listener);
            untold.clear();
        }
    }

    private void save() {
        saveScheduled.set(false);
        T current = value;
        if (!readable || current.equals(saved)) {
            return;
        }
        try {
            file.save(current);
            saved = current;
        } catch (IOException e) {
            report(new StorageProblem.NotSaved(file.path(), e));
        }
    }

    private void report(StorageProblem problem) {
        synchronized (problemLock) {
            if (problemListener == null) {
                untold.add(problem);
            } else {
                problemListener.accept(problem);
            }
        }
    }

    /** Saves what is not saved yet, and returns when that is done. */
    @Override
    public void close() {
        saver.execute(this::save);
        saver.close();
    }
}
