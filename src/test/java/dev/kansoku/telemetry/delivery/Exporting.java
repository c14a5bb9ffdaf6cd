package dev.kansoku.telemetry.delivery;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The real SDK, which hands its messages to a delivery, each when it is told to. */
final class Exporting implements AutoCloseable {

    private final OpenTelemetrySdk sdk;

    private Exporting(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    static Exporting to(String endpoint, Delivery delivery) {
        return to(endpoint, delivery, Map.of());
    }

    static Exporting to(String endpoint, Delivery delivery, Map<String, String> properties) {
        return through(
                delivery.senders(ComponentLoader.forClassLoader(Exporting.class.getClassLoader())),
                endpoint,
                properties);
    }

    static Exporting through(ComponentLoader loader, String endpoint, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of(
                "otel.service.name", "kansoku-test",
                "otel.exporter.otlp.endpoint", endpoint,
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.exporter.otlp.compression", "gzip",
                "otel.exporter.otlp.timeout", "5000",
                "otel.metric.export.interval", "3600000"));
        all.putAll(properties);
        var spans = new AtomicReference<SpanExporter>();
        var logs = new AtomicReference<LogRecordExporter>();
        return new Exporting(AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .setComponentLoader(loader)
                .addPropertiesSupplier(() -> all)
                .addSpanExporterCustomizer((exporter, _) -> {
                    spans.set(exporter);
                    return exporter;
                })
                .addLogRecordExporterCustomizer((exporter, _) -> {
                    logs.set(exporter);
                    return exporter;
                })
                // Two calls of the batching ones' forceFlush() in a row may be one.
                .addSpanProcessorCustomizer((_, _) -> SimpleSpanProcessor.create(spans.get()))
                .addLogRecordProcessorCustomizer((_, _) -> SimpleLogRecordProcessor.create(logs.get()))
                .build()
                .getOpenTelemetrySdk());
    }

    /** One message for each name. */
    Exporting spans(String... names) {
        for (String name : names) {
            sdk.getTracer("test").spanBuilder(name).startSpan().end();
        }
        return this;
    }

    /** One message. */
    Exporting log(String body) {
        sdk.getLogsBridge().get("test").logRecordBuilder().setBody(body).emit();
        return this;
    }

    /** One message, in which the counter "turns" is higher by this than in the one before. */
    Exporting metrics(long more) {
        sdk.getMeter("test").counterBuilder("turns").build().add(more);
        var _ = sdk.getSdkMeterProvider().forceFlush().join(10, TimeUnit.SECONDS);
        return this;
    }

    OpenTelemetrySdk sdk() {
        return sdk;
    }

    @Override
    public void close() {
        sdk.close();
    }
}
