package dev.kansoku.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What gets as far as an exporter although it should not. */
class GuardTest {

    private static final String SECRET = "taro.yamada@example.co.jp wrote a long letter";

    private final Masker masker = new Masker("JP");
    private final Guard guard = new Guard(masker);
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();

    @Test
    void nothingOfASpanTellsWhatWasAsked() {
        var resource = Resource.create(Attributes.of(
                AttributeKey.stringKey("host.name"), SECRET, AttributeKey.stringKey("service.name"), "kansoku"));
        Span span = SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(SimpleSpanProcessor.create(new GuardedSpans(spans, guard)))
                .build()
                .get(SECRET)
                .spanBuilder("chat " + SECRET)
                .setAttribute("prompt", SECRET)
                .setAttribute(Names.MODEL, SECRET)
                .setAttribute(Names.FINISH_REASONS, List.of(SECRET))
                .setAttribute(Names.EXCEPTION_MESSAGE, SECRET)
                .addLink(Span.getInvalid().getSpanContext(), Attributes.of(Names.MODEL, SECRET))
                .startSpan();
        span.addEvent(SECRET, Attributes.of(Names.MODEL, SECRET));
        span.recordException(new IllegalStateException(SECRET));
        span.setStatus(StatusCode.ERROR, SECRET);
        span.end();

        assertThat(spans.getFinishedSpanItems()).singleElement().satisfies(data -> {
            assertThat(data.toString()).doesNotContain("taro", "yamada", "example");
            assertThat(data.getResource().getAttributes().asMap())
                    .containsOnlyKeys(AttributeKey.stringKey("service.name"));
            assertThat(data.getEvents()).isEmpty();
            assertThat(data.getInstrumentationScopeInfo().getName()).isEqualTo(Names.SCOPE);
            assertThat(data.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        });
    }

    @Test
    void nothingOfALogRecordTellsWhatWasAsked() {
        var logger = SdkLoggerProvider.builder()
                .addLogRecordProcessor(SimpleLogRecordProcessor.create(new GuardedLogs(logs, guard)))
                .build()
                .get(SECRET);
        logger.logRecordBuilder()
                .setEventName(Names.TURN_DETAILS)
                .setSeverity(Severity.INFO)
                .setSeverityText(SECRET)
                .setBody(SECRET)
                .setAttribute(AttributeKey.stringKey("prompt"), SECRET)
                .setAttribute(
                        Names.INPUT,
                        Value.of(List.of(Value.of(Map.of("role", Value.of("user"), "content", Value.of(SECRET))))))
                .emit();
        logger.logRecordBuilder().setBody(SECRET).emit();
        logger.logRecordBuilder().setEventName(SECRET).emit();

        assertThat(logs.getFinishedLogRecordItems()).singleElement().satisfies(data -> {
            assertThat(data.toString()).doesNotContain("taro", "yamada", "example");
            assertThat(data.getBodyValue()).isNull();
            assertThat(data.getAttributes().asMap()).containsOnlyKeys(Names.INPUT);
        });
    }

    @Test
    void whatTheMaskerMadePassesAsItIs() {
        String masked = masker.mask("Why is the sky blue, and the sea?", TextLevel.MASKED)
                .toString();
        assertThat(guard.text(masked)).isEqualTo(masked).startsWith("Why is");
        assertThat(guard.name("granite3.2:2b")).isEqualTo("granite3.2:2b");
        assertThat(guard.name("5f0c3a4e-3a74-4d5e-9f0e-0c8a2f6d1b22"))
                .isEqualTo("5f0c3a4e-3a74-4d5e-9f0e-0c8a2f6d1b22");
    }

    @Test
    void aTextThatOnlyLooksMaskedIsMasked() {
        assertThat(guard.text("A whole sentence that somebody wrote********"))
                .hasSizeLessThan("A whole sentence".length() + 8);
    }
}
