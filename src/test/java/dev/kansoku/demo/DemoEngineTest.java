package dev.kansoku.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.kansoku.demo.DemoAnswers.Topic;
import dev.kansoku.ollama.ChatChunk;
import dev.kansoku.ollama.ChatMessage;
import dev.kansoku.ollama.ChatMessage.Role;
import dev.kansoku.ollama.ChatRequest;
import dev.kansoku.ollama.ChatStream;
import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.ollama.RunningModel;
import dev.kansoku.ollama.Timeouts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo engine as Kansoku's own client sees it, twenty times as fast as it is. */
@Timeout(30)
class DemoEngineTest {

    private static final String MODEL = "tinyllama";
    private static final String SLOW_MODEL = "granite3.2:2b";

    @AutoClose
    private final DemoEngine engine = DemoEngine.start(20);

    @AutoClose
    private final OllamaClient client = new OllamaClient(engine.address(), Timeouts.DEFAULT);

    @AutoClose
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private record Reply(List<String> chunks, ReplyFigures figures, Duration firstChunk) {
        String text() {
            return String.join("", chunks);
        }
    }

    // Models

    @Test
    void hasTwoModelsThatNoProcessCanBeTakenFor() throws Exception {
        assertThat(client.version()).isEqualTo("demo");
        assertThat(client.tags())
                .extracting(InstalledModel::name, InstalledModel::size)
                .containsExactly(tuple("tinyllama:latest", 637_700_138L), tuple("granite3.2:2b", 1_545_303_329L));
        assertThat(client.tags())
                .extracting(InstalledModel::digest)
                .doesNotHaveDuplicates()
                .allMatch(digest -> digest.matches("[0-9a-f]{64}"));
        assertThat(client.show(MODEL).architecture()).isEqualTo("llama");
        assertThat(client.show(MODEL).blob()).isNull();
        assertThat(client.ps()).isEmpty();
    }

    @Test
    void aFreshOneHasNoModels() throws Exception {
        try (DemoEngine empty = DemoEngine.startEmpty();
                OllamaClient other = new OllamaClient(empty.address(), Timeouts.DEFAULT)) {
            assertThat(other.tags()).isEmpty();
            assertThat(other.ps()).isEmpty();
            assertThat(errorOf(() -> other.preload(MODEL, ModelOptions.DEFAULTS, null)))
                    .isInstanceOf(OllamaError.ModelMissing.class);
        }
    }

    @Test
    void whatItCannotDoItSays() {
        assertThat(errorOf(() -> client.show("llama9")))
                .isInstanceOfSatisfying(
                        OllamaError.ModelMissing.class,
                        missing -> assertThat(missing.model()).isEqualTo("llama9"));
        assertThat(errorOf(() -> client.pull("llama9").next()).serverSaid())
                .isEqualTo("the demo engine cannot pull models");
        assertThat(errorOf(() -> client.delete(MODEL)).serverSaid()).isEqualTo("the demo engine cannot delete models");
        assertThat(errorOf(() -> client.copy(MODEL, "b")).serverSaid()).isEqualTo("the demo engine cannot copy models");
    }

    // Turns

    @Test
    void theFirstAnswerIsColdAndTheNextIsWarm() throws Exception {
        Reply cold = chat(MODEL, numPredict(8), "What is Kansoku?");
        assertThat(client.ps()).singleElement().satisfies(running -> {
            assertThat(running.digest()).isEqualTo(client.tags().getFirst().digest());
            assertThat(running.contextLength()).isEqualTo(4096);
            assertThat(running.expiresAt()).isBetween(inSeconds(240), inSeconds(301));
        });
        Reply warm = chat(MODEL, numPredict(8), "What is Kansoku?");

        assertThat(cold.figures().load()).isGreaterThanOrEqualTo(Duration.ofMillis(70));
        assertThat(warm.figures().load()).isPositive().isLessThan(cold.figures().load());
        assertThat(cold.figures().promptEvalCachedCount()).isZero();
        assertThat(warm.figures().promptEvalCachedCount())
                .isEqualTo(Objects.requireNonNull(warm.figures().promptEvalCount()) - 1);
        for (Reply reply : List.of(cold, warm)) {
            ReplyFigures figures = reply.figures();
            assertThat(reply.chunks()).hasSize(8);
            assertThat(figures.doneReason()).isEqualTo("length");
            assertThat(figures.evalCount()).isEqualTo(8);
            assertThat(sum(figures)).isLessThanOrEqualTo(Objects.requireNonNull(figures.total()));
            assertThat(Objects.requireNonNull(figures.load()).plus(Objects.requireNonNull(figures.promptEval())))
                    .isLessThan(reply.firstChunk());
        }
    }

