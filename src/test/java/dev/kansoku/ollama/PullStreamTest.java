package dev.kansoku.ollama;

import static dev.kansoku.ollama.Errors.errorOf;
import static dev.kansoku.ollama.ScriptedServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.OllamaError.ModelMissing;
import dev.kansoku.ollama.OllamaError.ServerFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PullStreamTest {

    private final ScriptedServer server = ScriptedServer.start();
    private final OllamaClient client = new OllamaClient(server.address(), Timeouts.DEFAULT);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void progressIsToldLayerByLayerAlsoOfAPullThatResumes() throws Exception {
        server.on(
                "/api/pull",
                exchange -> exchange.ndjson(
                        "{\"status\":\"pulling manifest\"}",
                        "{\"status\":\"pulling 2af3b81862c6\",\"digest\":\"sha256:2af3\",\"total\":637699456}",
                        "{\"status\":\"pulling 2af3b81862c6\",\"digest\":\"sha256:2af3\",\"total\":637699456,"
                                + "\"completed\":300000000}",
                        "{\"status\":\"pulling af0ddbdaaa26\",\"digest\":\"sha256:af0d\",\"total\":70,\"completed\":70}",
                        "{\"status\":\"verifying sha256 digest\"}",
                        "{\"status\":\"success\"}"));

        try (PullStream pull = client.pull("tinyllama")) {
            assertThat(server.requests("/api/pull")).as("nothing before next()").isEmpty();
            assertThat(all(pull))
                    .containsExactly(
                            new PullProgress("pulling manifest", null, 0, 0),
                            new PullProgress("pulling 2af3b81862c6", "sha256:2af3", 637_699_456, 0),
                            new PullProgress("pulling 2af3b81862c6", "sha256:2af3", 637_699_456, 300_000_000),
                            new PullProgress("pulling af0ddbdaaa26", "sha256:af0d", 70, 70),
                            new PullProgress("verifying sha256 digest", null, 0, 0),
                            new PullProgress("success", null, 0, 0));
            assertThat(pull.isClosed()).isFalse();
        }
        assertThat(server.requests("/api/pull").getFirst().body()).isEqualTo("{\"model\":\"tinyllama\"}");
    }

    @Test
    void anErrorAfterTheFirstLinesIsThrown() throws Exception {
        server.on(
                "/api/pull",
                exchange -> exchange.ndjson(
                        "{\"status\":\"pulling manifest\"}", error("pull model manifest: file does not exist")));

        try (PullStream pull = client.pull("nosuch")) {
            assertThat(pull.next()).isNotNull();
            assertThat(errorOf(pull::next))
                    .isEqualTo(new ModelMissing("nosuch", "pull model manifest: file does not exist"));
            assertThat(pull.next()).isNull();
        }
    }

    @Test
    void aFullDiskIsAFaultOfTheServer() {
        server.on("/api/pull", exchange -> exchange.ndjson(error("write /root/x: no space left on device")));

        try (PullStream pull = client.pull("m")) {
            assertThat(errorOf(pull::next)).isEqualTo(new ServerFault(200, "write /root/x: no space left on device"));
        }
    }

    @Test
    void closingClosesTheConnection() throws Exception {
        CompletableFuture<Boolean> gone = new CompletableFuture<>();
        server.on("/api/pull", exchange -> {
            exchange.stream().line("{\"status\":\"pulling manifest\"}").awaitClientGone();
            gone.complete(true);
        });

        PullStream pull = client.pull("m");
        assertThat(pull.next()).isNotNull();
        pull.close();

        assertThat(gone).succeedsWithin(Duration.ofSeconds(5));
        assertThat(pull.next()).isNull();
        assertThat(pull.isClosed()).isTrue();
    }

    private static List<PullProgress> all(PullStream pull) throws OllamaException {
        List<PullProgress> progress = new ArrayList<>();
        for (PullProgress next = pull.next(); next != null; next = pull.next()) {
            progress.add(next);
        }
        return progress;
    }
}
