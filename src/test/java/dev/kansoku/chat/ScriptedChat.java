package dev.kansoku.chat;

import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ollama.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.awaitility.Awaitility;

/** A chat service that talks to a scripted server, wired as in the program, with an observer that keeps all. */
public final class ScriptedChat implements AutoCloseable {

    public static final String MODEL = "tinyllama:latest";
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    /** As in the program: a thread a hand-over. */
    public static final Executor BACKGROUND =
            action -> Thread.ofVirtual().name("observer").start(action);

    private final ScriptedServer server = ScriptedServer.start();
    private final Engine engine = new Engine(new OllamaClient(server.address(), Timeouts.DEFAULT));
    private final ModelWatch models = new ModelWatch(engine);
    private final ChatService service;
    private final Heard heard = new Heard();

    public ScriptedChat() {
        this(InstantSource.fixed(NOW));
    }

    public ScriptedChat(InstantSource clock) {
        service = new ChatService(engine, models, clock);
        service.observe(heard, BACKGROUND);
    }

    public ScriptedServer server() {
        return server;
    }

    public Engine engine() {
        return engine;
    }

    public ModelWatch models() {
        return models;
    }

    public ChatService service() {
        return service;
    }

    public Heard heard() {
        return heard;
    }

    /** Starts the watch, and waits until it knows the server. */
    public ModelSnapshot awaitModels() {
        // Looked at, so that a turn that begins is no reason to ask at once.
        models.setLooked(true);
        models.start();
        Awaitility.await("the server to be known")
                .pollInterval(Duration.ofMillis(5))
                .until(() -> models.latest().isKnown());
        return models.latest();
    }

    /** A first prompt. */
    public Turn send(String text) {
        return send(service.newConversation(), text);
    }

    public Turn send(Conversation conversation, String text) {
        return service.send(conversation, MODEL, ModelOptions.DEFAULTS, Prompt.of(text));
    }

    /** Sends a prompt that the server answers to the end. */
    public Turn finish(Conversation conversation, String text) {
        Turn turn = send(conversation, text);
        heard.awaitEnd(turn, TurnEvent.Finished.class);
        return turn;
    }

    @Override
    public void close() {
        service.close();
        models.close();
        engine.client().close();
        server.close();
    }
}
