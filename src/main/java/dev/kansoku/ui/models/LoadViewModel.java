package dev.kansoku.ui.models;

import dev.kansoku.chat.Engine;
import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.measure.ColdStart;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ui.common.UiThread;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Loading a model before it is asked, keeping it, and unloading it. Lives on the FX thread; the calls do not. */
public final class LoadViewModel {

    /** What can be done with a model. */
    public enum Action {
        PRELOAD,
        KEEP,
        UNLOAD,
        MEASURE_COLD
    }

    public sealed interface State {

        record Idle() implements State {}

        /**
         * It is being done.
         *
         * @param sinceNanos {@link System#nanoTime()}
         */
        record Busy(Action action, String model, long sinceNanos) implements State {}

        /** A cold start was measured. */
        record Measured(ColdStart.Result result) implements State {}

        /** It could not be unloaded, because somebody uses it. */
        record InUse(String model) implements State {}

        record Failed(Action action, String model, OllamaError error) implements State {}
    }

    private static final Duration BUDGET = Duration.ofSeconds(1);

    private final Engine engine;
    private final ModelWatch watch;
    private final ColdStart coldStart;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Idle());

    /** By model: how long it took to load it before it was asked, so that no prompt had to wait for that. */
    private final Map<String, Duration> saved = new HashMap<>();

    private @Nullable String preloadNext;

    LoadViewModel(Engine engine, ModelWatch watch, ColdStart coldStart) {
        this.engine = engine;
        this.watch = watch;
        this.coldStart = coldStart;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Does nothing while something else is being done. */
    public void run(Action action, String model) {
        if (state.get() instanceof State.Busy) {
            return;
        }
        long begin = System.nanoTime();
        boolean isLoadedBefore = watch.latest().running(model).isPresent();
        saved.remove(model);
        state.set(new State.Busy(action, model, begin));
        OllamaClient client = engine.client();
        Thread.ofVirtual().name("load").start(() -> {
            State end = end(client, action, model);
            var took = Duration.ofNanos(System.nanoTime() - begin);
            // What was just loaded is seen at once, before it would seem to be unloaded.
            watch.fresh(Duration.ZERO, BUDGET);
            watch.askNow();
            UiThread.later(() -> {
                boolean loads = action == Action.PRELOAD || action == Action.KEEP;
                if (loads && !isLoadedBefore && end instanceof State.Idle) {
                    saved.put(model, took);
                }
                state.set(end);
                if (end instanceof State.Idle) {
                    preloadNext();
                }
            });
        });
    }

    /**
     * Loads a model as soon as nothing else is being done, and not the one for which this was asked before.
     *
     * @param model {@code null} for none
     */
    void preloadOnly(@Nullable String model) {
        preloadNext = model;
        preloadNext();
    }

    private void preloadNext() {
        String model = preloadNext;
        if (model != null && !(state.get() instanceof State.Busy)) {
            preloadNext = null;
            if (watch.latest().running(model).isEmpty()) {
                run(Action.PRELOAD, model);
            }
        }
    }

    /** What loading this model ahead has saved its first prompt; empty if it was not, or is no longer loaded. */
    Optional<Duration> saved(String model) {
        return Optional.ofNullable(saved.get(model));
    }

    /** What is no longer in memory saves nothing. */
    void follow(ModelSnapshot snapshot) {
        saved.keySet().removeIf(model -> snapshot.running(model).isEmpty());
    }

    private State end(OllamaClient client, Action action, String model) {
        try {
            switch (action) {
                case PRELOAD -> client.preload(model, ModelOptions.DEFAULTS, null);
                case KEEP -> client.preload(model, ModelOptions.DEFAULTS, OllamaClient.FOR_GOOD);
                case UNLOAD -> client.unload(model);
                case MEASURE_COLD -> {
                    return coldStart
                            .measure(client, model)
                            .<State>map(State.Measured::new)
                            .orElseGet(() -> new State.InUse(model));
                }
            }
            return new State.Idle();
        } catch (OllamaException e) {
            return new State.Failed(action, model, e.error());
        }
    }

    public void dismiss() {
        if (!(state.get() instanceof State.Busy)) {
            state.set(new State.Idle());
            preloadNext();
        }
    }
}
