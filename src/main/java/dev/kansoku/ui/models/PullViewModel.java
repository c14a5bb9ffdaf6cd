package dev.kansoku.ui.models;

import dev.kansoku.chat.Engine;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ollama.PullProgress;
import dev.kansoku.ollama.PullStream;
import dev.kansoku.ui.common.UiThread;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** The pull of one model at a time. Lives on the FX thread; the pull itself runs on a virtual thread. */
public final class PullViewModel {

    public sealed interface State {

        /** Nothing is being pulled. */
        record Idle() implements State {}

        /**
         * A pull is on its way.
         *
         * @param completed bytes that are there, of all layers seen so far
         * @param total bytes of all layers seen so far
         * @param perSecond bytes; 0 while it cannot be told
         * @param remaining {@code null} while it cannot be told
         */
        record Pulling(
                String model,
                long completed,
                long total,
                double perSecond,
                @Nullable Duration remaining) implements State {}

        /** What is there stays there: pulling again goes on from it. */
        record Cancelled(String model) implements State {}

        record Failed(String model, OllamaError error) implements State {}

        record Done(String model) implements State {}
    }

    private final Engine engine;
    private final ModelWatch watch;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Idle());
    private @Nullable PullStream stream;

    PullViewModel(Engine engine, ModelWatch watch) {
        this.engine = engine;
        this.watch = watch;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Starts, or resumes; does nothing while another pull runs. */
    public void pull(String model) {
        if (state.get() instanceof State.Pulling) {
            return;
        }
        state.set(new State.Pulling(model, 0, 0, 0, null));
        PullStream opened = engine.client().pull(model);
        stream = opened;
        Thread.ofVirtual().name("pull").start(() -> run(model, opened));
    }

    public void cancel() {
        if (stream != null) {
            stream.close();
        }
    }

    public void dismiss() {
        if (!(state.get() instanceof State.Pulling)) {
            state.set(new State.Idle());
        }
    }

    private void run(String model, PullStream pulling) {
        // Progress comes more often than anybody can read it: only the latest is shown.
        var latest = new AtomicReference<@Nullable State>();
        var meter = new PullMeter(model);
        State end;
        try (pulling) {
            boolean success = false;
            @Nullable PullProgress progress;
            while ((progress = pulling.next()) != null) {
                success |= progress.status().equals("success");
                State.Pulling shown = meter.add(progress, System.nanoTime());
                if (latest.getAndSet(shown) == null) {
                    UiThread.nextPulse().execute(() -> {
                        State next = latest.getAndSet(null);
                        if (next != null && state.get() instanceof State.Pulling) {
                            state.set(next);
                        }
                    });
                }
            }
            if (success) {
                end = new State.Done(model);
            } else if (pulling.isClosed()) {
                end = new State.Cancelled(model);
            } else {
                end = new State.Failed(model, new OllamaError.ConnectionLost(""));
            }
        } catch (OllamaException e) {
            end = new State.Failed(model, e.error());
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            end = new State.Failed(model, new OllamaError.Protocol(""));
        }
        State last = end;
        watch.askNow();
        UiThread.nextPulse().execute(() -> state.set(last));
    }

    /** Adds up the layers, which come one after the other, and tells a rate that does not jump about. */
    static final class PullMeter {

        private static final long WINDOW_NANOS = 1_000_000_000L;
        private static final double NEW_SHARE = 0.3;

        private final String model;
        private final Map<String, PullProgress> layers = new LinkedHashMap<>();
        private long windowStart;
        private long windowBytes;
        private double perSecond;

        PullMeter(String model) {
            this.model = model;
        }

        State.Pulling add(PullProgress progress, long nanos) {
            boolean newLayer = progress.digest() != null && layers.put(progress.digest(), progress) == null;
            long completed =
                    layers.values().stream().mapToLong(PullProgress::completed).sum();
            long total = layers.values().stream().mapToLong(PullProgress::total).sum();
            if (newLayer) {
                // What is there when a layer begins was pulled earlier: it is no speed.
                windowStart = nanos;
                windowBytes = completed;
            } else if (nanos - windowStart >= WINDOW_NANOS) {
                double now = (completed - windowBytes) * 1e9 / (nanos - windowStart);
                perSecond = perSecond == 0 ? now : (1 - NEW_SHARE) * perSecond + NEW_SHARE * now;
                windowStart = nanos;
                windowBytes = completed;
            }
            @Nullable
            Duration remaining =
                    perSecond > 0 ? Duration.ofMillis(Math.round(1000 * (total - completed) / perSecond)) : null;
            return new State.Pulling(model, completed, total, perSecond, remaining);
        }
    }
}
