package dev.kansoku.chat;

import dev.kansoku.ollama.OllamaClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which Ollama answers at the moment. The user may choose another one while the program runs. */
public final class Engine {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile OllamaClient client;

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

    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
