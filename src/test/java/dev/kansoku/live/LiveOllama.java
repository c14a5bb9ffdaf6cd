package dev.kansoku.live;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A real {@code ollama serve} on a free loopback port, with the two models that {@code .ci/live-parts} installs. It is the
 * test's own: it may be killed and restarted at will. Its models folder is shared with every other run, though: do not delete
 * from it. What Ollama says lies in {@code target/live}.
 *
 * <p>Hold it in a field with {@code @AutoClose}: that also copes with a start that was skipped.
 */
public final class LiveOllama implements AutoCloseable {
    /** Two models with weights of their own, so that each gets its own runner. */
    public static final String MODEL = "tinyllama:latest";

    public static final String OTHER_MODEL = "granite3.2:2b";

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration DIES_WITHIN = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Thread atExit = new Thread(this::kill, "kill ollama");
    private final Path cache;
    private final Path home;
    private final int port;
    private Process server;

    private LiveOllama(Path cache) throws IOException {
        this.cache = cache;
        var folder = Files.createDirectories(Path.of("target", "live").toAbsolutePath());
        home = Files.createTempDirectory(folder, "home");
        linkModels(cache.resolve("models"), home.resolve("models"));
        port = freePort();
        server = launch();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts Ollama and waits until it answers. Where it is not installed, the test is skipped with a banner, or fails if
     * {@code live.required} is set.
     */
    public static LiveOllama start() {
        var cache = cache();
        if (!Files.isExecutable(cache.resolve("bin/ollama")) || !Files.exists(cache.resolve("models/made-from"))) {
            throw missing("Ollama");
        }
        try {
            var ollama = new LiveOllama(cache);
            ollama.awaitAnswer();
            return ollama;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a live test that cannot run has to fail. */
    public static boolean required() {
        return Boolean.getBoolean("live.required");
    }

    /** Host and port, as in {@code 127.0.0.1:11434}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Ends Ollama and its runners at once, as the kernel does when memory runs out. */
    public synchronized void kill() {
        if (server.isAlive()) {
            // Stopped first, for it must not start another runner between our look at its children and its end.
            signal("STOP");
        }
        var all = Stream.concat(server.descendants(), Stream.of(server.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        await("end of Ollama and its runners")
                .pollInterval(Duration.ofMillis(10))
                .atMost(DIES_WITHIN)
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** A new Ollama on the same port, whether the old one still runs or not. */
    public synchronized void restart() {
        kill();
        try {
            server = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitAnswer();
    }

    /** Of {@code ollama serve}. */
    public synchronized long pid() {
        return server.pid();
    }

    /** The processes that hold a model each: {@code ollama runner … --model BLOB}, or {@code llama-server --model BLOB}. */
    public synchronized List<ProcessHandle> runners() {
        return server.children()
                .filter(child ->
                        child.info().arguments().stream().flatMap(Stream::of).anyMatch("--model"::equals))
                .toList();
    }

    /** CPU time that a process has used in its life, in steps of 10 ms. */
    public static double cpuSeconds(ProcessHandle process) {
        var used = process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("Process " + process.pid() + " is gone."));
        return used.toNanos() / 1e9;
    }

    @Override
    public void close() {
        kill();
        http.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is on its way out, and the hook kills once more, which does no harm.
        }
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(cache.resolve("bin/ollama").toString(), "serve");
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("OLLAMA_"));
        environment.put("HOME", home.toString());
        environment.put("OLLAMA_HOST", address());
        environment.put("OLLAMA_MODELS", home.resolve("models").toString());
        environment.put("OLLAMA_NUM_PARALLEL", "1");
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /** The lists of what a model consists of as copies, the files themselves as links. */
    private static void linkModels(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(path));
                Files.createDirectories(target.getParent());
                if (path.startsWith(from.resolve("blobs"))) {
                    Files.createSymbolicLink(target, path);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    private Path log() {
        return home.resolveSibling("ollama-" + port + ".log");
    }

    private void awaitAnswer() {
        try {
            await("Ollama at " + address() + ", which writes to " + log())
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(STARTS_WITHIN)
                    .failFast("ollama serve has ended, see " + log(), () -> !server.isAlive())
                    .until(this::answers);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private boolean answers() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + address() + "/api/version"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(server.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Below the range that the system hands out, so that nobody gets it while Ollama is down. */
    private static int freePort() {
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException e) {
                // Taken.
            }
        }
        throw new IllegalStateException("No free port.");
    }

    /** Where {@code .ci/live-parts} puts what live tests need. */
    static Path cache() {
        var configured = System.getenv("XDG_CACHE_HOME");
        var home = System.getenv().getOrDefault("HOME", System.getProperty("user.home", ""));
        var caches = configured == null || configured.isEmpty() ? Path.of(home, ".cache") : Path.of(configured);
        return caches.resolve("kansoku-live");
    }

    /** Skips the test with a banner, or fails it if {@code live.required} is set. */
    static RuntimeException missing(String part) {
        var sentence = "There is no " + part + " for the live tests in " + cache()
                + ": run .ci/live-parts once to install it.";
        if (required()) {
            return Assertions.fail(sentence);
        }
        var line = "*".repeat(sentence.length() + 4);
        System.err.printf("%n%s%n* LIVE TESTS ARE SKIPPED%n* %s%n%s%n%n", line, sentence, line);
        return Assumptions.abort(sentence);
    }
}
