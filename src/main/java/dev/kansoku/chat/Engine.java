package dev.kansoku.chat;

import dev.kansoku.ollama.OllamaClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Who answers at the moment: the Ollama that the user set, or the demo engine. It may change while the program runs. */
public final class Engine {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile OllamaClient client;
    private volatile @Nullable OllamaClient demo;

    public Engine(OllamaClient client) {
        this.client = client;
    }

    public OllamaClient client() {
        return client;
    }

    /**
     * Asks this one from now on. Turns that run go on with the one they were started with; it is not closed, as its
     * connections and threads end by themselves once they are idle.
     */
    public void use(OllamaClient next) {
        client = next;
        listeners.forEach(Runnable::run);
    }

    /** Asks the demo engine from now on. */
    public void useDemo(OllamaClient engine) {
        demo = engine;
        use(engine);
    }

    /** Whether this client asks the demo engine. */
    boolean isDemo(OllamaClient asked) {
        return asked == demo;
    }

    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
