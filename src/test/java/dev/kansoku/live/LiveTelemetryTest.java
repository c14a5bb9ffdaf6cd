package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.Program.LONG;
import static dev.kansoku.live.Program.awaitThat;
import static dev.kansoku.live.Program.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kansoku.chat.Turn;
import dev.kansoku.telemetry.RunningTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Turns of a real Ollama as a real Collector gets them, and as a real Prometheus shows them. */
class LiveTelemetryTest extends LiveProgramTest {

    private static final int SPANS_OF_A_WHOLE_TURN = 6;
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(15);

    @TempDir
    private Path folder;

    @AutoClose
    private LivePrometheus prometheus;

    @AutoClose
    private LiveCollector collector;

    @AutoClose
    private RunningTelemetry telemetry;

    @BeforeEach
    void tell() {
        prometheus = LivePrometheus.start();
        collector = LiveCollector.startBefore(prometheus);
        telemetry = RunningTelemetry.startAgreed(folder, collector.endpoint());
        program.tell(telemetry.control());
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

        List<JsonNode> logs = collector.logs(6);
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
                        "gen_ai.client.operation.exception",
                        "session.start");
        assertThat(logs)
                .filteredOn(log -> log.path("eventName").asText().startsWith("gen_ai."))
                .allSatisfy(log -> assertThat(spans)
                        .as("the span of an event")
                        .anyMatch(span -> span.path("spanId").equals(log.path("spanId"))
                                && span.path("traceId").equals(log.path("traceId"))));

        awaitThat(
                "all four in Prometheus",
                LONG,
                () -> prometheus.query("sum(llm_inference_requests_total)").equals(List.of(4.0)));
        assertThat(prometheus.query("llm_inference_requests_total{llm_status=\"success\"}"))
                .containsExactly(2.0);
        assertThat(prometheus.query("llm_inference_requests_total{llm_status=\"stopped\"}"))
                .containsExactly(1.0);
        assertThat(prometheus.query("gen_ai_client_operation_duration_seconds_count{error_type=\"model_missing\"}"))
                .containsExactly(1.0);
        assertThat(prometheus.query("histogram_count(llm_model_load_time_seconds{llm_load_verdict=\"cold\"})"))
                .containsExactly(1.0);
        awaitThat("exemplars", LONG, () -> prometheus.exemplars("gen_ai_client_operation_duration_seconds_bucket") > 0);
    }

    @Test
    void ofThePromptNoMoreThanTenCharactersArrive() {
        var turn = program.ask(MODEL, tokens(20), PROMPT).turn();
        collector.logs(2);
        collector.spans(SPANS_OF_A_WHOLE_TURN);
        awaitThat(
                "metrics",
                LONG,
                () -> !prometheus.query("llm_inference_requests_total").isEmpty());

        String everything = collector.everything();
        assertThat(everything).contains(PROMPT.substring(0, 10) + "********");
        assertThat(everything).doesNotContain(PROMPT.substring(0, 11));
        assertThat(everything).doesNotContain(turn.answer().toString().strip().substring(0, 11));
    }

    @Test
    void theFirstFailureOfAnInstallationIsSeenWithinFifteenSecondsAndCounts() {
        program.measured(program.send("no-such-model:7b", tokens(20), PROMPT));
        awaitThat(
                "the failure in Prometheus",
                VISIBLE_WITHIN,
                () -> prometheus
                        .query("llm_inference_requests_total{llm_status=\"error\"}")
                        .equals(List.of(1.0)));
        awaitThat(
                "its increase",
                LONG,
                () -> prometheus.query("increase(llm_inference_requests_total{llm_status=\"error\"}[5m])").stream()
                        .anyMatch(increase -> increase >= 0.9 && increase <= 1.6));
    }

    @Test
    void grpcCarriesTheSame() {
        telemetry.close();
        telemetry = RunningTelemetry.startAgreedGrpc(folder, collector.grpcEndpoint());
        program.tell(telemetry.control());
        program.ask(MODEL, tokens(5), PROMPT);
        collector.spans(SPANS_OF_A_WHOLE_TURN);
        awaitThat(
                "the turn in Prometheus",
                VISIBLE_WITHIN,
                () -> prometheus.query("sum(llm_inference_requests_total)").equals(List.of(1.0)));
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
