package dev.kansoku.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Takes what it is sent over http/protobuf and keeps it; answers with the status that a test wants. */
public final class ScriptedCollector implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpServer server;
    private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
    private final List<ExportLogsServiceRequest> logs = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    private ScriptedCollector(HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    public static ScriptedCollector start() {
        return start(0);
    }

    public static ScriptedCollector start(int port) {
        try {
            return new ScriptedCollector(HttpServer.create(loopback(port), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Behind TLS, for those only who show a certificate that it trusts. */
    static ScriptedCollector start(SSLContext tls) throws IOException {
        var server = HttpsServer.create(loopback(0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needed = tls.getDefaultSSLParameters();
                needed.setNeedClientAuth(true);
                parameters.setSSLParameters(needed);
            }
        });
        return new ScriptedCollector(server);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                    ? new GZIPInputStream(exchange.getRequestBody()).readAllBytes()
                    : exchange.getRequestBody().readAllBytes();
            bodies.add(body);
            if (status == 200) {
                switch (exchange.getRequestURI().getPath()) {
                    case "/v1/traces" -> traces.add(ExportTraceServiceRequest.parseFrom(body));
                    case "/v1/metrics" -> metrics.add(ExportMetricsServiceRequest.parseFrom(body));
                    case "/v1/logs" -> logs.add(ExportLogsServiceRequest.parseFrom(body));
                    default -> throw new IOException("nobody sends to " + exchange.getRequestURI());
                }
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public void answer(int next) {
        status = next;
    }

    /** Of every request so far. */
    public List<String> authorizations() {
        return List.copyOf(headers);
    }

    /** All that came, unpacked, whatever was answered. */
    public List<byte[]> bodies() {
        return List.copyOf(bodies);
    }

    public List<Span> spans() {
        return traces.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    public List<LogRecord> events() {
        return logs.stream().flatMap(ScriptedCollector::events).toList();
    }

    static Stream<LogRecord> events(ExportLogsServiceRequest request) {
        return request.getResourceLogsList().stream()
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream());
    }

    public List<Metric> metrics() {
        return metrics.stream()
                .flatMap(request -> request.getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .toList();
    }

    public List<Resource> resources() {
        return traces.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .map(io.opentelemetry.proto.trace.v1.ResourceSpans::getResource)
                .toList();
    }

    /** Every value that a counter was told with, in order, of all its series. */
    public List<Long> values(String counter) {
        return metrics().stream()
                .filter(metric -> metric.getName().equals(counter))
                .flatMap(metric -> metric.getSum().getDataPointsList().stream())
                .map(point -> point.getAsInt())
                .toList();
    }

    public static String attribute(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    /** All that came, as the text that protobuf makes of it. */
    public String everything() {
        return traces + "\n" + metrics + "\n" + logs;
    }

    public void await(String what, Callable<Boolean> condition) {
        org.awaitility.Awaitility.await(what).atMost(PATIENCE).until(condition);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
