package dev.kansoku.live;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
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

/** Stands between the program and a server, hands on every chunk as it comes, and keeps what chats were answered. */
final class RecordingProxy implements AutoCloseable {

    private final String target;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final List<String> chats = new CopyOnWriteArrayList<>();

    private RecordingProxy(String target) throws IOException {
        this.target = target;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handOn);
        server.start();
    }

    static RecordingProxy before(LiveOllama ollama) {
        try {
            return new RecordingProxy(ollama.address());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The bodies of all replies of {@code /api/chat} that have ended. */
    List<String> chats() {
        return List.copyOf(chats);
    }

    private void handOn(HttpExchange exchange) throws IOException {
        HttpResponse<InputStream> reply = ask(exchange);
        var heard = new ByteArrayOutputStream();
        try (exchange;
                InputStream from = reply.body()) {
            reply.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(reply.statusCode(), 0);
            OutputStream to = exchange.getResponseBody();
            byte[] chunk = new byte[8192];
            int length;
            while ((length = from.read(chunk)) >= 0) {
                heard.write(chunk, 0, length);
                to.write(chunk, 0, length);
                to.flush();
            }
            if (exchange.getRequestURI().getPath().equals("/api/chat")) {
                chats.add(heard.toString(StandardCharsets.UTF_8));
            }
        }
    }

    private HttpResponse<InputStream> ask(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        var request = HttpRequest.newBuilder(URI.create("http://" + target + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body))
                .build();
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
        threads.close();
    }
}
