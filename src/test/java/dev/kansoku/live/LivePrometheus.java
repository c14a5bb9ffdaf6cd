package dev.kansoku.live;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A real Prometheus on a free loopback port that takes OTLP. What it says lies in {@code target/live}. */
final class LivePrometheus implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final LiveProcess process;

    private LivePrometheus() throws IOException {
        Path folder = LiveProcess.folder("prometheus");
        port = LiveProcess.freePort();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                global: {scrape_native_histograms: true}
                otlp:
                  keep_identifying_resource_attributes: true
                  promote_resource_attributes: [service.version]
                storage: {tsdb: {out_of_order_time_window: 30m}}
                """);
        process = LiveProcess.start(
                folder,
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-otlp-receiver",
                "--enable-feature=exemplar-storage");
    }

    /** Starts it and waits until it is ready. Where it is not installed it is as with {@link LiveOllama#start()}. */
    static LivePrometheus start() {
        try {
            var prometheus = new LivePrometheus();
            await("Prometheus is ready").atMost(STARTS_WITHIN).until(prometheus::isReady);
            return prometheus;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() throws InterruptedException {
        process.check();
        try {
            return http.send(request("/-/ready"), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where a Collector sends to. */
    String endpoint() {
        return "http://127.0.0.1:" + port + "/api/v1/otlp";
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    private JsonNode ask(String path) {
        try {
            return new JsonMapper()
                    .readTree(http.send(request(path), BodyHandlers.ofString()).body())
                    .path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The values of all series that an expression of PromQL gives now. */
    List<Double> query(String expression) {
        var values = new ArrayList<Double>();
        ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result")
                .forEach(series -> values.add(series.path("value").path(1).asDouble()));
        return values;
    }

    /** The names of all metrics there are. */
    List<String> names() {
        var names = new TreeSet<String>();
        ask("/api/v1/label/__name__/values").forEach(name -> names.add(name.asText()));
        return List.copyOf(names);
    }

    /** How many traces the exemplars of a metric name. */
    int exemplars(String metric) {
        long now = System.currentTimeMillis() / 1000;
        var traces = new TreeSet<String>();
        ask("/api/v1/query_exemplars?query=" + metric + "&start=" + (now - 600) + "&end=" + (now + 60))
                .forEach(series -> series.path("exemplars")
                        .forEach(exemplar -> traces.add(
                                exemplar.path("labels").path("trace_id").asText())));
        return traces.size();
    }

    @Override
    public void close() {
        process.close();
    }
}