    @Test
    void theAnswerIsTheTextInTheLanguageOfThePrompt() throws Exception {
        Reply english = chat(MODEL, ModelOptions.DEFAULTS, "Why is the first answer slow?");
        Reply japanese = chat(MODEL, ModelOptions.DEFAULTS, "なぜ最初の回答は遅いのですか");

        assertThat(english.text()).isEqualTo(Topic.SLOW.text(false));
        assertThat(english.figures().doneReason()).isEqualTo("stop");
        assertThat(english.figures().evalCount()).isEqualTo(english.chunks().size());
        assertThat(japanese.text()).isEqualTo(Topic.SLOW.text(true));
    }

    @Test
    void theNextPromptOfAConversationFindsTheWholeOfTheLastInTheCache() throws Exception {
        Reply first = chat(MODEL, numPredict(20), "Hello");
        Reply second = chat(MODEL, numPredict(1), "Hello", first.text(), "Hello");

        assertThat(second.figures().promptEvalCachedCount())
                .isEqualTo(Objects.requireNonNull(first.figures().promptEvalCount()) + 20);
        assertThat(second.text())
                .isEqualTo(DemoTokens.of(Topic.SLOW.text(false)).getFirst());
    }

    @Test
    void aPromptThatIsTooLongLosesItsOldestMessages() throws Exception {
        Reply reply = chat(MODEL, numCtx(32), "word ".repeat(100), "answer", "Hello");

        assertThat(reply.figures().promptEvalCount()).isLessThan(32);
    }

    @Test
    void anotherContextWindowLoadsTheModelAnew() throws Exception {
        client.preload(MODEL, ModelOptions.DEFAULTS, null);
        Reply reply = chat(MODEL, numCtx(2048), "Hello");

        assertThat(reply.figures().load()).isGreaterThanOrEqualTo(Duration.ofMillis(70));
        assertThat(client.ps()).extracting(RunningModel::contextLength).containsExactly(2048);
    }

    @Test
    void twoAtOnceAreAnsweredOneAfterTheOther() throws Exception {
        client.preload(SLOW_MODEL, ModelOptions.DEFAULTS, null);
        CompletableFuture<Reply> first = writing(SLOW_MODEL);
        ReplyFigures second = chat(SLOW_MODEL, numPredict(2), "Hello").figures();

        Duration wait = Objects.requireNonNull(second.total()).minus(sum(second));
        assertThat(wait).isGreaterThan(Duration.ofMillis(100)).isGreaterThan(second.load());
        assertThat(first.get().text()).isEqualTo(Topic.KANSOKU.text(false));
    }

    @Test
    void theTwoModelsDoNotWaitForEachOther() throws Exception {
        client.preload(MODEL, ModelOptions.DEFAULTS, null);
        client.preload(SLOW_MODEL, ModelOptions.DEFAULTS, null);
        CompletableFuture<Reply> first = writing(SLOW_MODEL);
        chat(MODEL, numPredict(2), "Hello");

        assertThat(first).isNotDone();
        assertThat(client.ps()).hasSize(2);
    }

    @Test
    void aStopFreesTheModelLongBeforeItsAnswerWouldHaveEnded() throws Exception {
        // At this pace the answer takes a second and a half.
        try (DemoEngine slower = DemoEngine.start(3);
                OllamaClient other = new OllamaClient(slower.address(), Timeouts.DEFAULT)) {
            ChatStream stream = other.chat(request(MODEL, ModelOptions.DEFAULTS, Duration.ZERO, "Hello"));
            stream.next();
            stream.close();

            await().atMost(Duration.ofSeconds(1)).until(() -> other.ps().isEmpty());
        }
    }

    // Keep-alive

