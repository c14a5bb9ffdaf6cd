package dev.kansoku.ui.welcome;

import dev.kansoku.chat.EngineChoice;
import dev.kansoku.chat.EngineState;
import dev.kansoku.ui.common.UiThread;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Who answers: the user's Ollama or the demo engine. Lives on the FX thread; knows no controls and no words. */
public final class EngineViewModel {

    private final EngineChoice choice;
    private final ReadOnlyObjectWrapper<EngineState> state;

    public EngineViewModel(EngineChoice choice) {
        this.choice = choice;
        state = new ReadOnlyObjectWrapper<>(choice.state());
        choice.onChange(next -> UiThread.run(() -> state.set(next)));
    }

    public ReadOnlyObjectProperty<EngineState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /**
     * Lets the demo engine answer.
     *
     * @param then what comes once it does
     */
    public void useDemo(Runnable then) {
        choice.useDemo(() -> UiThread.later(then));
    }

    public void useOllama() {
        choice.useOllama();
    }
}
