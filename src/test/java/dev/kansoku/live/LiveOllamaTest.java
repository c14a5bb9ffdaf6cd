package dev.kansoku.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("live")
class LiveOllamaTest {
    @AutoClose
    private final HttpClient http = HttpClient.newHttpClient();

    @AutoClose
    private LiveOllama ollama;

    @BeforeEach
    void start() {
        ollama = LiveOllama.start();
    }

    @Test
    void listsBothModels() throws Exception {
        assertThat(get("/api/tags"))
                .contains("\"name\":\"" + LiveOllama.MODEL + "\"")
                .contains("\"name\":\"" + LiveOllama.OTHER_MODEL + "\"");
        assertThat(ollama.runners()).isEmpty();
    }

    @Test
    void eachModelHasItsOwnRunner() throws Exception {
        generate(LiveOllama.MODEL);

        assertThat(ollama.runners()).hasSize(1);
        assertThat(LiveOllama.cpuSeconds(ollama.runners().getFirst())).isPositive();

        generate(LiveOllama.OTHER_MODEL);

        assertThat(ollama.runners()).hasSize(2);
        assertThat(get("/api/ps")).contains(LiveOllama.MODEL, LiveOllama.OTHER_MODEL);
    }

    @Test
    void diesWithItsRunnersAndComesBack() throws Exception {
        generate(LiveOllama.MODEL);
        var runner = ollama.runners().getFirst();

        ollama.kill();

        assertThatThrownBy(() -> get("/api/version")).isInstanceOf(ConnectException.class);
        assertThat(runner.isAlive()).isFalse();

        ollama.restart();

        assertThat(generate(LiveOllama.MODEL)).contains("\"done\":true");
        assertThat(ollama.runners()).hasSize(1).doesNotContain(runner);
    }

    private String generate(String model) throws IOException, InterruptedException {
        var body = """
                {"model": "%s", "prompt": "Say hello.", "stream": false, "options": {"num_predict": 4, "num_thread": 1}}
                """.formatted(model);
        return send(HttpRequest.newBuilder(uri("/api/generate")).POST(BodyPublishers.ofString(body)));
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private URI uri(String path) {
        return URI.create("http://" + ollama.address() + path);
    }
}