    @Test
    void unloadsWhenAskedTo() throws Exception {
        client.preload(MODEL, ModelOptions.DEFAULTS, Duration.ofSeconds(-1));
        assertThat(client.ps())
                .singleElement()
                .satisfies(running -> assertThat(running.expiresAt()).isAfter(inSeconds(200L * 365 * 24 * 3600)));

        client.unload(MODEL);

        assertThat(client.ps()).isEmpty();
    }

    @Test
    void unloadsAfterARequestThatSaysSo() throws Exception {
        try (ChatStream stream = client.chat(request(MODEL, numPredict(1), Duration.ZERO, "Hello"))) {
            read(stream, () -> {});
        }
        await().until(() -> client.ps().isEmpty());
    }

    @Test
    void unloadsWhenItsTimeIsOver() throws Exception {
        client.preload(MODEL, ModelOptions.DEFAULTS, Duration.ofMillis(200));
        assertThat(client.ps()).hasSize(1);

        await().atMost(Duration.ofSeconds(2)).until(() -> client.ps().isEmpty());
    }

    // HTTP

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | /api/chat     |                                                         | 400 | missing request body
            POST | /api/chat     | {                                                       | 400 | not a JSON object
            POST | /api/chat     | {"messages":[]}                                         | 400 | model is required
            POST | /api/chat     | {"model":"x"}                                           | 404 | model 'x' not found
            POST | /api/chat     | {"model":"tinyllama","think":true}                      | 400 | "\\"tinyllama\\" does not support thinking"
            POST | /api/chat     | {"model":"tinyllama","options":{"num_ctx":"1"}}         | 500 | "option \\"num_ctx\\" must be of type integer"
            POST | /api/generate | {"model":"tinyllama","keep_alive":"x"}                  | 400 | invalid duration
            POST | /api/generate | {"model":"tinyllama"}                                   | 200 | "done_reason":"load"
            POST | /api/generate | {"model":"tinyllama","keep_alive":0}                    | 200 | "done_reason":"unload"
            POST | /api/chat     | {"model":"TinyLlama:latest","messages":[],"think":false} | 200 | "role":"assistant"
            POST | /api/generate | {"model":"tinyllama","prompt":"Hi","stream":false,"options":{"num_predict":2}} | 200 | "response":"Kansoku is"
            POST | /api/generate | {"model":"tinyllama","prompt":"Hi","options":{"num_predict":1}} | 200 | "response":"Kansoku","done":false
            GET  | /             |                                                         | 200 | Ollama is running
            HEAD | /api/tags     |                                                         | 200 | Content-type: application/json
            GET  | /api/chat     |                                                         | 405 | method not allowed
            GET  | /metrics      |                                                         | 404 | 404 page not found
            """)
    void speaksAsOllamaDoes(String method, String path, @Nullable String body, int status, String said)
            throws Exception {
        String answer = raw(method, path, "Host: localhost:" + port(), body == null ? "" : body);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains(said).doesNotContain("Access-Control");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: example.com",
                "Host: 127.0.0.1",
                "Accept: */*",
                "Host: 127.0.0.1:%d\r\nHost: 127.0.0.1:%d",
                "Host: 127.0.0.1:%d\r\nOrigin: http://127.0.0.1:%d",
                "Host: localhost:%d\r\nOrigin: null"
            })
    void refusesWhatComesFromAPageInABrowser(String headers) throws Exception {
        String answer = raw("GET", "/api/tags", headers.replace("%d", "" + port()), "");

        assertThat(answer)
                .startsWith("HTTP/1.1 403 ")
                .contains("Content-length: 0")
                .endsWith("\r\n\r\n")
                .doesNotContain("Access-Control");
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        String answer = raw("POST", "/api/chat", "Host: localhost:" + port(), " ".repeat(5 << 20));

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("no more than 4 MiB");
    }

    @Test
    void aFaultOfItsOwnIsAnsweredAndEndsNothing() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        int port = server.getAddress().getPort();
        List<DemoModel> broken = new AbstractList<>() {
            @Override
            public DemoModel get(int index) {
                throw new IllegalStateException("broken");
            }

            @Override
            public int size() {
                return 1;
            }
        };
        server.createContext("/", new DemoHandler(broken, port));
        server.start();
        try {
            assertThat(raw(port, "GET", "/api/tags", "Host: localhost:" + port, ""))
                    .startsWith("HTTP/1.1 500 ")
                    .endsWith("{\"error\":\"the demo engine failed\"}");
            assertThat(raw(port, "GET", "/", "Host: localhost:" + port, "")).startsWith("HTTP/1.1 200 ");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void closesEverythingAtOnce() throws Exception {
        ChatStream stream = client.chat(request(MODEL, ModelOptions.DEFAULTS, null, "Hello"));
        stream.next();
        CompletableFuture<OllamaError> queued = inBackground(() -> errorOf(() -> chat(MODEL, numPredict(1), "Hello")));

        engine.close();

        assertThat(errorOf(() -> read(stream, () -> {}))).isInstanceOf(OllamaError.ConnectionLost.class);
        assertThat(queued.get()).isInstanceOfAny(OllamaError.ConnectionLost.class, OllamaError.NotRunning.class);
        assertThatIOException().isThrownBy(() -> new Socket(InetAddress.ofLiteral("127.0.0.1"), port()).close());
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("HTTP-Dispatcher");
    }

    private int port() {
        return URI.create(engine.address().url()).getPort();
    }

    private String raw(String method, String path, String headers, String body) throws IOException {
        return raw(port(), method, path, headers, body);
    }

    private static String raw(int port, String method, String path, String headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            OutputStream out = socket.getOutputStream();
            out.write((method + ' ' + path + " HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\nContent-Length: "
                            + bytes.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Reply chat(String model, ModelOptions options, String... messages) throws OllamaException {
        return chat(model, options, () -> {}, messages);
    }

    private Reply chat(String model, ModelOptions options, Runnable atFirstChunk, String... messages)
            throws OllamaException {
        try (ChatStream stream = client.chat(request(model, options, null, messages))) {
            return read(stream, atFirstChunk);
        }
    }

    private static Reply read(ChatStream stream, Runnable atFirstChunk) throws OllamaException {
        List<String> chunks = new ArrayList<>();
        long firstNanos = 0;
        while (true) {
            ChatChunk chunk = Objects.requireNonNull(stream.next());
            if (chunk.last() != null) {
                return new Reply(chunks, chunk.last(), Duration.ofNanos(firstNanos - stream.sentNanos()));
            }
            if (chunks.isEmpty()) {
                firstNanos = chunk.readNanos();
                atFirstChunk.run();
            }
            chunks.add(chunk.content());
        }
    }

    /** @param messages of user and assistant in turn */
    private static ChatRequest request(
            String model, ModelOptions options, @Nullable Duration keepAlive, String... messages) {
        List<ChatMessage> list = new ArrayList<>();
        for (String message : messages) {
            list.add(new ChatMessage(list.size() % 2 == 0 ? Role.USER : Role.ASSISTANT, message));
        }
        return new ChatRequest(model, list, options, keepAlive);
    }

    /** A reply whose first token has come. */
    private CompletableFuture<Reply> writing(String model) throws InterruptedException {
        CountDownLatch firstChunk = new CountDownLatch(1);
        CompletableFuture<Reply> reply =
                inBackground(() -> chat(model, ModelOptions.DEFAULTS, firstChunk::countDown, "Hello"));
        firstChunk.await();
        return reply;
    }

    private <T> CompletableFuture<T> inBackground(Callable<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                future.complete(work.call());
            } catch (Exception | AssertionError e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    private static ModelOptions numPredict(int tokens) {
        return new ModelOptions(null, tokens, null, null, null, null, null, null, null, null, null);
    }

    private static ModelOptions numCtx(int tokens) {
        return new ModelOptions(tokens, 1, null, null, null, null, null, null, null, null, null);
    }

    private static OllamaError errorOf(ThrowingCallable call) {
        OllamaError[] error = new OllamaError[1];
        assertThatExceptionOfType(OllamaException.class)
                .isThrownBy(call)
                .satisfies(thrown -> error[0] = thrown.error());
        return error[0];
    }

    private static Duration sum(ReplyFigures figures) {
        return Objects.requireNonNull(figures.load())
                .plus(Objects.requireNonNull(figures.promptEval()))
                .plus(Objects.requireNonNull(figures.eval()));
    }

    private static Instant inSeconds(long seconds) {
        return Instant.now().plusSeconds(seconds);
    }
}
