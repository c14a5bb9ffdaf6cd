package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.Program.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kansoku.chat.Turn;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import dev.kansoku.telemetry.Telemetry;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Turns of a real Ollama as a real Collector gets them. */
class LiveTelemetryTest extends LiveProgramTest {

    private static final int SPANS_OF_A_WHOLE_TURN = 6;

    @AutoClose
    private LiveCollector collector;

    @AutoClose
    private Telemetry telemetry;

    @BeforeEach
    void tell() {
        collector = LiveCollector.start();
        telemetry = Telemetry.start(
                Map.of("otel.exporter.otlp.endpoint", collector.endpoint()), new Masker("JP"), () -> TextLevel.MASKED);
        program.recorder().onMeasured(telemetry::measured);
    }

    @Test
    void everyEndingOfATurnArrivesWithItsSpansAndEvents() {
        var cold = program.ask(MODEL, tokens(20), PROMPT);
        var warm = program.ask(MODEL, tokens(20), PROMPT);
        Turn stopped = program.send(MODEL, tokens(1000), PROMPT);
        program.awaitText(stopped);
        program.chat().stop(stopped);
        program.measured(stopped);
        Turn failed = program.send("no-such-model:7b", tokens(20), PROMPT);
        program.measured(failed);

        List<JsonNode> logs = collector.logs(5);
        List<JsonNode> spans = collector.spans(2 * SPANS_OF_A_WHOLE_TURN + 2 * 3);

        Map<String, List<String>> byTurn = spans.stream()
                .collect(Collectors.groupingBy(
                        span -> attribute(span, "llm.request.id"),
                        Collectors.mapping(span -> span.path("name").asText(), Collectors.toList())));
        assertThat(byTurn.get(cold.turn().requestId().toString()))
                .containsExactlyInAnyOrder(
                        "inference_request",
                        "chat tinyllama:latest",
                        "model_load",
                        "prompt_eval",
                        "model_inference",
                        "draw");
        assertThat(byTurn.get(warm.turn().requestId().toString())).hasSize(SPANS_OF_A_WHOLE_TURN);
        assertThat(byTurn.get(stopped.requestId().toString()))
                .containsExactlyInAnyOrder("inference_request", "chat tinyllama:latest", "draw");
        assertThat(byTurn.get(failed.requestId().toString()))
                .containsExactlyInAnyOrder("inference_request", "chat no-such-model:7b", "draw");
        assertThat(verdict(spans, cold.turn())).isEqualTo("cold");
        assertThat(verdict(spans, warm.turn())).isEqualTo("warm");

        assertThat(logs.stream().map(log -> log.path("eventName").asText()).sorted())
                .containsExactly(
                        "gen_ai.client.inference.operation.details",
                        "gen_ai.client.inference.operation.details",
                        "gen_ai.client.inference.operation.details",
                        "gen_ai.client.inference.operation.details",
                        "gen_ai.client.operation.exception");
        assertThat(logs)
                .allSatisfy(log -> assertThat(spans)
                        .as("the span of an event")
                        .anyMatch(span -> span.path("spanId").equals(log.path("spanId"))
                                && span.path("traceId").equals(log.path("traceId"))));
    }

    @Test
    void ofThePromptNoMoreThanTenCharactersArrive() {
        var turn = program.ask(MODEL, tokens(20), PROMPT).turn();
        collector.logs(1);
        collector.spans(SPANS_OF_A_WHOLE_TURN);

        String everything = collector.everything();
        assertThat(everything).contains(PROMPT.substring(0, 10) + "********");
        assertThat(everything).doesNotContain(PROMPT.substring(0, 11));
        assertThat(everything).doesNotContain(turn.answer().toString().strip().substring(0, 11));
    }

    private static String verdict(List<JsonNode> spans, Turn turn) {
        return spans.stream()
                .filter(span -> attribute(span, "llm.request.id")
                        .equals(turn.requestId().toString()))
                .map(span -> attribute(span, "llm.load.verdict"))
                .findFirst()
                .orElseThrow();
    }

    private static String attribute(JsonNode record, String key) {
        return StreamSupport.stream(record.path("attributes").spliterator(), false)
                .filter(attribute -> attribute.path("key").asText().equals(key))
                .map(attribute -> attribute.path("value").path("stringValue").asText())
                .findFirst()
                .orElse("");
    }
}
