package dev.kansoku.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The plainest client there is: {@code curl -N}, writing into a file. */
final class Curl {

    private final String address;
    private final Path body;
    private final Path reply;
    private final JsonMapper json = new JsonMapper();

    /** @param address host and port of an Ollama */
    Curl(String address, Path folder) {
        if (!Commands.has("curl")) {
            throw new Bench.Missing("curl is missing: install it, on Debian and Ubuntu with \"apt install curl\".");
        }
        this.address = address;
        body = folder.resolve("curl-body.json");
        reply = folder.resolve("curl-reply.ndjson");
    }

    /** A reply of {@code /api/chat}. */
    Sample chat(String request) {
        String seconds = post("/api/chat", request, "%{time_total}");
        try {
            List<JsonNode> lines =
                    Files.readAllLines(reply).stream().map(this::object).toList();
            JsonNode last = lines.getLast();
            if (!last.path("done").asBoolean()) {
                throw new IllegalStateException("curl was answered: " + last);
            }
            return new Sample(
                    1e9 * Double.parseDouble(seconds),
                    last.path("total_duration").asLong(),
                    last.path("eval_count").asLong(),
                    lines.stream()
                            .map(line -> line.path("message").path("content").asText())
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what {@code -w} makes of the figures of the transfer. */
    String post(String path, String request, String figures) {
        try {
            Files.writeString(body, request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Commands.run(List.of(
                "curl",
                "-N",
                "-sS",
                "--fail-with-body",
                "-o",
                reply.toString(),
                "-w",
                figures,
                "-H",
                "Content-Type: application/json",
                "--data-binary",
                "@" + body,
                "http://" + address + path));
    }

    private JsonNode object(String line) {
        try {
            return json.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
