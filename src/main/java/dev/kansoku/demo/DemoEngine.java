package dev.kansoku.demo;

import com.sun.net.httpserver.HttpServer;
import dev.kansoku.ollama.OllamaAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * An Ollama without models: an HTTP server on a free port of 127.0.0.1 that speaks Ollama's API (as of 0.33) for
 * {@code tinyllama} and {@code granite3.2:2b}. Load, prompt evaluation and decode take their time, and the durations
 * it reports are those that really passed; the answers were written beforehand. Nothing leaves the machine.
 *
 * <p>{@link #close()} it: the server's dispatcher is no daemon thread and would keep the JVM alive.
 */
public final class DemoEngine implements AutoCloseable {

    /** What {@code /api/version} says. */
    static final String VERSION = "demo";

    private final HttpServer server;
    private final ExecutorService handlers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("demo-engine-", 0).factory());

    private DemoEngine(List<DemoModel> models) {
        // Read once, with the first server of the JVM. Without it a token waits for the acknowledgement of the one
        // before, which the other side may put off by 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            handlers.close();
            throw new UncheckedIOException(e);
        }
        server.setExecutor(handlers);
        server.createContext("/", new DemoHandler(models, port()));
        server.start();
    }

    /**
     * Starts it on a free port of 127.0.0.1, with no model in memory yet.
     *
     * @throws UncheckedIOException if there is no port to be had
     */
    public static DemoEngine start() {
        return start(1);
    }

    /**
     * The same without any model installed: what a fresh Ollama looks like.
     *
     * @throws UncheckedIOException if there is no port to be had
     */
    public static DemoEngine startEmpty() {
        return new DemoEngine(List.of());
    }

    /** @param speed by how much everything is faster than {@link #start()}; a keep-alive is what it is */
    static DemoEngine start(double speed) {
        return new DemoEngine(Stream.of(DemoWeights.values())
                .map(weights -> new DemoModel(weights, speed))
                .toList());
    }

    /** Where it listens; the same for as long as it lives. */
    public OllamaAddress address() {
        return OllamaAddress.parse("http://127.0.0.1:" + port());
    }

    private int port() {
        return server.getAddress().getPort();
    }

    /** Ends everything at once: running answers break off, and port and threads are gone when this returns. */
    @Override
    public void close() {
        // Connections first: a handler that is interrupted while its connection stands would end its answer as if it
        // were whole.
        server.stop(0);
        handlers.shutdownNow();
        handlers.close();
    }
}
