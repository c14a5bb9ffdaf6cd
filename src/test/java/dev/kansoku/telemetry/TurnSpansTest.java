package dev.kansoku.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Outcome;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnSpansTest {

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final TurnSpans spans = new TurnSpans(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build()
            .get(Names.SCOPE));

    private final Measured measured = new Measured()
            .connect(0.5)
            .load(LoadVerdict.COLD, 2)
            .waited(0.25)
            .prompt(26, 0.75)
            .decode(40, 4)
            .draw(0.5);

    private List<SpanData> record(Measured turn) {
        spans.record(TurnReports.of(turn));
        return exported.getFinishedSpanItems();
    }

    private SpanData span(String name) {
        return exported.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + exported.getFinishedSpanItems()));
    }

    private static Duration length(SpanData span) {
        return Duration.ofNanos(span.getEndEpochNanos() - span.getStartEpochNanos());
    }

    private Duration offset(SpanData span) {
        return Duration.ofNanos(span.getStartEpochNanos() - span(Names.TURN).getStartEpochNanos());
    }

    @Test
    void aTurnIsOneTraceWithTheServersSpansWhereItsDurationsPutThem() {
        record(measured);

        SpanData turn = span("inference_request");
        SpanData chat = span("chat granite3.2:2b");
        assertThat(exported.getFinishedSpanItems())
                .hasSize(6)
                .allMatch(span -> span.getTraceId().equals(turn.getTraceId()));
        assertThat(turn.getKind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(length(turn)).isEqualTo(Duration.ofSeconds(8));
        assertThat(chat.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(chat.getParentSpanId()).isEqualTo(turn.getSpanId());
        assertThat(length(chat)).isEqualTo(Duration.ofMillis(7_500));
        for (String server : List.of("model_load", "prompt_eval", "model_inference")) {
            assertThat(span(server).getParentSpanId()).as(server).isEqualTo(chat.getSpanId());
        }
        assertThat(offset(span("model_load"))).isEqualTo(Duration.ofMillis(500));
        assertThat(length(span("model_load"))).isEqualTo(Duration.ofSeconds(2));
        assertThat(offset(span("prompt_eval"))).isEqualTo(Duration.ofMillis(2_750));
        assertThat(offset(span("model_inference"))).isEqualTo(Duration.ofMillis(3_500));
        assertThat(span("draw").getParentSpanId()).isEqualTo(turn.getSpanId());
        assertThat(offset(span("draw"))).isEqualTo(Duration.ofMillis(7_500));
    }

    @Test
    void allThatIsKnownOfTheCallStandsAtIt() {
        record(measured);

        assertThat(span("chat granite3.2:2b").getAttributes().asMap())
                .containsEntry(Names.OPERATION, "chat")
                .containsEntry(Names.PROVIDER, "ollama")
                .containsEntry(Names.MODEL, "granite3.2:2b")
                .containsEntry(Names.VERDICT, "cold")
                .containsEntry(Names.STATUS, "success")
                .containsEntry(Names.INPUT_TOKENS, 26L)
                .containsEntry(Names.OUTPUT_TOKENS, 40L)
                .containsEntry(Names.FIRST_CHUNK, 3.5)
                .containsEntry(Names.TOKENS_PER_SECOND, 10.0)
                .containsEntry(Names.FINISH_REASONS, List.of("stop"))
                .doesNotContainKey(Names.CACHED_TOKENS)
                .doesNotContainKey(Names.ERROR_TYPE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"STOPPED", "INCOMPLETE"})
    void aTurnThatBrokeOffHasOnlyWhatTheClientSaw(Outcome outcome) {
        record(measured.brokenOff(outcome));

        assertThat(exported.getFinishedSpanItems())
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("inference_request", "chat granite3.2:2b", "draw");
        assertThat(span("inference_request").getStatus().getStatusCode())
                .isEqualTo(outcome == Outcome.STOPPED ? StatusCode.UNSET : StatusCode.ERROR);
    }

    @Test
    void noSpanLiesOutsideItsParent() {
        record(measured);
        record(measured.brokenOff(Outcome.STOPPED));

        for (SpanData span : exported.getFinishedSpanItems()) {
            for (SpanData parent : exported.getFinishedSpanItems()) {
                if (span.getParentSpanId().equals(parent.getSpanId())) {
                    assertThat(span.getStartEpochNanos()).isGreaterThanOrEqualTo(parent.getStartEpochNanos());
                    assertThat(span.getEndEpochNanos()).isLessThanOrEqualTo(parent.getEndEpochNanos());
                }
            }
        }
    }
}
