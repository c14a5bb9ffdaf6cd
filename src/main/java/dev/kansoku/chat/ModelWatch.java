package dev.kansoku.chat;

import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ollama.RunningModel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only one that asks the server which models it has and holds in memory: every 1.5 s while somebody looks or a turn
 * runs, else every 30 s.
 */
public final class ModelWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);
    private static final Duration WATCHED = Duration.ofMillis(1500);
    private static final Duration UNWATCHED = Duration.ofSeconds(30);

    private final Engine engine;
    private final List<Consumer<ModelSnapshot>> listeners = new CopyOnWriteArrayList<>();

    /** One snapshot after the other, and none of a server that is no longer in use. */
    private final ReentrantLock publishing = new ReentrantLock();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean looked;
    private int turns;
    private boolean due;
    private boolean closed;
    private volatile ModelSnapshot latest;

    // Of the watch's thread alone

    /** By digest; empty for a model whose weights are no file of their own. */
    private final Map<String, Optional<String>> blobs = new HashMap<>();

    /** The server whose version is known, as long as it answers. */
    private @Nullable OllamaClient versionOf;

    public ModelWatch(Engine engine) {
        this.engine = engine;
        latest = none();
        engine.onChange(this::forget);
    }

    public void start() {
        // A look-up of a host name holds on to the thread below a virtual one, maybe for long, and there are few of
        // those.
        Thread.ofPlatform().daemon().name("model-watch").start(this::run);
    }

    public ModelSnapshot latest() {
        return latest;
    }

    /** Is called with every snapshot, one after the other, on the thread that took it or that changed the server. */
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
            long taken = System.nanoTime();
            ModelSnapshot fresh = publish(
                    client,
                    last -> new ModelSnapshot(
                            last.server(),
                            last.demo(),
                            taken,
                            last.version(),
                            last.installed(),
                            running,
                            last.blobs(),
                            null));
            if (known.problem() != null) {
                // It is back, but maybe as another version.
                askNow();
            }
            return fresh;
        } catch (OllamaException e) {
            return latest;
        }
    }

    private void run() {
        while (begins()) {
            try {
                ask();
            } catch (RuntimeException e) {
                LOG.error("The models could not be asked for", e);
            }
            pause();
        }
    }

    /** What made it due before it asks is answered by that; {@code false} once the watch is closed. */
    private boolean begins() {
        lock.lock();
        try {
            due = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        lock.lock();
        try {
            long left = (looked || turns > 0 ? WATCHED : UNWATCHED).toNanos();
            while (!due && !closed && left > 0) {
                left = wake.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void ask() {
        OllamaClient client = engine.client();
        try {
            // A server that was away may have come back as another version.
            @Nullable String known = client == versionOf ? latest.version() : null;
            String version = known == null ? client.version() : known;
            List<InstalledModel> installed = client.tags();
            List<RunningModel> running = client.ps();
            long taken = System.nanoTime();
            Map<String, String> weights = weights(client, running);
            publish(client, last -> {
                boolean overtaken = last.version() != null && last.takenNanos() - taken > 0;
                return new ModelSnapshot(
                        last.server(),
                        last.demo(),
                        overtaken ? last.takenNanos() : taken,
                        version,
                        installed,
                        overtaken ? last.running() : running,
                        weights,
                        null);
            });
            versionOf = client;
        } catch (OllamaException e) {
            versionOf = null;
            publish(
                    client,
                    last -> new ModelSnapshot(
                            last.server(),
                            last.demo(),
                            last.takenNanos(),
                            last.version(),
                            last.installed(),
                            List.of(),
                            last.blobs(),
                            e.error()));
        }
    }

    /** Only a server on this machine has processes to look for. */
    private Map<String, String> weights(OllamaClient client, List<RunningModel> running) {
        if (!client.address().isLoopback()) {
            return Map.of();
        }
        for (RunningModel model : running) {
            if (!blobs.containsKey(model.digest())) {
                try {
                    blobs.put(
                            model.digest(),
                            Optional.ofNullable(client.show(model.name()).blob()));
                } catch (OllamaException e) {
                    // Deleted while it runs, say: then its process stays unknown.
                    LOG.debug("The weights of a running model are not known", e);
                }
            }
        }
        var known = new HashMap<String, String>();
        blobs.forEach((digest, blob) -> blob.ifPresent(file -> known.put(digest, file)));
        return known;
    }

    /** Makes the next snapshot of the last one, unless it would be about a server that is no longer in use. */
    private ModelSnapshot publish(OllamaClient client, UnaryOperator<ModelSnapshot> next) {
        publishing.lock();
        try {
            if (client == engine.client()) {
                publish(next.apply(latest));
            }
            return latest;
        } finally {
            publishing.unlock();
        }
    }

    private void forget() {
        publishing.lock();
        try {
            publish(none());
        } finally {
            publishing.unlock();
        }
        askNow();
    }

    private ModelSnapshot none() {
        OllamaClient client = engine.client();
        return ModelSnapshot.none(client.address(), engine.isDemo(client));
    }

    private void publish(ModelSnapshot snapshot) {
        latest = snapshot;
        for (Consumer<ModelSnapshot> listener : listeners) {
            try {
                listener.accept(snapshot);
            } catch (RuntimeException e) {
                LOG.error("A listener to the models failed", e);
            }
        }
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
