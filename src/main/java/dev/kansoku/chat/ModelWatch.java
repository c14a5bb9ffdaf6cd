package dev.kansoku.chat;

import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ollama.RunningModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The only one that asks the server which models it has and holds in memory: every 1.5 s while somebody looks or a turn
 * runs, else every 30 s.
 */
public final class ModelWatch implements AutoCloseable {

    private static final Duration WATCHED = Duration.ofMillis(1500);
    private static final Duration UNWATCHED = Duration.ofSeconds(30);

    private final Engine engine;
    private final List<Consumer<ModelSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, String> blobs = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean looked;
    private int turns;
    private boolean due;
    private boolean closed;
    private volatile ModelSnapshot latest = ModelSnapshot.NONE;

    public ModelWatch(Engine engine) {
        this.engine = engine;
        engine.onChange(this::forget);
    }

    public void start() {
        Thread.ofVirtual().name("model-watch").start(this::run);
    }

    public ModelSnapshot latest() {
        return latest;
    }

    /** Is called with every snapshot, on the watch's thread. */
    public void onSnapshot(Consumer<ModelSnapshot> listener) {
        listeners.add(listener);
    }

    /** Whether somebody looks at the window. */
    public void setLooked(boolean value) {
        lock.lock();
        try {
            looked = value;
            wakeIf(value);
        } finally {
            lock.unlock();
        }
    }

    void turnStarted() {
        lock.lock();
        try {
            turns++;
            wakeIf(turns == 1 && !looked);
        } finally {
            lock.unlock();
        }
    }

    void turnEnded() {
        lock.lock();
        try {
            turns--;
            wakeIf(true);
        } finally {
            lock.unlock();
        }
    }

    /** Asks again now instead of at the next tick. */
    public void askNow() {
        lock.lock();
        try {
            wakeIf(true);
        } finally {
            lock.unlock();
        }
    }

    private void wakeIf(boolean needed) {
        if (needed) {
            due = true;
            wake.signalAll();
        }
    }

    /**
     * The latest snapshot if it is no older than {@code maxAge}; otherwise the list of running models is asked for
     * anew, for at most {@code budget}. If that fails the latest snapshot is returned as it is: its age tells.
     */
    public ModelSnapshot fresh(Duration maxAge, Duration budget) {
        ModelSnapshot known = latest;
        if (known.isKnown() && known.age(System.nanoTime()).compareTo(maxAge) <= 0) {
            return known;
        }
        OllamaClient client = engine.client();
        try {
            List<RunningModel> running = client.ps(budget);
            var snapshot = new ModelSnapshot(
                    System.nanoTime(), known.version(), known.installed(), running, known.blobs(), null);
            return publish(client, snapshot) ? snapshot : known;
        } catch (OllamaException e) {
            return known;
        }
    }

    private void run() {
        while (true) {
            ask();
            lock.lock();
            try {
                long left = (looked || turns > 0 ? WATCHED : UNWATCHED).toNanos();
                while (!due && !closed && left > 0) {
                    left = wake.awaitNanos(left);
                }
                due = false;
                if (closed) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            } finally {
                lock.unlock();
            }
        }
    }

    private void ask() {
        OllamaClient client = engine.client();
        ModelSnapshot known = latest;
        ModelSnapshot next;
        try {
            // A server that was away may have come back as another version.
            String version = known.isKnown() && known.version() != null ? known.version() : client.version();
            List<InstalledModel> installed = client.tags();
            List<RunningModel> running = client.ps();
            long taken = System.nanoTime();
            next = new ModelSnapshot(taken, version, installed, running, blobsOf(client, running), null);
        } catch (OllamaException e) {
            next = new ModelSnapshot(
                    known.takenNanos(), known.version(), known.installed(), List.of(), known.blobs(), e.error());
        }
        publish(client, next);
    }

    /** Only a server on this machine has processes to look for. */
    private Map<String, String> blobsOf(OllamaClient client, List<RunningModel> running) throws OllamaException {
        if (client.address().isLoopback()) {
            for (RunningModel model : running) {
                if (!blobs.containsKey(model.digest())) {
                    @Nullable String blob = client.show(model.name()).blob();
                    if (blob != null) {
                        blobs.put(model.digest(), blob);
                    }
                }
            }
        }
        return blobs;
    }

    /** Whether the snapshot is still about the server that is in use. */
    private boolean publish(OllamaClient client, ModelSnapshot snapshot) {
        if (client != engine.client()) {
            return false;
        }
        latest = snapshot;
        listeners.forEach(listener -> listener.accept(snapshot));
        return true;
    }

    private void forget() {
        latest = ModelSnapshot.NONE;
        listeners.forEach(listener -> listener.accept(ModelSnapshot.NONE));
        askNow();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
