package dev.kansoku.ollama;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback that says exactly what a test wants said, byte by byte, and breaks off wherever the test
 * wants it to. Each path has a script; {@code /api/version}, {@code /api/tags} and {@code /api/ps} have one from the
 * start. A connection is kept as long as its scripts send whole replies.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start();
 *         OllamaClient client = new OllamaClient(server.address(), Timeouts.DEFAULT)) {
 *     server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hel"), chunk("lo"), done()));
 *     …
 *     assertThat(server.requests("/api/chat")).hasSize(1);
 * }
 * }</pre>
 *
 * A script that waits for the test does so on a latch of the test's ({@link Exchange#await}); one that is to say
 * nothing more waits in {@link Exchange#awaitClientGone()}.
 */
public final class ScriptedServer implements AutoCloseable {

    /** What a path answers. An {@link IOException} means that the client is gone; anything else fails the test. */
    @FunctionalInterface
    public interface Script {
        void answer(Exchange exchange) throws Exception;
    }

    /** A request as it came; header names ignore case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    private final ServerSocket listener;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ScriptedServer(ServerSocket listener) {
        this.listener = listener;
        on("/", exchange -> exchange.reply(200, "text/plain; charset=utf-8", "Ollama is running"));
        on("/api/version", exchange -> exchange.json(200, "{\"version\":\"0.0.0\"}"));
        on("/api/tags", exchange -> exchange.json(200, tags("tinyllama:latest", "granite3.2:2b")));
        on("/api/ps", exchange -> exchange.json(200, "{\"models\":[]}"));
    }

    /** Starts a server on a free port of 127.0.0.1. */
    public static ScriptedServer start() {
        return startAt(0);
    }

    /** Starts a server on a given port, e.g. that of one which was closed before. */
    public static ScriptedServer startAt(int port) {
        try {
            ServerSocket listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            ScriptedServer server = new ScriptedServer(listener);
            // The port is only closed once nobody waits at it any more, so closing waits for this one too.
            server.threads.add(Thread.ofVirtual().name("scripted-server").start(server::accept));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    public OllamaAddress address() {
        return OllamaAddress.parse("127.0.0.1:" + port());
    }

    /** Sets, or replaces, what a path answers from the next request on. */
    public ScriptedServer on(String path, Script script) {
        scripts.put(path, script);
        return this;
    }

    /** All requests so far, in the order in which they came. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    /** How many connections were accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Closes the port and all connections; fails if a script did. */
    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            // Only then have the clients been told that their connections are gone.
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(5));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Throwable failure = failures.poll();
        if (failure != null) {
            throw new AssertionError("a script failed", failure);
        }
    }

    // Lines and bodies as Ollama writes them

    /** A line of a chat reply with some text. */
    public static String chunk(String content) {
        return "{\"model\":\"tinyllama\",\"created_at\":\"2026-11-22T10:00:00.123456789Z\","
                + "\"message\":{\"role\":\"assistant\",\"content\":\"" + escape(content) + "\"},\"done\":false}";
    }

    /** A line of a chat reply with some thinking. */
    public static String thinking(String thinking) {
        return "{\"model\":\"granite3.2:2b\",\"created_at\":\"2026-11-22T10:00:00Z\",\"message\":{\"role\":\"assistant\","
                + "\"content\":\"\",\"thinking\":\"" + escape(thinking) + "\"},\"done\":false}";
    }

    /** The final line: 4.2 s in all, 2 s load, 26 tokens read in 1 s, 10 tokens written in 1 s. */
    public static String done() {
        return done(4_200, 2_000, 26, 1_000, 10, 1_000);
    }

    /** The final line; durations in milliseconds. */
    public static String done(
            long totalMillis, long loadMillis, long promptTokens, long promptMillis, long tokens, long evalMillis) {
        return done("\"done_reason\":\"stop\",\"total_duration\":" + nanos(totalMillis) + ",\"load_duration\":"
                + nanos(loadMillis) + ",\"prompt_eval_count\":" + promptTokens + ",\"prompt_eval_duration\":"
                + nanos(promptMillis) + ",\"eval_count\":" + tokens + ",\"eval_duration\":" + nanos(evalMillis));
    }

    /** The final line with these fields and no others. */
    public static String done(String fields) {
        return "{\"model\":\"tinyllama\",\"created_at\":\"2026-11-22T10:00:01Z\",\"message\":{\"role\":\"assistant\","
                + "\"content\":\"\"},\"done\":true" + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    /** An error, as a body or as a line. */
    public static String error(String text) {
        return "{\"error\":\"" + escape(text) + "\"}";
    }

    /** A body for {@code /api/tags}. */
    public static String tags(String... models) {
        StringBuilder json = new StringBuilder();
        for (String model : models) {
            json.append(json.isEmpty() ? "" : ",")
                    .append("{\"name\":\"" + model + "\",\"model\":\"" + model + "\",")
                    .append("\"modified_at\":\"2026-11-20T09:30:00.5+01:00\",\"size\":637700138,")
                    .append("\"digest\":\"" + digest(model) + "\",\"details\":{\"format\":\"gguf\",")
                    .append("\"family\":\"llama\",\"parameter_size\":\"1.1B\",\"quantization_level\":\"Q4_0\"}}");
        }
        return "{\"models\":[" + json + "]}";
    }

    /** A body for {@code /api/ps} with models that stay for ever, with a context of 4096 tokens and no GPU. */
    public static String running(String... models) {
        StringBuilder json = new StringBuilder();
        for (String model : models) {
            json.append(json.isEmpty() ? "" : ",")
                    .append("{\"name\":\"" + model + "\",\"model\":\"" + model + "\",\"size\":900000000,")
                    .append("\"digest\":\"" + digest(model) + "\",\"size_vram\":0,\"context_length\":4096,")
                    .append("\"expires_at\":\"2318-09-30T12:00:00.000000001+09:00\"}");
        }
        return "{\"models\":[" + json + "]}";
    }

    /** The digest of a model in {@link #tags} and {@link #running}. */
    public static String digest(String model) {
        return String.format("%08x", model.hashCode()).repeat(8);
    }

    private static String nanos(long millis) {
        return millis + "000000";
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').append((char) c);
            } else if (c < ' ') {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    // Serving

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                threads.add(Thread.ofVirtual().name("scripted-connection").start(() -> serve(socket)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (closed.getCount() == 0) {
                return;
            }
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean keep = true;
            while (keep) {
                Request request = read(in);
                if (request == null) {
                    return;
                }
                requests.add(request);
                Exchange exchange = new Exchange(request, socket, in);
                Script script = scripts.getOrDefault(
                        request.path(), nothing -> nothing.reply(404, "text/plain", "404 page not found"));
                script.answer(exchange);
                exchange.flush();
                keep = exchange.whole;
            }
        } catch (IOException e) {
            // The client, or the server, is gone.
        } catch (Exception | AssertionError e) {
            failures.add(e);
        } finally {
            sockets.remove(socket);
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String start = readLine(in);
        if (start == null) {
            return null;
        }
        List<String> words = List.of(start.split(" ", 3));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Request(words.get(0), words.get(1), headers, body);
    }

    private static @Nullable String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /**
     * One request and what is said in reply. {@link #reply}, {@link #json} and {@link #ndjson} send whole replies;
     * {@link #stream}, {@link #line} and {@link #end} one in steps; {@link #raw} just bytes. All but {@code raw} flush.
     */
    public final class Exchange {

        private final Request request;
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private boolean whole;

        private Exchange(Request request, Socket socket, InputStream in) throws IOException {
            this.request = request;
            this.socket = socket;
            this.in = in;
            this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
        }

        public Request request() {
            return request;
        }

        public String body() {
            return request.body();
        }

        /** A whole reply. */
        public void reply(int status, String contentType, String body) throws IOException {
            reply(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
        }

        /** A whole reply with any headers and bytes; {@code Content-Length} is added. */
        public void reply(int status, Map<String, String> headers, byte[] body) throws IOException {
            head(status, headers);
            raw("Content-Length: " + body.length + "\r\n\r\n");
            raw(body);
            flush();
            whole = true;
        }

        /** A whole JSON reply. */
        public void json(int status, String body) throws IOException {
            reply(status, "application/json; charset=utf-8", body);
        }

        /** A whole stream of lines, as Ollama sends it: each a chunk and a packet of its own. */
        public void ndjson(String... lines) throws IOException {
            stream();
            for (String line : lines) {
                line(line);
            }
            end();
        }

        /** Begins a stream: status 200 and the headers, sent off. */
        public Exchange stream() throws IOException {
            return stream("application/x-ndjson");
        }

        /** Begins a stream of another content type. */
        public Exchange stream(String contentType) throws IOException {
            return stream(Map.of("Content-Type", contentType));
        }

        /** Begins a stream with any headers. */
        public Exchange stream(Map<String, String> headers) throws IOException {
            head(200, headers);
            raw("Transfer-Encoding: chunked\r\n\r\n");
            return flush();
        }

        /** A line of the stream, sent off as a chunk. */
        public Exchange line(String json) throws IOException {
            return chunk((json + "\n").getBytes(StandardCharsets.UTF_8)).flush();
        }

        /** Any bytes as one chunk of the stream, not flushed: with the next chunk they make one packet. */
        public Exchange chunk(byte[] bytes) throws IOException {
            raw(Integer.toHexString(bytes.length) + "\r\n");
            raw(bytes);
            return raw("\r\n");
        }

        /** The proper end of the stream; the connection is kept. */
        public void end() throws IOException {
            raw("0\r\n\r\n").flush();
            whole = true;
        }

        /** Any bytes at all, not flushed. */
        public Exchange raw(byte[] bytes) throws IOException {
            out.write(bytes);
            return this;
        }

        /** Any text at all, not flushed. */
        public Exchange raw(String text) throws IOException {
            return raw(text.getBytes(StandardCharsets.UTF_8));
        }

        public Exchange flush() throws IOException {
            out.flush();
            return this;
        }

        /** Says nothing until the client has closed the connection, or the server is closed. */
        public void awaitClientGone() throws IOException {
            flush();
            int next;
            try {
                next = in.read();
            } catch (IOException e) {
                return;
            }
            if (next >= 0) {
                throw new IllegalStateException("the client sends while it should listen");
            }
        }

        /** Waits for the test, or for the end of the server. */
        public Exchange await(CountDownLatch latch) throws IOException, InterruptedException {
            flush();
            while (!latch.await(10, TimeUnit.MILLISECONDS)) {
                if (closed.getCount() == 0) {
                    throw new IOException("closed");
                }
            }
            return this;
        }

        /** Ends our side of the connection in order (FIN), and goes on listening. */
        public void halfClose() throws IOException {
            flush();
            socket.shutdownOutput();
        }

        /** Breaks the connection (RST). */
        public void reset() throws IOException {
            flush();
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private void head(int status, Map<String, String> headers) throws IOException {
            raw(String.format(Locale.ROOT, "HTTP/1.1 %d Scripted\r\n", status));
            for (Map.Entry<String, String> header : headers.entrySet()) {
                raw(header.getKey() + ": " + header.getValue() + "\r\n");
            }
        }
    }
}
