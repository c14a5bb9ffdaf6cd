package dev.kansoku.telemetry.delivery;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** Speaks OTLP over HTTP on loopback: 200 with an empty body to everything, unless a test wants it otherwise. */
final class ScriptedCollector implements AutoCloseable {

    @FunctionalInterface
    interface Script {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /**
     * A request as it came.
     *
     * @param target as it stands in the request's first line
     * @param body unpacked
     */
    record Request(String target, ByteString body) {

        /** The names of its spans, if they are spans. */
        List<String> spans() {
            try {
                return ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                        .flatMap(resource -> resource.getScopeSpansList().stream())
                        .flatMap(scope -> scope.getSpansList().stream())
                        .map(span -> span.getName())
                        .toList();
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError("not spans", e);
            }
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Queue<Script> next = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Script otherwise = exchange -> exchange.sendResponseHeaders(200, -1);

    private ScriptedCollector(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    static ScriptedCollector start() {
        return startAt(0);
    }

    static ScriptedCollector startAt(int port) {
        try {
            return new ScriptedCollector(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the next request is answered that no other call has named an answer for. */
    ScriptedCollector then(Script script) {
        next.add(script);
        return this;
    }

    ScriptedCollector then(int status) {
        return then(status(status));
    }

    ScriptedCollector always(Script script) {
        otherwise = script;
        return this;
    }

    static Script status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Script body(int status, String contentType, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Says nothing until the end. */
    Script silence() {
        return _ -> closed.await();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The names of all spans, in the order in which they came. */
    List<String> spans() {
        return requests.stream()
                .filter(request -> request.target().endsWith("/v1/traces"))
                .flatMap(request -> request.spans().stream())
                .toList();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream body =
                    packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                requests.add(new Request(exchange.getRequestURI().toString(), ByteString.readFrom(body)));
            }
            Script script = next.poll();
            (script == null ? otherwise : script).answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }
}
