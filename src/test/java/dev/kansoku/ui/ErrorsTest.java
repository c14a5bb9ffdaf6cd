package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ollama.ScriptedServer.Script;
import dev.kansoku.ui.common.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javafx.application.Platform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an Ollama, or what answers in its place, can do to a turn; one window for all of it, a new chat for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class ErrorsTest {

    private static final Words WORDS = new Words(Locale.ENGLISH);
    private static final String HTML = "<html><head><title>Bad Gateway</title></head><body>nginx</body></html>";
    private static final String CONTEXT = "{\"error\":{\"code\":400,\"message\":\"request (5000 tokens) exceeds the"
            + " available context size (4096 tokens), try increasing it\",\"type\":\"exceed_context_size_error\"}}";

    private ScriptedServer server;
    private Program program;

    @BeforeAll
    void start(@TempDir Path home) {
        server = ScriptedServer.start();
        UiTest.write(home, "settings.json", "{\"firstByteTimeoutSeconds\":1,\"idleTimeoutSeconds\":1}");
        program = Program.start(home, server.address().display());
    }

    @AfterAll
    void close() {
        try {
            program.close();
        } finally {
            server.close();
        }
    }

    private static Script json(int status, String body) {
        return exchange -> exchange.json(status, body);
    }

    private static Arguments fails(String name, Script script, String partial, String key) {
        return Arguments.of(name, script, partial, key);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                fails("model missing", json(404, error("model 'tinyllama' not found")), "", "error.modelMissing"),
                fails(
                        "does not support",
                        json(400, error("\"tinyllama\" does not support chat")),
                        "",
                        "error.doesNotSupport"),
                fails(
                        "memory, up to 0.24",
                        json(500, error("model requires more system memory (5.6 GiB) than is available (3.1 GiB)")),
                        "",
                        "error.outOfMemory"),
                fails(
                        "memory, from 0.30 on",
                        json(500, error("llama-server reported out-of-memory during startup: failed to allocate")),
                        "",
                        "error.outOfMemory"),
                fails("busy", json(503, error("server busy, please try again.")), "", "error.busy"),
                fails(
                        "load failed",
                        json(500, error("llama runner process has terminated: exit status 2")),
                        "",
                        "error.loadFailed"),
                fails(
                        "runner died",
                        exchange -> exchange.ndjson(
                                chunk("Half"),
                                error("an error was encountered while running the model: unexpected EOF")),
                        "Half",
                        "error.runnerDied"),
                fails("context", json(400, error(CONTEXT)), "", "error.contextTooLong"),
                fails("login", json(401, error("unauthorized")), "", "error.unauthorised"),
                fails("forbidden", exchange -> exchange.reply(403, "text/plain", ""), "", "error.refused"),
                fails("gateway", exchange -> exchange.reply(502, "text/html", HTML), "", "error.proxy"),
                fails(
                        "another server",
                        exchange -> exchange.reply(404, "text/plain", "404 page not found"),
                        "",
                        "error.notOllama"),
                fails("a page", exchange -> exchange.reply(200, "text/html", HTML), "", "error.notOllama"),
                fails(
                        "a redirect",
                        exchange -> exchange.reply(302, Map.of("Location", "http://127.0.0.1:1/"), new byte[0]),
                        "",
                        "error.notOllama"),
                fails(
                        "another protocol",
                        exchange -> exchange.raw("SSH-2.0-OpenSSH_9.2\r\n").halfClose(),
                        "",
                        "error.notOllama"),
                fails(
                        "an error on the way",
                        exchange -> exchange.ndjson(chunk("Half"), error("boom")),
                        "Half",
                        "error.serverFaultInStream"),
                fails("no end", exchange -> exchange.ndjson(chunk("Half")), "Half", "chat.incomplete"),
                fails(
                        "reset",
                        exchange -> exchange.stream().line(chunk("Half")).reset(),
                        "Half",
                        "error.connectionLost"),
                fails(
                        "broken off",
                        exchange -> exchange.stream().line(chunk("Half")).halfClose(),
                        "Half",
                        "error.connectionLost"),
                fails(
                        "silent from the start",
                        ScriptedServer.Exchange::awaitClientGone,
                        "",
                        "error.timedOut.firstByte"),
                fails(
                        "silent on the way",
                        exchange -> exchange.stream().line(chunk("Half")).awaitClientGone(),
                        "Half",
                        "error.timedOut.nextChunk"),
                fails(
                        "half a line and silence",
                        exchange -> exchange.stream()
                                .line(chunk("Half"))
                                .chunk("{\"model\":\"tiny".getBytes(StandardCharsets.UTF_8))
                                .awaitClientGone(),
                        "Half",
                        "error.timedOut.nextChunk"),
                fails("an endless line", ErrorsTest::endlessLine, "Half", "error.protocol"),
                fails(
                        "no JSON",
                        exchange -> exchange.ndjson(chunk("Half"), "what is this?"),
                        "Half",
                        "error.protocol"));
    }

    private static void endlessLine(ScriptedServer.Exchange exchange) throws IOException {
        exchange.stream().line(chunk("Half"));
        byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 9; i++) {
            exchange.chunk(piece).flush();
        }
        exchange.awaitClientGone();
    }

    private String sentence(String key) {
        return switch (key) {
            case "error.modelMissing" -> WORDS.get(key, "tinyllama");
            case "error.unauthorised", "error.refused", "error.notOllama" ->
                WORDS.get(key, server.address().display());
            case "error.proxy" -> WORDS.get(key, server.address().display(), "502");
            default -> WORDS.get(key);
        };
    }

    private void answers(String expected) {
        program.send("and now?");
        program.awaitAnswer(expected);
        program.await(
                "nothing runs", () -> program.buttons(WORDS.get("prompt.stop")).isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void whatFailsIsExplainedAndTheNextPromptWorks(String name, Script script, String partial, String key) {
        newChat();
        server.on("/api/chat", script);
        program.send("question");
        program.awaitText(sentence(key));
        assertThat(program.answer()).as(name).isEqualTo(partial);
        assertThat(program.buttons(WORDS.get("prompt.stop"))).isEmpty();

        server.on("/api/chat", exchange -> exchange.ndjson(chunk("All is well."), done()));
        answers("All is well.");
    }

    private void newChat() {
        program.press(WORDS.get("chat.new"));
        program.awaitText(WORDS.get("welcome.ready.title"));
    }

    private static Arguments works(String name, Script script, String answer) {
        return Arguments.of(name, script, answer);
    }

    private static byte[] lines(String separator, String... lines) {
        return String.join(separator, lines).getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> oddities() {
        return Stream.of(
                works("CRLF", stream(lines("\r\n", chunk("Fine."), done(), "")), "Fine."),
                works("no last line feed", stream(lines("\n", chunk("Fine."), done())), "Fine."),
                works("blank lines", stream(lines("\n\n", "", chunk("Fine."), done(), "")), "Fine."),
                works("letters cut in two", ErrorsTest::cutLetters, "日本語で"),
                works(
                        "another content type",
                        exchange -> exchange.stream("text/plain")
                                .line(chunk("Fine."))
                                .line(done())
                                .end(),
                        "Fine."),
                works("gzip", ErrorsTest::zipped, "Fine."),
                works("no figures", exchange -> exchange.ndjson(chunk("Fine."), done("")), "Fine."),
                works(
                        "negative figures",
                        exchange -> exchange.ndjson(
                                chunk("Fine."),
                                done("\"total_duration\":-5,\"load_duration\":-7,\"prompt_eval_count\":-3,"
                                        + "\"prompt_eval_duration\":-1,\"eval_count\":-2,\"eval_duration\":-9")),
                        "Fine."),
                works(
                        "huge figures",
                        exchange -> exchange.ndjson(
                                chunk("Fine."),
                                done("\"total_duration\":9223372036854775807,\"load_duration\":9223372036854775807,"
                                        + "\"prompt_eval_count\":2147483647,\"prompt_eval_duration\":99999999999999999999,"
                                        + "\"eval_count\":9223372036854775807,\"eval_duration\":9223372036854775807")),
                        "Fine."),
                works(
                        "text in the last line",
                        exchange ->
                                exchange.ndjson(chunk("Fi"), chunk("ne.").replace("\"done\":false", "\"done\":true")),
                        "Fine."),
                works(
                        "unknown fields",
                        exchange -> exchange.ndjson(
                                chunk("Fine.").replace("{\"model\"", "{\"new\":[1,{}],\"model\""), done()),
                        "Fine."));
    }

    private static Script stream(byte[] body) {
        return exchange -> {
            exchange.stream().chunk(body);
            exchange.end();
        };
    }

    private static void cutLetters(ScriptedServer.Exchange exchange) throws IOException {
        exchange.stream();
        for (byte b : lines("\n", chunk("日本語で"), done(), "")) {
            exchange.chunk(new byte[] {b}).flush();
        }
        exchange.end();
    }

    private static void zipped(ScriptedServer.Exchange exchange) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(lines("\n", chunk("Fine."), done(), ""));
        }
        exchange.reply(
                200, Map.of("Content-Type", "application/x-ndjson", "Content-Encoding", "gzip"), bytes.toByteArray());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddities")
    void whatIsOnlyOddIsShown(String name, Script script, String answer) {
        newChat();
        server.on("/api/chat", script);
        answers(answer);
        program.await(
                name + ": what it took",
                () -> !program.measurements().isEmpty()
                        && program.measurements().getLast().matches("\\d.*[AP]M"));
        assertThat(program.measurements().getLast()).doesNotContain("-", "NaN", "Infinity", "∞");
        assertThat(program.isShown("error-sentence")).isFalse();
    }

    @Test
    void aFloodDoesNotHoldTheWindowUp() throws Exception {
        newChat();
        var stopped = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream();
            String line = chunk("word ".repeat(20) + "\n\n") + "\n";
            byte[] many = line.repeat(50).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 2_000 && stopped.getCount() > 0; i++) {
                exchange.chunk(many).flush();
            }
            exchange.awaitClientGone();
        });
        program.send("flood");
        program.awaitAnswer("word");
        for (int i = 0; i < 5; i++) {
            var through = new CompletableFuture<Long>();
            long before = System.nanoTime();
            Platform.runLater(() -> through.complete(System.nanoTime()));
            assertThat(Duration.ofNanos(through.get(10, TimeUnit.SECONDS) - before))
                    .isLessThan(Duration.ofSeconds(1));
        }
        program.press(WORDS.get("prompt.stop"));
        program.awaitText(WORDS.get("chat.stopped"));
        stopped.countDown();
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("All is well."), done()));
        answers("All is well.");
    }
}
