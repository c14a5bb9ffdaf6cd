package dev.kansoku.ui.models;

import dev.kansoku.chat.Engine;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ui.common.UiThread;
import java.time.Duration;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Loading a model before it is asked, keeping it, and unloading it. Lives on the FX thread; the calls do not. */
public final class LoadViewModel {

    /** What can be done with a model. */
    public enum Action {
        PRELOAD,
        KEEP,
        UNLOAD
    }

    public sealed interface State {

        record Idle() implements State {}

        /**
         * It is being done.
         *
         * @param sinceNanos {@link System#nanoTime()}
         */
        record Busy(Action action, String model, long sinceNanos) implements State {}

        record Failed(Action action, String model, OllamaError error) implements State {}
    }

    private static final Duration FOR_GOOD = Duration.ofSeconds(-1);

    private final Engine engine;
    private final ModelWatch watch;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Idle());

    LoadViewModel(Engine engine, ModelWatch watch) {
        this.engine = engine;
        this.watch = watch;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /** Does nothing while something else is being done. */
    public void run(Action action, String model) {
        if (state.get() instanceof State.Busy) {
            return;
        }
        state.set(new State.Busy(action, model, System.nanoTime()));
        OllamaClient client = engine.client();
        Thread.ofVirtual().name("load").start(() -> {
            State end = end(client, action, model);
            watch.askNow();
            UiThread.later(() -> state.set(end));
        });
    }

    private static State end(OllamaClient client, Action action, String model) {
        try {
            switch (action) {
                case PRELOAD -> client.preload(model, ModelOptions.DEFAULTS, null);
                case KEEP -> client.preload(model, ModelOptions.DEFAULTS, FOR_GOOD);
                case UNLOAD -> client.unload(model);
            }
            return new State.Idle();
        } catch (OllamaException e) {
            return new State.Failed(action, model, e.error());
        }
    }

    public void dismiss() {
        if (state.get() instanceof State.Failed) {
            state.set(new State.Idle());
        }
    }
}
