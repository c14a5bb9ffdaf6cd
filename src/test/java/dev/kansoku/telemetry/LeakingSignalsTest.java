package dev.kansoku.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.privacy.Masker;
import dev.kansoku.telemetry.delivery.Backoff;
import dev.kansoku.telemetry.delivery.Delivery;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals that quote a prompt in every place that OTLP has, through the SDK as telemetry makes it. */
class LeakingSignalsTest {

    private static final String ALLOWED = "granite3.2:2b";

    private final Leaks leaks = new Leaks();
    private final List<String> secrets = new ArrayList<>();

    @TempDir
    private Path folder;

    @AutoClose
    private final ScriptedCollector collector = ScriptedCollector.start();

    private OtelConfig config() {
        return OtelConfig.of(
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        collector.endpoint(),
                        "OTEL_RESOURCE_ATTRIBUTES",
                        "host.name=" + text("an attribute of the environment").replace(' ', '_')),
                TelemetrySettings.DEFAULTS,
                null);
    }

    /** A text of which no ten characters are like those of another, with where it is put. */
    private String text(String place) {
        String name = name(place);
        String text = "%2$s wr%1$d te %1$d a le %1$d tter".formatted(99 + secrets.size(), name);
        leaks.forbidText(text, place);
        return text;
    }

    /** The same where a name is expected, of which no more than the personal data is hidden. */
    private String name(String place) {
        int number = 100 + secrets.size();
        String core = "k7%1$dq5%1$dz3x".formatted(number);
        secrets.add(place);
        leaks.forbidCore(core, place);
        return "%2$s@m%1$d.ex%1$d.jp".formatted(number, core);
    }

    @Test
    void nothingOfThemArrivesButWhatIsKnown() {
        try (var delivery = new Delivery(folder.resolve("spool"), Backoff.DEFAULT, InstantSource.system())) {
            delivery.start();
            emit(Telemetry.sdk(config(), new Guard(new Masker("US")), own(), delivery));
            assertThat(collector.spans()).as("spans").isNotEmpty();
            assertThat(collector.events()).as("events").isNotEmpty();
            assertThat(collector.metrics()).as("metrics").isNotEmpty();
        }
        search();
        assertThat(leaks.found()).isEmpty();
    }

    @Test
    void withoutTheGuardsAllOfThemArrive() {
        Resource own = own();
        emit(AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesCustomizer(before -> config().properties())
                .addResourceCustomizer((resource, properties) -> resource.merge(own))
                .build()
                .getOpenTelemetrySdk());
        search();
        assertThat(leaks.found()).hasSize(secrets.size());
    }

    private void search() {
        leaks.search("what the Collector got", WireStrings.of(collector.bodies()));
    }

    private Resource own() {
        return Resource.create(Attributes.builder()
                .put("service.version", name("an attribute of the resource that is known"))
                .put("host.id", text("one that is not"))
                .put(text("the name of an attribute of the resource"), 1)
                .build());
    }

    private void emit(OpenTelemetrySdk sdk) {
        span(sdk);
        logs(sdk);
        metrics(sdk);
        var _ = sdk.shutdown().join(10, TimeUnit.SECONDS);
        collector.await(
                "all three",
                () -> !collector.spans().isEmpty()
                        && !collector.events().isEmpty()
                        && !collector.metrics().isEmpty());
    }

    private Attributes attributes(String where) {
        return Attributes.builder()
                .put(Names.MODEL, name(where + ", a name"))
                .put(Names.EXCEPTION_MESSAGE, text(where + ", a text"))
                .put("prompt", text(where + " prompt"))
                .put(text(where + ", its name"), true)
                .put(Names.FINISH_REASONS, List.of("stop", name(where + ", in a list")))
                .put(
                        Names.INPUT,
                        Value.of(
                                Value.of(Map.of(
                                        "content",
                                        Value.of(text(where + ", content")),
                                        "role",
                                        Value.of(name(where + ", role")),
                                        name(where + ", a key"),
                                        Value.of(1))),
                                Value.of(text(where + ", bytes").getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    private void span(OpenTelemetrySdk sdk) {
        var parent = SpanContext.createFromRemoteParent(
                "0af7651916cd43dd8448eb211c80319c",
                "b7ad6b7169203331",
                TraceFlags.getSampled(),
                TraceState.builder().put("k", text("the state of a trace")).build());
        Span span = sdk.getTracerProvider()
                .tracerBuilder(text("the name of a scope"))
                .setInstrumentationVersion(text("the version of a scope"))
                .setSchemaUrl(text("the schema of a scope"))
                .build()
                .spanBuilder(name("the name of a span"))
                .setParent(Context.root().with(Span.wrap(parent)))
                .setAllAttributes(attributes("an attribute of a span"))
                .addLink(parent, attributes("an attribute of a link"))
                .startSpan();
        span.addEvent(text("the name of an event"), attributes("an attribute of an event"));
        span.recordException(new IllegalStateException(text("an exception")));
        span.setStatus(StatusCode.ERROR, text("a status"));
        span.end();
    }

    private void logs(OpenTelemetrySdk sdk) {
        var logger = sdk.getLogsBridge()
                .loggerBuilder(text("the name of a scope of logs"))
                .setInstrumentationVersion(text("its version"))
                .build();
        logger.logRecordBuilder()
                .setEventName(Names.TURN_DETAILS)
                .setSeverity(Severity.INFO)
                .setSeverityText(text("a severity"))
                .setBody(Value.of(Map.of(text("a key of a body"), Value.of(text("a body")))))
                .setAllAttributes(attributes("an attribute of an event of ours"))
                .emit();
        logger.logRecordBuilder()
                .setEventName(text("the name of an unknown event"))
                .setBody(text("its body"))
                .emit();
        logger.logRecordBuilder().setBody(text("the body of what is no event")).emit();
    }

    private void metrics(OpenTelemetrySdk sdk) {
        var meter = sdk.getMeterProvider()
                .meterBuilder(text("the name of a scope of metrics"))
                .setInstrumentationVersion(text("the version of a scope of metrics"))
                .build();
        meter.counterBuilder(Names.REQUESTS)
                .setDescription(text("a description"))
                .build()
                .add(1, Attributes.of(Names.MODEL, ALLOWED));
        meter.counterBuilder(Names.TOKENS).build().add(1, Attributes.of(Names.MODEL, name("a label")));
        meter.counterBuilder(Names.CACHED).setUnit(text("a unit")).build().add(1);
        meter.counterBuilder("prompts")
                .build()
                .add(1, Attributes.of(Names.MODEL, text("a label of an unknown metric")));
        meter.gaugeBuilder(Names.ACTIVE)
                .build()
                .set(1, Attributes.of(AttributeKey.stringKey(text("the name of a label")), "x"));
    }
}
