package dev.kansoku.chat;

import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.OllamaException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses who answers. The demo engine stands in where the user's Ollama does not answer at first; from then on that one
 * is asked every 3 s whether it is there. Once it is, it takes over by itself if nobody has talked to the demo yet, and
 * else when the user says so. An Ollama that has answered is never replaced without being asked for.
 */
public final class EngineChoice implements TurnObserver, AutoCloseable {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    private final Engine engine;
    private final Supplier<OllamaClient> demo;
    private final List<Consumer<EngineState>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private volatile EngineState state;
    private OllamaClient ollama;
    private boolean asks = true;
    private boolean due = true;
    private boolean talkedToDemo;
    private boolean closed;

    /**
     * @param demo starts the demo engine, or returns it
     * @param demoOnly whether nobody else is to be asked until the user names another Ollama
     */
    public EngineChoice(Engine engine, Supplier<OllamaClient> demo, boolean demoOnly) {
        this.engine = engine;
        this.demo = demo;
        ollama = engine.client();
        state = asking(ollama);
        if (demoOnly) {
            asks = false;
            due = false;
            change(state.with(EngineState.Use.DEMO));
        }
    }

    public void start() {
        // Not a virtual thread: a look-up of a host name holds on to the one below, and there are few of those.
        Thread.ofPlatform().daemon().name("engine-choice").start(this::run);
    }

    public EngineState state() {
        return state;
    }

    /** Is called with every change, one after the other, on any thread. */
    public void onChange(Consumer<EngineState> listener) {
        listeners.add(listener);
    }

    /** The user has named another Ollama. */
    public void use(OllamaClient next) {
        later(() -> {
            ollama = next;
            engine.use(next);
            talkedToDemo = false;
            asks = true;
            due = true;
            wake.signalAll();
            publish(asking(next));
        });
    }

    /**
     * The user wants to try the demo engine.
     *
     * @param then what comes after, on another thread
     */
    public void useDemo(Runnable then) {
        later(() -> {
            if (state.use() == EngineState.Use.OLLAMA) {
                change(state.with(EngineState.Use.DEMO));
                wake.signalAll();
            }
            then.run();
        });
    }

    /** The user wants the Ollama back that was set. */
    public void useOllama() {
        later(() -> {
            if (state.isDemo()) {
                change(state.with(EngineState.Use.OLLAMA));
            }
        });
    }

    @Override
    public boolean hearsChunks() {
        return false;
    }

    @Override
    public void on(TurnEvent event) {
        if (event instanceof TurnEvent.Started started && started.models().demo()) {
            locked(() -> talkedToDemo = true);
        }
    }

    private void run() {
        @Nullable OllamaClient asked;
        while ((asked = nextToAsk()) != null) {
            answered(asked, problem(asked));
        }
    }

    /** Waits until somebody is to be asked; {@code null} once this is closed. */
    private @Nullable OllamaClient nextToAsk() {
        lock.lock();
        try {
            long left = ASK_AGAIN.toNanos();
            while (!due && !closed) {
                if (!asks || !state.isDemo()) {
                    wake.await();
                    left = ASK_AGAIN.toNanos();
                } else if (left > 0) {
                    left = wake.awaitNanos(left);
                } else {
                    due = true;
                }
            }
            due = false;
            return closed ? null : ollama;
        } catch (InterruptedException e) {
            return null;
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable OllamaError problem(OllamaClient asked) {
        try {
            asked.version();
            return null;
        } catch (OllamaException e) {
            return e.error();
        }
    }

    private void answered(OllamaClient asked, @Nullable OllamaError problem) {
        locked(() -> {
            if (asked != ollama || closed) {
                return;
            }
            EngineState.Use use = state.use();
            var known = new EngineState(asked.address(), use, problem == null, problem);
            if (problem != null && use == EngineState.Use.OLLAMA) {
                change(known.with(EngineState.Use.STAND_IN));
            } else if (problem == null && use == EngineState.Use.STAND_IN && !talkedToDemo) {
                change(known.with(EngineState.Use.OLLAMA));
            } else {
                publish(known);
            }
        });
    }

    private void change(EngineState next) {
        if (next.isDemo()) {
            engine.useDemo(demo.get());
        } else {
            engine.use(ollama);
        }
        talkedToDemo = false;
        publish(next);
    }

    private static EngineState asking(OllamaClient client) {
        return new EngineState(client.address(), EngineState.Use.OLLAMA, false, null);
    }

    private void publish(EngineState next) {
        if (!next.equals(state)) {
            state = next;
            listeners.forEach(listener -> listener.accept(next));
        }
    }

    /** Starting the demo engine, and waiting for somebody who does, is nothing for the FX thread. */
    private void later(Runnable action) {
        Thread.ofVirtual().name("engine-choice").start(() -> locked(action));
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            wake.signalAll();
            ollama.close();
        });
    }
}
