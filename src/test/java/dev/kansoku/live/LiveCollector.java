package dev.kansoku.live;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A real OpenTelemetry Collector on a free loopback port, which writes what it gets into a file that is read back here. What
 * it says lies in {@code target/live}.
 */
final class LiveCollector implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);
    private static final Duration TELLS_WITHIN = Duration.ofSeconds(30);

    private final Path folder;
    private final int port;
    private final Process process;

    private LiveCollector() throws IOException {
        Path live = Files.createDirectories(Path.of("target", "live").toAbsolutePath());
        folder = Files.createTempDirectory(live, "collector");
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config =
                Files.writeString(folder.resolve("config.yaml"), """
                receivers:
                  otlp:
                    protocols:
                      http: {endpoint: "127.0.0.1:%d"}
                exporters:
                  file/traces: {path: "%s"}
                  file/logs: {path: "%s"}
                service:
                  telemetry: {metrics: {level: none}}
                  pipelines:
                    traces: {receivers: [otlp], exporters: [file/traces]}
                    logs: {receivers: [otlp], exporters: [file/logs]}
                """.formatted(port, file("traces"), file("logs")));
        process = new ProcessBuilder(
                        LiveOllama.cache().resolve("bin/otelcol").toString(), "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("otelcol.log").toFile())
                .start();
    }

    /** Starts it and waits until it listens. Where it is not installed it is as with {@link LiveOllama#start()}. */
    static LiveCollector start() {
        if (!Files.isExecutable(LiveOllama.cache().resolve("bin/otelcol"))) {
            throw LiveOllama.missing("Collector");
        }
        try {
            var collector = new LiveCollector();
            await("the Collector listens").atMost(STARTS_WITHIN).until(collector::listens);
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new IllegalStateException("The Collector has ended; see " + folder, e);
            }
            return false;
        }
    }

    /** As in {@code http://127.0.0.1:4318}. */
    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    private Path file(String signal) {
        return folder.resolve(signal + ".json");
    }

    /** All spans that came so far, once there are so many. */
    List<JsonNode> spans(int count) {
        return awaitAll("traces", "resourceSpans", "scopeSpans", "spans", count);
    }

    /** All log records that came so far, once there are so many. */
    List<JsonNode> logs(int count) {
        return awaitAll("logs", "resourceLogs", "scopeLogs", "logRecords", count);
    }

    /** Everything that came, as it was written. */
    String everything() {
        return Stream.of("traces", "logs")
                .map(this::file)
                .map(LiveCollector::text)
                .reduce("", String::concat);
    }

    private List<JsonNode> awaitAll(String signal, String resources, String scopes, String records, int count) {
        return await(count + " " + records)
                .atMost(TELLS_WITHIN)
                .until(() -> all(signal, resources, scopes, records), found -> found.size() >= count);
    }

    private List<JsonNode> all(String signal, String resources, String scopes, String records) {
        var json = new JsonMapper();
        return text(file(signal))
                .lines()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .flatMap(batch -> elements(batch.path(resources)))
                .flatMap(resource -> elements(resource.path(scopes)))
                .flatMap(scope -> elements(scope.path(records)))
                .toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        await("the Collector ends").atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }
}
