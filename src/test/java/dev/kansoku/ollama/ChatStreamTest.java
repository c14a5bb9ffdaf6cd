package dev.kansoku.ollama;

import static dev.kansoku.ollama.Errors.errorOf;
import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.thinking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kansoku.ollama.ChatMessage.Role;
import dev.kansoku.ollama.OllamaError.Busy;
import dev.kansoku.ollama.OllamaError.ConnectionLost;
import dev.kansoku.ollama.OllamaError.DoesNotSupport;
import dev.kansoku.ollama.OllamaError.ModelMissing;
import dev.kansoku.ollama.OllamaError.NotOllama;
import dev.kansoku.ollama.OllamaError.NotRunning;
import dev.kansoku.ollama.OllamaError.ProxyInTheWay;
import dev.kansoku.ollama.OllamaError.Refused;
import dev.kansoku.ollama.OllamaError.RunnerDied;
import dev.kansoku.ollama.OllamaError.TimedOut;
import dev.kansoku.ollama.OllamaError.TimedOut.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChatStreamTest {

    private static final String PROMPT = "what is my secret?";
    private static final ChatRequest REQUEST =
            new ChatRequest("tinyllama", List.of(new ChatMessage(Role.USER, PROMPT)), ModelOptions.DEFAULTS, null);
    private static final Timeouts QUICK =
            new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofMillis(300));

    private final ScriptedServer server = ScriptedServer.start();
    private final OllamaClient client = new OllamaClient(server.address(), Timeouts.DEFAULT);
    private final OllamaClient quick = new OllamaClient(server.address(), QUICK);

    @AfterEach
    void close() {
        client.close();
        quick.close();
        server.close();
    }

    // What comes

    @Test
    void aReplyComesChunkByChunkAndEndsWithItsFigures() throws Exception {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hel"), chunk(""), chunk("lo"), done()));

        try (ChatStream stream = client.chat(REQUEST)) {
            List<ChatChunk> chunks = all(stream);

            assertThat(chunks).extracting(ChatChunk::content).containsExactly("Hel", "", "lo", "");
            assertThat(chunks.subList(0, 3)).extracting(ChatChunk::last).containsOnlyNulls();
            assertThat(chunks.getLast().last())
                    .isEqualTo(new ReplyFigures(
                            "stop",
                            Duration.ofMillis(4200),
                            Duration.ofSeconds(2),
                            26L,
                            null,
                            Duration.ofSeconds(1),
                            10L,
                            Duration.ofSeconds(1)));
            assertThat(stream.isClosed()).isFalse();
        }
        assertThat(server.requests("/api/chat").getFirst().body()).isEqualTo(Wire.chat(REQUEST));
    }

    @Test
    void nothingIsSentBeforeTheFirstNext() throws Exception {
        try (ChatStream stream = client.chat(REQUEST)) {
            assertThat(stream.sentNanos()).isZero();
            assertThat(stream.connectedNanos()).isZero();
            assertThat(stream.lastReadNanos()).isZero();
        }
        assertThat(client.version()).isNotEmpty();
        assertThat(server.requests("/api/chat")).isEmpty();
    }

    @Test
    void thinkingAndToolCallsInTheFinalLineAreDelivered() throws Exception {
        server.on(
                "/api/chat",
                exchange -> exchange.ndjson(
                        thinking("hm"),
                        "{\"message\":{\"content\":\"end\",\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]},\"done\":true}"));

        List<ChatChunk> chunks = chat(client);

        assertThat(chunks.getFirst().thinking()).isEqualTo("hm");
        assertThat(chunks.getLast().content()).isEqualTo("end");
        assertThat(chunks.getLast().toolCalls()).isEqualTo(1);
        assertThat(chunks.getLast().last()).isNotNull();
    }

    @Test
    void aReplyMayBeEmpty() throws Exception {
        server.on("/api/chat", exchange -> exchange.ndjson(done("\"done_reason\":\"stop\",\"eval_count\":0")));

        assertThat(chat(client)).singleElement().satisfies(chunk -> {
            assertThat(chunk.content()).isEmpty();
            assertThat(Objects.requireNonNull(chunk.last()).evalCount()).isZero();
            assertThat(chunk.last().eval()).isNull();
        });
    }

    @Test
    void aReplyThatEndsWithoutItsFinalLineIsIncompleteButNoError() throws Exception {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("la"), chunk("la")));

        try (ChatStream stream = client.chat(REQUEST)) {
            assertThat(all(stream))
                    .extracting(ChatChunk::last)
                    .containsOnlyNulls()
                    .hasSize(2);
            assertThat(stream.next()).isNull();
            assertThat(stream.isClosed()).isFalse();
        }
    }

    @Test
    void linesMayEndInAnyOrNoWayAndBeBlank() throws Exception {
        server.on("/api/chat", exchange -> {
            exchange.stream();
            exchange.chunk((chunk("a") + "\r\n\n\r\n" + chunk("b") + "\n" + chunk("c\u2028\rd") + "\n" + done())
                    .getBytes(StandardCharsets.UTF_8));
            exchange.end();
        });

        assertThat(chat(client)).extracting(ChatChunk::content).containsExactly("a", "b", "c\u2028\rd", "");
    }

    @Test
    void charactersMayBeSplitBetweenPackets() throws Exception {
        byte[] bytes = (chunk("日本語🦙") + "\n" + done() + "\n").getBytes(StandardCharsets.UTF_8);
        server.on("/api/chat", exchange -> {
            exchange.stream();
            for (byte b : bytes) {
                exchange.chunk(new byte[] {b}).flush();
            }
            exchange.end();
        });

        assertThat(chat(client)).extracting(ChatChunk::content).containsExactly("日本語🦙", "");
    }

    @Test
    void bytesThatAreNoUtf8AreReplaced() throws Exception {
        byte[] line = (chunk("a?b") + "\n").getBytes(StandardCharsets.UTF_8);
        line[new String(line, StandardCharsets.UTF_8).indexOf("a?b") + 1] = (byte) 0xFF;
        server.on("/api/chat", exchange -> {
            exchange.stream().chunk(line);
            exchange.line(done()).end();
        });

        assertThat(chat(client)).first().extracting(ChatChunk::content).isEqualTo("a\uFFFDb");
    }

    @Test
    void aReplyThatIsCompressedAllTheSameIsRead() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write((chunk("packed") + "\n" + done() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        server.on("/api/chat", exchange -> {
            exchange.stream(Map.of("Content-Type", "application/x-ndjson", "Content-Encoding", "gzip"));
            exchange.chunk(bytes.toByteArray()).end();
        });

        assertThat(chat(client)).first().extracting(ChatChunk::content).isEqualTo("packed");
    }

    @Test
    void aWrongContentTypeIsForgivenIfTheContentIsRight() throws Exception {
        server.on("/api/chat", exchange -> {
            exchange.stream("text/plain").line(chunk("a")).line(done()).end();
        });

        assertThat(chat(client)).hasSize(2);
    }

    @Test
    void nothingIsReadAfterTheFinalLine() throws Exception {
        server.on("/api/chat", exchange -> {
            exchange.stream().line(done()).line(chunk("more")).line("garbage").end();
        });

        assertThat(chat(client)).hasSize(1);
    }

    @Test
    void aStreamWithoutEndAfterTheFinalLineEndsAllTheSame() throws Exception {
        server.on("/api/chat", exchange -> exchange.stream().line(done()).awaitClientGone());

        assertThat(chat(client)).hasSize(1);
    }

    @Test
    void aStreamWithoutEndIsReadAsLongAsItIsWanted() throws Exception {
        server.on("/api/chat", exchange -> {
            exchange.stream();
            while (true) {
                exchange.line(chunk("la"));
            }
        });

        try (ChatStream stream = client.chat(REQUEST)) {
            for (int i = 0; i < 10_000; i++) {
                assertThat(stream.next()).isNotNull();
            }
        }
    }

    // When it comes

    @Test
    void timesFollowEachOther() throws Exception {
        CountDownLatch firstRead = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("a")).await(firstRead).line(done()).end();
        });

        try (ChatStream stream = client.chat(REQUEST)) {
            long before = System.nanoTime();
            ChatChunk first = Objects.requireNonNull(stream.next());
            firstRead.countDown();
            ChatChunk last = Objects.requireNonNull(stream.next());
            assertThat(stream.next()).isNull();

            assertThat(List.of(
                            stream.sentNanos() - before,
                            stream.connectedNanos() - before,
                            first.readNanos() - before,
                            last.readNanos() - before,
                            stream.lastReadNanos() - before,
                            System.nanoTime() - before))
                    .isSorted()
                    .allMatch(nanos -> nanos > 0);
            assertThat(last.readNanos()).isGreaterThan(first.readNanos());
        }
    }

    @Test
    void linesOfOnePacketCameAtTheSameTimeHoweverSlowlyTheyAreRead() throws Exception {
        CountDownLatch firstRead = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream();
            for (String text : List.of("a", "b", "c")) {
                exchange.chunk((chunk(text) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            exchange.flush().await(firstRead).line(done()).end();
        });

        try (ChatStream stream = client.chat(REQUEST)) {
            ChatChunk a = Objects.requireNonNull(stream.next());
            long readA = System.nanoTime();
            await().until(() -> System.nanoTime() - readA > TimeUnit.MILLISECONDS.toNanos(50));
            ChatChunk b = Objects.requireNonNull(stream.next());
            ChatChunk c = Objects.requireNonNull(stream.next());
            firstRead.countDown();
            ChatChunk last = Objects.requireNonNull(stream.next());

            assertThat(b.readNanos()).isEqualTo(a.readNanos()).isEqualTo(c.readNanos());
            assertThat(last.readNanos()).isGreaterThan(readA);
        }
    }

    @Test
    void aPooledConnectionIsReadyAtOnce() throws Exception {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("a"), done()));
        chat(client);

        try (ChatStream stream = client.chat(REQUEST)) {
            all(stream);

            assertThat(stream.connectedNanos()).isGreaterThanOrEqualTo(stream.sentNanos());
        }
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void theConnectionIsKeptAlsoIfTheReaderStopsAtTheFinalChunk() throws Exception {
        server.on("/api/chat", exchange -> exchange.ndjson(done()));

        for (int i = 0; i < 3; i++) {
            try (ChatStream stream = client.chat(REQUEST)) {
                assertThat(stream.next()).isNotNull();
            }
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    // What goes wrong

    @Test
    void errorsInPlaceOfAReplyAreUnderstood() {
        server.on("/api/chat", exchange -> exchange.json(404, error("model 'tinyllama' not found")));
        assertThat(chatError(client)).isEqualTo(new ModelMissing("tinyllama", "model 'tinyllama' not found"));

        server.on("/api/chat", exchange -> exchange.json(400, error("\"tinyllama\" does not support chat")));
        assertThat(chatError(client)).isInstanceOf(DoesNotSupport.class);

        server.on(
                "/api/chat",
                exchange ->
                        exchange.json(503, error("server busy, please try again.  maximum pending requests exceeded")));
        assertThat(chatError(client)).isInstanceOf(Busy.class);

        server.on("/api/chat", exchange -> exchange.reply(404, "text/plain", "404 page not found"));
        assertThat(chatError(client)).isEqualTo(new NotOllama(404, "404 page not found"));

        server.on("/api/chat", exchange -> exchange.reply(403, Map.of(), new byte[0]));
        assertThat(chatError(client)).isEqualTo(new Refused(""));

        server.on(
                "/api/chat",
                exchange -> exchange.reply(502, "text/html", "<html><title>502 Bad Gateway</title></html>"));
        assertThat(chatError(client)).isEqualTo(new ProxyInTheWay(502, "502 Bad Gateway"));

        server.on("/api/chat", exchange -> exchange.reply(307, Map.of("Location", "/elsewhere"), new byte[0]));
        assertThat(chatError(client)).isEqualTo(new NotOllama(307, ""));
        assertThat(server.requests("/elsewhere")).isEmpty();
    }

    @Test
    void aBusyServerThatAsksForARetryDoesNotGetThePromptTwice() {
        server.on("/api/chat", exchange -> exchange.reply(503, Map.of("Retry-After", "0"), new byte[0]));
        assertThat(chatError(client)).isEqualTo(new ProxyInTheWay(503, ""));

        server.on("/api/chat", exchange -> exchange.reply(408, Map.of(), new byte[0]));
        chatError(client);

        assertThat(server.requests("/api/chat")).hasSize(2);
    }

    @Test
    void anErrorAmidTheReplyComesAfterTheChunksBeforeIt() throws Exception {
        server.on(
                "/api/chat",
                exchange -> exchange.ndjson(
                        chunk("Hel"), error("an error was encountered while running the model: unexpected EOF")));

        try (ChatStream stream = client.chat(REQUEST)) {
            assertThat(Objects.requireNonNull(stream.next()).content()).isEqualTo("Hel");
            assertThat(errorOf(stream::next)).isInstanceOf(RunnerDied.class);
            assertThat(stream.next()).isNull();
            assertThat(stream.isClosed()).isFalse();
        }
    }

    @Test
    void anErrorLineWithoutEndIsAnErrorToo() {
        server.on("/api/chat", exchange -> {
            exchange.stream()
                    .chunk(error("anything").getBytes(StandardCharsets.UTF_8))
                    .end();
        });

        assertThat(chatError(client)).isEqualTo(new OllamaError.ServerFault(200, "anything"));
    }

    @Test
    void aPageForPeopleIsNotOllama() {
        server.on(
                "/api/chat",
                exchange -> exchange.reply(
                        200, "text/html; charset=utf-8", "<html>\n<head>\n<title>Welcome</title></head></html>"));
        assertThat(chatError(client)).isEqualTo(new NotOllama(200, "Welcome"));

        server.on("/api/chat", exchange -> exchange.reply(200, "text/plain", "<html>\n<title>Welcome</title>\n"));
        assertThat(chatError(client)).isEqualTo(new NotOllama(200, "Welcome"));
    }

    @Test
    void aLineThatIsNoJsonBreaksTheProtocolAndIsNotQuoted() throws Exception {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("a"), "{\"message\":secret}", done()));

        try (ChatStream stream = client.chat(REQUEST)) {
            assertThat(stream.next()).isNotNull();
            assertThat(errorOf(stream::next)).isEqualTo(new OllamaError.Protocol(""));
        }
    }

    @Test
    void aLineOfMoreThanEightMebibytesIsRefused() {
        byte[] mebibyte = "x".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        server.on("/api/chat", exchange -> {
            exchange.stream().chunk("{\"message\":{\"content\":\"".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 9; i++) {
                exchange.chunk(mebibyte);
            }
            exchange.awaitClientGone();
        });

        assertThat(chatError(client)).isEqualTo(new OllamaError.Protocol(""));
    }

    @Test
    void aLineOfSevenMebibytesIsRead() throws Exception {
        String text = "x".repeat(7 * 1024 * 1024);
        server.on("/api/chat", exchange -> exchange.ndjson(chunk(text), done()));

        assertThat(chat(client).getFirst().content()).hasSize(text.length());
    }

    @Test
    void aConnectionThatEndsWithinALineIsLostButTheLinesBeforeAreNot() throws Exception {
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("a")).chunk("{\"mess".getBytes(StandardCharsets.UTF_8));
            exchange.halfClose();
        });

        try (ChatStream stream = client.chat(REQUEST)) {
            assertThat(stream.next()).isNotNull();
            assertThat(errorOf(stream::next)).isEqualTo(new ConnectionLost(""));
        }
    }

    @Test
    void aReplyWithoutLengthThatEndsWithinALineIsLostToo() throws Exception {
        server.on(
                "/api/chat",
                exchange -> exchange.raw("HTTP/1.0 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n" + chunk("a")
                                + "\n{\"mess")
                        .flush());

        try (ChatStream stream = client.chat(REQUEST)) {
            assertThat(stream.next()).isNotNull();
            assertThat(errorOf(stream::next)).isEqualTo(new ConnectionLost(""));
        }
    }

    @Test
    void aConnectionThatIsResetIsLost() throws Exception {
        CountDownLatch firstRead = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("a")).await(firstRead).reset();
        });

        try (ChatStream stream = client.chat(REQUEST)) {
            assertThat(stream.next()).isNotNull();
            firstRead.countDown();
            assertThat(errorOf(stream::next)).isEqualTo(new ConnectionLost(""));
        }
    }

    @Test
    void aConnectionThatIsResetBeforeTheReplyIsLostAndThePromptNotSentAgain() {
        server.on("/api/chat", ScriptedServer.Exchange::reset);

        assertThat(chatError(client)).isEqualTo(new ConnectionLost(""));
        assertThat(server.requests("/api/chat")).hasSize(1);
    }

    @Test
    void aServerThatWasRestartedGetsTheNextPrompt() throws Exception {
        int port = server.port();
        server.on("/api/chat", exchange -> exchange.ndjson(done()));
        chat(client);
        server.close();
        assertThat(chatError(client)).isEqualTo(new NotRunning(""));
        try (ScriptedServer next = ScriptedServer.startAt(port)) {
            next.on("/api/chat", exchange -> exchange.ndjson(chunk("back"), done()));

            assertThat(chat(client)).hasSize(2);
        }
    }

    @Test
    void aPromptIsNotSentOnAConnectionThatTheServerHasClosed() throws Exception {
        Semaphore closed = new Semaphore(0);
        server.on("/api/chat", exchange -> exchange.ndjson(done()));
        server.on("/api/version", exchange -> {
            exchange.json(200, "{\"version\":\"0.33.0\"}");
            exchange.halfClose();
            closed.release();
        });
        for (int i = 0; i < 20; i++) {
            assertThat(client.version()).isEqualTo("0.33.0");
            closed.acquire();

            assertThat(chat(client)).hasSize(1);
        }
        assertThat(server.requests("/api/chat")).hasSize(20);
    }

    @Test
    void patienceEndsBeforeTheHeaders() {
        server.on("/api/chat", ScriptedServer.Exchange::awaitClientGone);

        assertThat(chatError(quick)).isEqualTo(new TimedOut(Waiting.FIRST_BYTE, ""));
    }

    @Test
    void patienceEndsBetweenTwoChunks() throws Exception {
        server.on("/api/chat", exchange -> exchange.stream().line(chunk("a")).awaitClientGone());

        try (ChatStream stream = quick.chat(REQUEST)) {
            assertThat(stream.next()).isNotNull();
            assertThat(errorOf(stream::next)).isEqualTo(new TimedOut(Waiting.NEXT_CHUNK, ""));
        }
    }

    @Test
    void bytesThatTrickleInDoNotExtendPatience() {
        server.on("/api/chat", exchange -> {
            exchange.stream();
            while (true) {
                // 50 ms a byte; the latch never opens.
                exchange.chunk(new byte[] {' '}).flush();
                if (new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        });

        assertThat(chatError(quick)).isEqualTo(new TimedOut(Waiting.NEXT_CHUNK, ""));
    }

    @Test
    void theTimeAReaderTakesIsNotTheServers() throws Exception {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("a"), chunk("b"), done()));

        try (ChatStream stream = quick.chat(REQUEST)) {
            assertThat(stream.next()).isNotNull();
            long read = System.nanoTime();
            await().until(() -> System.nanoTime() - read > TimeUnit.MILLISECONDS.toNanos(400));
            assertThat(all(stream)).hasSize(2);
        }
    }

    // Closing

    @Test
    void closingAmidTheReplyEndsItAndTheConnectionAtOnce() throws Exception {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("a")).awaitClientGone();
            gone.complete(true);
        });
        ChatStream stream = client.chat(REQUEST);
        assertThat(stream.next()).isNotNull();
        CompletableFuture<Boolean> ended = inBackground(() -> stream.next() == null);

        stream.close();

        assertThat(gone).succeedsWithin(Duration.ofSeconds(5));
        assertThat(ended).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
        assertThat(stream.isClosed()).isTrue();
        assertThat(stream.next()).isNull();
    }

    @Test
    void closingWhileTheModelLoadsEndsTheRequest() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        server.on("/api/chat", exchange -> {
            asked.countDown();
            exchange.awaitClientGone();
            gone.complete(true);
        });
        ChatStream stream = client.chat(REQUEST);
        CompletableFuture<Boolean> ended = inBackground(() -> stream.next() == null);
        asked.await();

        stream.close();

        assertThat(gone).succeedsWithin(Duration.ofSeconds(5));
        assertThat(ended).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
    }

    @Test
    void closingBeforeTheFirstNextSendsNothing() throws Exception {
        ChatStream stream = client.chat(REQUEST);
        stream.close();

        assertThat(stream.next()).isNull();
        assertThat(stream.isClosed()).isTrue();
        assertThat(server.connections()).isZero();
    }

    @Test
    void closingTheClientClosesItsStreams() throws Exception {
        server.on("/api/chat", exchange -> exchange.stream().line(chunk("a")).awaitClientGone());
        ChatStream running = client.chat(REQUEST);
        ChatStream waiting = client.chat(REQUEST);
        assertThat(running.next()).isNotNull();
        CompletableFuture<Boolean> ended = inBackground(() -> running.next() == null);

        client.close();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
        assertThat(running.isClosed()).isTrue();
        assertThat(waiting.next()).isNull();
        assertThat(waiting.isClosed()).isTrue();
        assertThat(server.requests("/api/chat")).hasSize(1);
    }

    @Test
    void anInterruptOfTheReaderClosesTheStream() throws Exception {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("a"));
            // Only now: a line that is written to a client that has gone fails, and nobody would wait for its going.
            asked.countDown();
            exchange.awaitClientGone();
            gone.complete(true);
        });
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        ChatStream stream = client.chat(REQUEST);
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                stream.next();
                ended.complete(stream.next() == null && Thread.currentThread().isInterrupted());
            } catch (OllamaException | RuntimeException e) {
                ended.completeExceptionally(e);
            }
        });
        asked.await();

        reader.interrupt();

        assertThat(ended).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
        assertThat(gone).succeedsWithin(Duration.ofSeconds(5));
        assertThat(stream.isClosed()).isTrue();
    }

    private static List<ChatChunk> chat(OllamaClient client) throws OllamaException {
        try (ChatStream stream = client.chat(REQUEST)) {
            return all(stream);
        }
    }

    private static OllamaError chatError(OllamaClient client) {
        return errorOf(() -> chat(client));
    }

    private static List<ChatChunk> all(ChatStream stream) throws OllamaException {
        List<ChatChunk> chunks = new ArrayList<>();
        for (ChatChunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    private interface Question {
        boolean ask() throws IOException;
    }

    private static CompletableFuture<Boolean> inBackground(Question question) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(question.ask());
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
