package dev.kansoku.ollama;

import static dev.kansoku.ollama.Errors.errorOf;
import static dev.kansoku.ollama.ScriptedServer.digest;
import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kansoku.ollama.OllamaError.ConnectionLost;
import dev.kansoku.ollama.OllamaError.HostUnknown;
import dev.kansoku.ollama.OllamaError.ModelMissing;
import dev.kansoku.ollama.OllamaError.NotOllama;
import dev.kansoku.ollama.OllamaError.NotRunning;
import dev.kansoku.ollama.OllamaError.OutOfMemory;
import dev.kansoku.ollama.OllamaError.ProxyInTheWay;
import dev.kansoku.ollama.OllamaError.Refused;
import dev.kansoku.ollama.OllamaError.TimedOut;
import dev.kansoku.ollama.OllamaError.TimedOut.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OllamaClientTest {

    private static final Timeouts QUICK =
            new Timeouts(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300));

    private final ScriptedServer server = ScriptedServer.start();
    private final OllamaClient client = new OllamaClient(server.address(), Timeouts.DEFAULT);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void versionIsWhatTheServerSays() throws Exception {
        assertThat(client.version()).isEqualTo("0.0.0");
    }

    @Test
    void tagsListTheModelsInTheServersOrder() throws Exception {
        assertThat(client.tags())
                .containsExactly(
                        new InstalledModel(
                                "tinyllama:latest",
                                digest("tinyllama:latest"),
                                637_700_138,
                                Instant.parse("2026-11-20T08:30:00.5Z"),
                                "1.1B",
                                "Q4_0",
                                null),
                        new InstalledModel(
                                "granite3.2:2b",
                                digest("granite3.2:2b"),
                                637_700_138,
                                Instant.parse("2026-11-20T08:30:00.5Z"),
                                "1.1B",
                                "Q4_0",
                                null));
    }

    @Test
    void psMayChangeBetweenTwoCalls() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        server.on(
                "/api/ps",
                exchange -> exchange.json(200, calls.incrementAndGet() == 1 ? running() : running("tinyllama:latest")));

        assertThat(client.ps()).isEmpty();
        assertThat(client.ps()).extracting(RunningModel::name).containsExactly("tinyllama:latest");
    }

    @Test
    void psGivesUpWhenItsBudgetIsSpent() {
        server.on("/api/ps", ScriptedServer.Exchange::awaitClientGone);

        assertThat(errorOf(() -> client.ps(Duration.ofMillis(50)))).isEqualTo(new TimedOut(Waiting.FIRST_BYTE, ""));
    }

    @Test
    void psGivesUpWhenItsBudgetIsSpentWithinTheBody() {
        server.on("/api/ps", exchange -> {
            exchange.stream("application/json").chunk("{\"models\":".getBytes(StandardCharsets.UTF_8));
            exchange.awaitClientGone();
        });

        assertThat(errorOf(() -> client.ps(Duration.ofMillis(150)))).isEqualTo(new TimedOut(Waiting.NEXT_CHUNK, ""));
    }

    @Test
    void showReadsWhatAModelIs() throws Exception {
        server.on("/api/show", exchange -> exchange.json(200, "{\"capabilities\":[\"completion\"]}"));

        assertThat(client.show("tinyllama").capabilities()).containsExactly("completion");
        assertThat(server.requests("/api/show").getFirst().body()).isEqualTo("{\"model\":\"tinyllama\"}");
    }

    @Test
    void preloadAndUnloadAreGenerateWithoutAPrompt() throws Exception {
        server.on(
                "/api/generate",
                exchange -> exchange.json(
                        200,
                        "{\"model\":\"m\",\"created_at\":\"2026-11-22T10:00:00Z\",\"response\":\"\","
                                + "\"done\":true,\"done_reason\":\"load\"}"));

        client.preload("m", ModelOptions.DEFAULTS, null);
        client.preload(
                "m",
                new ModelOptions(2048, null, null, null, null, null, null, null, null, null, null),
                Duration.ofSeconds(-1));
        client.unload("m");

        assertThat(server.requests("/api/generate"))
                .extracting(ScriptedServer.Request::body)
                .containsExactly(
                        "{\"model\":\"m\",\"stream\":false}",
                        "{\"model\":\"m\",\"stream\":false,\"options\":{\"num_ctx\":2048},\"keep_alive\":-1}",
                        "{\"model\":\"m\",\"stream\":false,\"keep_alive\":0}");
    }

    @Test
    void preloadFailsAsTheServerSays() {
        server.on(
                "/api/generate",
                exchange -> exchange.json(
                        500, error("model requires more system memory (5.6 GiB) than is available (3.1 GiB)")));

        assertThat(errorOf(() -> client.preload("m", ModelOptions.DEFAULTS, null)))
                .isInstanceOf(OutOfMemory.class);
    }

    @Test
    void preloadWaitsForTheModelNoLongerThanForAFirstByte() {
        server.on("/api/generate", ScriptedServer.Exchange::awaitClientGone);
        try (OllamaClient quick = new OllamaClient(server.address(), QUICK)) {
            assertThat(errorOf(() -> quick.preload("m", ModelOptions.DEFAULTS, null)))
                    .isEqualTo(new TimedOut(Waiting.FIRST_BYTE, ""));
        }
    }

    @Test
    void copyAndDeleteSucceedWithoutABody() throws Exception {
        server.on("/api/copy", exchange -> exchange.reply(200, Map.of(), new byte[0]));
        server.on("/api/delete", exchange -> exchange.reply(200, Map.of(), new byte[0]));

        client.copy("a", "b");
        client.delete("b");

        assertThat(server.requests("/api/copy").getFirst().body())
                .isEqualTo("{\"source\":\"a\",\"destination\":\"b\"}");
        assertThat(server.requests("/api/delete").getFirst().method()).isEqualTo("DELETE");
        assertThat(server.requests("/api/delete").getFirst().body()).isEqualTo("{\"model\":\"b\"}");
    }

    @Test
    void whatIsNotThereCannotBeCopiedOrDeleted() {
        server.on("/api/copy", exchange -> exchange.json(404, error("model \"a\" not found")));
        server.on("/api/delete", exchange -> exchange.json(404, error("model 'a' not found")));

        assertThat(errorOf(() -> client.copy("a", "b"))).isEqualTo(new ModelMissing("a", "model \"a\" not found"));
        assertThat(errorOf(() -> client.delete("a"))).isEqualTo(new ModelMissing("a", "model 'a' not found"));
    }

    @Test
    void requestsAreModestAndUncompressed() throws Exception {
        client.tags();

        assertThat(server.requests("/api/tags").getFirst().headers())
                .containsEntry("Accept-Encoding", "identity")
                .containsEntry("Host", "127.0.0.1:" + server.port())
                .doesNotContainKeys("Origin", "Upgrade", "Authorization", "Cookie");
    }

    @Test
    void oneConnectionServesManyCalls() throws Exception {
        for (int i = 0; i < 5; i++) {
            client.tags();
            client.ps();
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void redirectsAreNotFollowed() {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            server.on("/api/tags", exchange -> exchange.reply(status, Map.of("Location", "/elsewhere"), new byte[0]));

            assertThat(errorOf(client::tags)).isEqualTo(new NotOllama(status, ""));
        }
        assertThat(server.requests("/elsewhere")).isEmpty();
    }

    @Test
    void somethingElseAtTheAddressIsRecognised() {
        server.on(
                "/api/tags",
                exchange ->
                        exchange.reply(200, "text/html", "<html>\n<head><title>Router login</title></head></html>"));
        assertThat(errorOf(client::tags)).isEqualTo(new NotOllama(200, "Router login"));

        server.on("/api/tags", exchange -> exchange.reply(200, "text/plain", "hello"));
        assertThat(errorOf(client::tags)).isEqualTo(new NotOllama(200, "hello"));

        server.on("/api/tags", exchange -> exchange.json(200, "{\"data\":[]}"));
        assertThat(errorOf(client::tags)).isEqualTo(new NotOllama(200, ""));

        server.on("/api/version", exchange -> exchange.reply(404, "text/plain", "404 page not found"));
        assertThat(errorOf(client::version)).isEqualTo(new NotOllama(404, "404 page not found"));

        server.on(
                "/api/version",
                exchange -> exchange.raw("SSH-2.0-OpenSSH_9.2p1\r\n").flush());
        assertThat(errorOf(client::version)).isEqualTo(new NotOllama(0, ""));
    }

    @Test
    void jsonThatIsBrokenIsAFaultOfTheProtocol() {
        server.on("/api/tags", exchange -> exchange.json(200, "{\"models\":[secret"));

        assertThat(errorOf(client::tags)).isEqualTo(new OllamaError.Protocol(""));
    }

    @Test
    void aBodyWithoutEndIsCutOff() {
        byte[] padding = " ".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        server.on("/api/tags", exchange -> {
            exchange.stream("application/json");
            for (int i = 0; i < 80; i++) {
                exchange.chunk(padding);
            }
            exchange.flush();
        });

        assertThat(errorOf(client::tags)).isEqualTo(new OllamaError.Protocol(""));
    }

    @Test
    void anErrorPageWithoutEndDoesNotKeepTheCaller() {
        server.on("/api/tags", exchange -> {
            exchange.raw("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n")
                    .raw("<title>Bad Gateway</title>")
                    .raw(" ".repeat(100_000))
                    .awaitClientGone();
        });

        assertThat(errorOf(client::tags)).isEqualTo(new ProxyInTheWay(502, "Bad Gateway"));
    }

    @Test
    void aHostNameThatOllamaDoesNotLikeIsRefused() {
        server.on("/api/tags", exchange -> exchange.reply(403, Map.of(), new byte[0]));

        assertThat(errorOf(client::tags)).isEqualTo(new Refused(""));
    }

    @Test
    void nobodyListeningOnThisMachineMeansNotRunning() {
        server.close();

        assertThat(errorOf(client::version)).isEqualTo(new NotRunning(""));
    }

    @Test
    void localhostIsThisMachineInWhicheverFamilyTheServerListens() throws Exception {
        OllamaAddress localhost = OllamaAddress.parse("localhost:" + server.port());
        try (OllamaClient named = new OllamaClient(localhost, Timeouts.DEFAULT)) {
            assertThat(named.version()).isEqualTo("0.0.0");
            server.close();
            assertThat(errorOf(named::version)).isEqualTo(new NotRunning(""));
        }
    }

    @Test
    void aServerWithoutTlsBreaksTheProtocolOfHttps() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            OllamaAddress https = OllamaAddress.parse("https://127.0.0.1:" + plain.getLocalPort());
            try (OllamaClient secure = new OllamaClient(https, QUICK)) {
                assertThat(errorOf(secure::version)).isInstanceOf(OllamaError.Protocol.class);
            }
        }
    }

    @Test
    void aHostThatDoesNotExistIsUnknown() {
        try (OllamaClient lost = new OllamaClient(OllamaAddress.parse("no-such-host.invalid"), QUICK)) {
            assertThat(errorOf(lost::version)).isEqualTo(new HostUnknown(""));
        }
    }

    @Test
    void aHostThatDoesNotAcceptTimesOut() throws Exception {
        List<Socket> fillers = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(deaf, fillers);
            OllamaAddress address = OllamaAddress.parse("127.0.0.1:" + deaf.getLocalPort());
            try (OllamaClient quick = new OllamaClient(address, QUICK)) {
                assertThat(errorOf(quick::version)).isEqualTo(new TimedOut(Waiting.CONNECTION, ""));
            }
        } finally {
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    /** Until the system puts no more connections into the queue of a socket that accepts none. */
    private static void fill(ServerSocket deaf, List<Socket> fillers) throws IOException {
        while (fillers.size() < 50) {
            Socket filler = new Socket();
            fillers.add(filler);
            try {
                filler.connect(deaf.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new AssertionError("the queue has no end");
    }

    @Test
    void aServerThatWasRestartedIsFoundAgain() throws Exception {
        int port = server.port();
        client.tags();
        server.close();
        try (ScriptedServer next = ScriptedServer.startAt(port)) {
            next.on("/api/show", exchange -> exchange.json(200, "{}"));

            assertThat(client.tags()).hasSize(2);
            assertThat(client.show("m").blob()).isNull();
        }
    }

    @Test
    void aRequestWithABodyIsNotSentASecondTime() {
        server.on("/api/copy", exchange -> exchange.reset());

        assertThat(errorOf(() -> client.copy("a", "b"))).isEqualTo(new ConnectionLost(""));
        assertThat(server.requests("/api/copy")).hasSize(1);
    }

    @Test
    void thisMachineIsNotAskedThroughAProxy() throws Exception {
        ProxySelector before = ProxySelector.getDefault();
        try (ScriptedServer proxy = ScriptedServer.start()) {
            ProxySelector.setDefault(new OneProxy(proxy.port()));
            try (OllamaClient local = new OllamaClient(server.address(), Timeouts.DEFAULT);
                    OllamaClient remote = new OllamaClient(OllamaAddress.parse("no-such-host.invalid"), QUICK)) {
                assertThat(local.version()).isEqualTo("0.0.0");
                assertThat(proxy.connections()).isZero();

                assertThat(errorOf(remote::version)).as("others are").isInstanceOf(NotOllama.class);
                assertThat(proxy.requests().getFirst().path())
                        .isEqualTo("http://no-such-host.invalid:11434/api/version");
            }
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void closingEndsWhatRunsAndWhatComesLater() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        server.on("/api/ps", exchange -> {
            asked.countDown();
            exchange.awaitClientGone();
            gone.complete(true);
        });
        CompletableFuture<OllamaError> error = CompletableFuture.supplyAsync(() -> errorOf(client::ps));
        asked.await();

        client.close();

        assertThat(error).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(new ConnectionLost(""));
        await().until(gone::isDone);
        assertThat(errorOf(client::tags)).isEqualTo(new ConnectionLost(""));
        assertThat(server.requests("/api/tags")).isEmpty();
    }

    private static final class OneProxy extends ProxySelector {

        private final int port;

        OneProxy(int port) {
            this.port = port;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {}
    }
}
