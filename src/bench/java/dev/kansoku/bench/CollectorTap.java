package dev.kansoku.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kansoku.live.LiveCollector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a Collector, counts the bytes that it is sent and hands them on. Where none is installed it takes them
 * itself.
 */
final class CollectorTap implements AutoCloseable {

    /**
     * A request, in bytes.
     *
     * @param path says which signal it brought
     * @param head its first line and its headers
     * @param body as it was sent
     * @param plain the same before it was compressed
     */
    record Received(String path, int head, int body, int plain) {}

    private final @Nullable LiveCollector collector;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final List<Received> requests = new CopyOnWriteArrayList<>();

    CollectorTap() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        collector = LiveCollector.isInstalled() ? LiveCollector.start() : null;
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (collector == null) {
                exchange.sendResponseHeaders(200, -1);
            } else {
                HttpResponse<byte[]> answer = handOn(collector.endpoint(), exchange, body);
                answer.headers()
                        .firstValue("Content-Type")
                        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
                exchange.sendResponseHeaders(
                        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
            requests.add(new Received(
                    exchange.getRequestURI().getPath(), head(exchange), body.length, plain(exchange, body)));
        }
    }

    private HttpResponse<byte[]> handOn(String endpoint, HttpExchange exchange, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(endpoint + exchange.getRequestURI()))
                .POST(BodyPublishers.ofByteArray(body));
        for (String name : List.of("Content-Type", "Content-Encoding")) {
            exchange.getRequestHeaders().getOrDefault(name, List.of()).forEach(value -> request.header(name, value));
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static int head(HttpExchange exchange) {
        var head = new StringBuilder("%s %s %s\r\n"
                .formatted(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getProtocol()));
        exchange.getRequestHeaders()
                .forEach((name, values) -> values.forEach(value -> head.append("%s: %s\r\n".formatted(name, value))));
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII).length;
    }

    private static int plain(HttpExchange exchange, byte[] body) throws IOException {
        return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes().length
                : body.length;
    }

    boolean isReal() {
        return collector != null;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All that came so far. */
    List<Received> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
        threads.close();
        if (collector != null) {
            collector.close();
        }
    }
}
