package dev.kansoku.demo;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.kansoku.ollama.ModelName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ollama's API over HTTP (server/routes.go), for programs on this machine that know the port; a page in a browser is
 * refused.
 *
 * <p>Like Ollama's, the headers of an answer come with its first chunk. Until then nothing is written, and the JDK's
 * server tells only by a failing write that the client is gone (its selector lets go of the connection for as long as a
 * handler runs): a load or a prompt evaluation nobody waits for goes on to its end, decoding ends with the second token
 * that nobody reads. An answer that is not streamed is decoded to its end.
 */
final class DemoHandler implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DemoHandler.class);

    private static final int MOST_BODY_BYTES = 4 * 1024 * 1024;

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";
    private static final String NDJSON = "application/x-ndjson";

    private static final JsonMapper MAPPER = new JsonMapper();

    /** RFC 3339 with nanoseconds, as Go writes a time. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

    @FunctionalInterface
    private interface Action {
        void answer(HttpExchange exchange) throws IOException, InterruptedException, Refusal;
    }

    private record Route(String method, Action action) {

        boolean takes(String asked) {
            return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
        }
    }

    private final List<DemoModel> models;
    private final Set<String> hosts;
    private final Instant installed = Instant.now();

    private final Map<String, Route> routes = Map.ofEntries(
            entry("/", new Route("GET", exchange -> send(exchange, 200, TEXT, "Ollama is running"))),
            entry("/api/version", new Route("GET", this::version)),
            entry("/api/tags", new Route("GET", this::tags)),
            entry("/api/ps", new Route("GET", this::ps)),
            entry("/api/show", new Route("POST", this::show)),
            entry("/api/chat", new Route("POST", exchange -> reply(exchange, true))),
            entry("/api/generate", new Route("POST", exchange -> reply(exchange, false))),
            entry("/api/pull", new Route("POST", this::pull)),
            entry("/api/copy", new Route("POST", exchange -> refuse("copy"))),
            entry("/api/delete", new Route("DELETE", exchange -> refuse("delete"))));

    DemoHandler(List<DemoModel> models, int port) {
        this.models = models;
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    @Override
    public void handle(HttpExchange exchange) {
        try (exchange) {
            if (!isFromThisMachine(exchange.getRequestHeaders())) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            try {
                route(exchange);
            } catch (Refusal e) {
                error(exchange, e.status(), e.sentence());
            } catch (RuntimeException e) {
                LOG.debug("a request to the demo engine failed", e);
                error(exchange, 500, "the demo engine failed");
            }
        } catch (IOException e) {
            LOG.debug("a client of the demo engine is gone");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A page of another site must not reach it, neither by a name that points to this machine nor by a script. */
    private boolean isFromThisMachine(Headers headers) {
        List<String> host = headers.getOrDefault("Host", List.of());
        return host.size() == 1
                && hosts.contains(host.getFirst().toLowerCase(Locale.ROOT))
                && !headers.containsKey("Origin");
    }

    private void route(HttpExchange exchange) throws IOException, InterruptedException, Refusal {
        Route route = routes.get(exchange.getRequestURI().getPath());
        if (route == null) {
            send(exchange, 404, TEXT, "404 page not found");
        } else if (!route.takes(exchange.getRequestMethod())) {
            send(exchange, 405, TEXT, "405 method not allowed");
        } else {
            route.action().answer(exchange);
        }
    }

    // Models

    private void version(HttpExchange exchange) throws IOException {
        send(exchange, MAPPER.createObjectNode().put("version", DemoEngine.VERSION));
    }

    private void tags(HttpExchange exchange) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        ArrayNode list = json.putArray("models");
        models.forEach(model -> describe(list.addObject(), model.weights()).put("modified_at", TIME.format(installed)));
        send(exchange, json);
    }

    private void ps(HttpExchange exchange) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        ArrayNode list = json.putArray("models");
        for (DemoModel model : models) {
            DemoModel.Loaded loaded = model.loaded();
            if (loaded != null) {
                describe(list.addObject(), model.weights())
                        .put("expires_at", TIME.format(loaded.expiresAt()))
                        .put("size_vram", 0)
                        .put("context_length", loaded.numCtx());
            }
        }
        send(exchange, json);
    }

    /** Without the path of a blob, so that no process is taken for the model's. */
    private void show(HttpExchange exchange) throws IOException, Refusal {
        DemoWeights weights = model(body(exchange)).weights();
        ObjectNode json = MAPPER.createObjectNode()
                .put("modelfile", "FROM demo")
                .put("parameters", "")
                .put("template", "{{ .Prompt }}");
        json.set("details", details(weights));
        json.putObject("model_info")
                .put("general.architecture", weights.family)
                .put("general.parameter_count", weights.parameters)
                .put(weights.family + ".context_length", DemoModel.MOST_NUM_CTX);
        json.putArray("capabilities").add("completion");
        send(exchange, json.put("modified_at", TIME.format(installed)));
    }

    private static ObjectNode describe(ObjectNode json, DemoWeights weights) {
        json.put("name", weights.fullName)
                .put("model", weights.fullName)
                .put("size", weights.bytes)
                .put("digest", weights.digest)
                .set("details", details(weights));
        return json;
    }

    private static ObjectNode details(DemoWeights weights) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("parent_model", "")
                .put("format", "gguf")
                .put("family", weights.family)
                .put("parameter_size", weights.parameterSize)
                .put("quantization_level", weights.quantization);
        json.putArray("families").add(weights.family);
        return json;
    }

    private void pull(HttpExchange exchange) throws IOException {
        // As a line, for Ollama has sent its headers before it knows whether there is such a model.
        ObjectNode json = MAPPER.createObjectNode().put("error", "the demo engine cannot pull models");
        send(exchange, 200, NDJSON, json + "\n");
    }

    private static void refuse(String what) throws Refusal {
        throw new Refusal(400, "the demo engine cannot " + what + " models");
    }

    // Turns

    private void reply(HttpExchange exchange, boolean chat) throws IOException, InterruptedException, Refusal {
        long enteredNanos = System.nanoTime();
        ObjectNode json = body(exchange);
        DemoModel model = model(json);
        DemoRequest request = DemoRequest.of(chat, json.path("model").asText(), json);
        if (request.isUnload()) {
            model.expire();
            send(exchange, line(request, "").put("done", true).put("done_reason", "unload"));
            return;
        }
        try (DemoModel.Use use = model.use(request.numCtx(), request.keepAlive())) {
            long loadedNanos = System.nanoTime();
            if (request.messages().isEmpty()) {
                send(exchange, line(request, "").put("done", true).put("done_reason", "load"));
                return;
            }
            List<String> prompt = request.promptTokens();
            List<String> whole = request.answerTokens();
            boolean cut = request.numPredict() >= 0 && request.numPredict() < whole.size();
            List<String> answer = cut ? whole.subList(0, request.numPredict()) : whole;

            use.awaitSlot();
            long begunNanos = System.nanoTime();
            int cached = use.evaluate(prompt);
            long evaluatedNanos = System.nanoTime();
            for (String token : answer) {
                if (request.stream()) {
                    send(exchange, line(request, token).put("done", false) + "\n");
                }
                use.decode(token);
            }
            long endNanos = System.nanoTime();

            ObjectNode last = line(request, request.stream() ? "" : String.join("", answer))
                    .put("done", true)
                    .put("done_reason", cut ? "length" : "stop")
                    .put("total_duration", endNanos - enteredNanos)
                    .put("load_duration", loadedNanos - enteredNanos)
                    .put("prompt_eval_count", prompt.size())
                    .put("prompt_eval_cached_count", cached)
                    .put("prompt_eval_duration", evaluatedNanos - begunNanos);
            if (!answer.isEmpty()) {
                last.put("eval_count", answer.size()).put("eval_duration", endNanos - evaluatedNanos);
            }
            if (request.stream()) {
                send(exchange, last + "\n");
            } else {
                send(exchange, last);
            }
        }
    }

    private static ObjectNode line(DemoRequest request, String text) {
        ObjectNode json =
                MAPPER.createObjectNode().put("model", request.model()).put("created_at", TIME.format(Instant.now()));
        if (request.chat()) {
            json.putObject("message").put("role", "assistant").put("content", text);
        } else {
            json.put("response", text);
        }
        return json;
    }

    private DemoModel model(ObjectNode json) throws Refusal {
        String name = json.path("model").asText();
        if (name.isEmpty()) {
            throw new Refusal(400, "model is required");
        }
        return models.stream()
                .filter(model -> ModelName.same(model.weights().fullName, name))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "model '" + name + "' not found"));
    }

    // HTTP

    private static ObjectNode body(HttpExchange exchange) throws IOException, Refusal {
        InputStream in = exchange.getRequestBody();
        byte[] bytes = in.readNBytes(MOST_BODY_BYTES + 1);
        if (bytes.length > MOST_BODY_BYTES) {
            // Read to its end: who is still sending when the connection is closed may never see the answer.
            in.transferTo(OutputStream.nullOutputStream());
            throw new Refusal(400, "the demo engine takes no more than 4 MiB");
        }
        if (bytes.length == 0) {
            throw new Refusal(400, "missing request body");
        }
        try {
            JsonNode json = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            LOG.debug("a request to the demo engine was no JSON");
        }
        throw new Refusal(400, "the request body is not a JSON object");
    }

    /** As Ollama does: what goes wrong after an answer has begun is its last line. */
    private static void error(HttpExchange exchange, int status, String sentence) throws IOException {
        String json = MAPPER.createObjectNode().put("error", sentence).toString();
        if (exchange.getResponseCode() < 0) {
            send(exchange, status, JSON, json);
        } else {
            send(exchange, json + "\n");
        }
    }

    private static void send(HttpExchange exchange, ObjectNode json) throws IOException {
        send(exchange, 200, JSON, json.toString());
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** A line of a stream, as a chunk of its own; the first sends the headers. */
    private static void send(HttpExchange exchange, String line) throws IOException {
        if (exchange.getResponseCode() < 0) {
            exchange.getResponseHeaders().set("Content-Type", NDJSON);
            exchange.sendResponseHeaders(200, 0);
        }
        OutputStream body = exchange.getResponseBody();
        body.write(line.getBytes(StandardCharsets.UTF_8));
        body.flush();
    }
}
