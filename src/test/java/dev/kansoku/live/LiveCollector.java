package dev.kansoku.live;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A real OpenTelemetry Collector on a loopback port, which writes what it gets into files that are read back here, and may
 * pass its metrics on. What it says lies in {@code target/live}.
 */
public final class LiveCollector implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);
    private static final Duration TELLS_WITHIN = Duration.ofSeconds(30);

    private final Path folder;
    private final Path config;
    private final int http;
    private final int grpc;
    private LiveProcess process;

    private LiveCollector(String metricsExporter) throws IOException {
        folder = LiveProcess.folder("collector");
        http = LiveProcess.freePort();
        grpc = LiveProcess.freePort();
        config = Files.writeString(folder.resolve("config.yaml"), """
                receivers:
                  otlp:
                    protocols:
                      http: {endpoint: "127.0.0.1:%d"}
                      grpc: {endpoint: "127.0.0.1:%d"}
                exporters:
                  file/traces: {path: "%s", append: true}
                  file/metrics: {path: "%s", append: true}
                  file/logs: {path: "%s", append: true}
                  %s
                service:
                  telemetry: {metrics: {level: none}}
                  pipelines:
                    traces: {receivers: [otlp], exporters: [file/traces]}
                    metrics: {receivers: [otlp], exporters: [file/metrics%s]}
                    logs: {receivers: [otlp], exporters: [file/logs]}
                """.formatted(
                        http,
                        grpc,
                        file("traces"),
                        file("metrics"),
                        file("logs"),
                        metricsExporter,
                        metricsExporter.isEmpty() ? "" : ", otlp_http"));
        process = launch();
    }

    private LiveProcess launch() throws IOException {
        return LiveProcess.start(folder, "otelcol", "--config", config.toString());
    }

    public static boolean isInstalled() {
        return Files.isExecutable(LiveOllama.cache().resolve("bin/otelcol"));
    }

    /** Starts it and waits until it listens. Where it is not installed it is as with {@link LiveOllama#start()}. */
    public static LiveCollector start() {
        return start("");
    }

    /** The same, and it passes metrics on. */
    static LiveCollector startBefore(LivePrometheus prometheus) {
        return start("otlp_http: {endpoint: \"" + prometheus.endpoint() + "\", tls: {insecure: true}}");
    }

    private static LiveCollector start(String metricsExporter) {
        try {
            var collector = new LiveCollector(metricsExporter);
            collector.awaitListening();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() {
        await("the Collector listens").atMost(STARTS_WITHIN).until(this::listens);
    }

    private boolean listens() {
        process.check();
        try (var http = new Socket(InetAddress.getLoopbackAddress(), this.http);
                var grpc = new Socket(InetAddress.getLoopbackAddress(), this.grpc)) {
            return http.isConnected() && grpc.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it; what it has got stays. */
    void stop() {
        process.close();
    }

    void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitListening();
    }

    /** As in {@code http://127.0.0.1:4318}. */
    public String endpoint() {
        return "http://127.0.0.1:" + http;
    }

    /** As in {@code http://127.0.0.1:4317}. */
    String grpcEndpoint() {
        return "http://127.0.0.1:" + grpc;
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

    /** All metrics that came so far, once there are so many. */
    List<JsonNode> metrics(int count) {
        return awaitAll("metrics", "resourceMetrics", "scopeMetrics", "metrics", count);
    }

    /** Everything that came, as it was written. */
    String everything() {
        return Stream.of("traces", "metrics", "logs")
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

    /** Up to the last whole line: it may be writing the next. */
    private static String text(Path file) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
