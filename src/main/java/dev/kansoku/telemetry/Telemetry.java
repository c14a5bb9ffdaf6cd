package dev.kansoku.telemetry;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.measure.Sample;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import dev.kansoku.settings.Stored;
import dev.kansoku.telemetry.delivery.Delivery;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.resources.Resource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The SDK while telemetry is on: turns, samples and events come in, what passes the guards goes to a {@link Delivery}.
 * Not for a thread that somebody waits for.
 */
final class Telemetry implements AutoCloseable {

    /** Whom it asks about the program. */
    record Sources(
            UUID session,
            Resource resource,
            Supplier<ModelSnapshot> models,
            LongSupplier activeTurns,
            Supplier<TextLevel> level) {}

    /** From the SDK to our own disk. */
    private static final Duration HANDING_OVER = Duration.ofMillis(300);

    private static final int MOST_FLUSHES = 50;
    private static final Duration BETWEEN_FLUSHES = Duration.ofNanos(100_000);

    private final OpenTelemetrySdk sdk;
    private final TurnSpans spans;
    private final TurnLog log;
    private final TurnMetrics metrics;
    private final MachineMetrics machine;
    private final AppEvents events;
    private final TurnBorder border;
    private final Meter meter;

    /**
     * Begins.
     *
     * @param announced is run when the Collector knows new series by their 0, and can be told what was held back
     * @throws IllegalArgumentException if the SDK does not understand what it is told; the message says what
     */
    Telemetry(
            OtelConfig config,
            Sources sources,
            Masker masker,
            Stored<Installation> installation,
            Delivery delivery,
            Runnable announced) {
        sdk = sdk(config, new Guard(masker), sources.resource(), delivery);
        meter = sdk.getMeter(Names.SCOPE);
        var labels = new ModelLabels(
                masker,
                installation.get().totals().stream().map(total -> total.series().model()));
        spans = new TurnSpans(sdk.getTracer(Names.SCOPE));
        log = new TurnLog(sdk.getLogsBridge().get(Names.SCOPE));
        metrics = new TurnMetrics(meter, installation, labels, announced);
        machine = new MachineMetrics(meter, sources.models(), labels);
        events = new AppEvents(sdk.getLogsBridge().get(Names.SCOPE), sources.session());
        border = new TurnBorder(masker, sources.level(), this::tell);
        var _ = meter.gaugeBuilder(Names.ACTIVE)
                .ofLongs()
                .setUnit("{request}")
                .buildWithCallback(gauge -> gauge.record(sources.activeTurns().getAsLong()));
        delivery(delivery);
    }

    /** The SDK behind the second wall. */
    static OpenTelemetrySdk sdk(OtelConfig config, Guard guard, Resource own, Delivery delivery) {
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .setComponentLoader(
                            delivery.senders(ComponentLoader.forClassLoader(Telemetry.class.getClassLoader())))
                    .addPropertiesCustomizer(config::over)
                    .addResourceCustomizer((resource, properties) -> guard.resource(resource.merge(own)))
                    .addSpanExporterCustomizer((exporter, properties) -> new GuardedSpans(exporter, guard))
                    .addLogRecordExporterCustomizer((exporter, properties) -> new GuardedLogs(exporter, guard))
                    .addMetricExporterCustomizer((exporter, properties) -> new GuardedMetrics(exporter, guard))
                    .addMeterProviderCustomizer((provider, properties) -> views(provider))
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(sentence(e), e);
        }
    }

    /** What the SDK did not expect it says without the reason. */
    private static String sentence(ConfigurationException e) {
        @Nullable Throwable cause = e.getCause();
        return String.valueOf(
                cause != null && "Unexpected configuration error".equals(e.getMessage())
                        ? cause.getMessage()
                        : e.getMessage());
    }

    private static SdkMeterProviderBuilder views(SdkMeterProviderBuilder provider) {
        Names.EXPONENTIAL.forEach(name -> provider.registerView(
                InstrumentSelector.builder().setName(name).build(),
                View.builder()
                        .setAggregation(Aggregation.base2ExponentialBucketHistogram())
                        .build()));
        Names.OF_THE_SDK.forEach(name -> provider.registerView(
                InstrumentSelector.builder().setName(name).build(),
                View.builder().setAttributeFilter(Names.METRIC_ATTRIBUTES).build()));
        return provider;
    }

    /** What becomes of the messages themselves. */
    private void delivery(Delivery delivery) {
        counter(Names.MESSAGES_SENT, () -> delivery.status().sent());
        counter(Names.MESSAGES_DROPPED, () -> delivery.status().dropped());
        var _ = meter.gaugeBuilder(Names.MESSAGES_WAITING)
                .ofLongs()
                .setUnit("{message}")
                .buildWithCallback(gauge -> gauge.record(delivery.status().waiting()));
        delivery.onMetricsLeaving(metrics::leaving);
    }

    private void counter(String name, LongSupplier count) {
        var _ = meter.counterBuilder(name)
                .setUnit("{message}")
                .buildWithCallback(counter -> counter.record(count.getAsLong()));
    }

    /** Tells of a turn that has ended: its spans and events at once, its metrics with the next {@link #flushMetrics}. */
    void measured(TurnMeasurement measurement) {
        border.measured(measurement);
        flushEvents();
    }

    private void tell(TurnReport turn) {
        Context call = spans.record(turn);
        log.record(turn, call);
        metrics.record(turn, call);
    }

    void sampled(Sample sample) {
        machine.sampled(sample);
        if (sample.frameLag() != null) {
            events.pictureLate(sample.frameLag());
        }
    }

    /** The first picture of the window was there. */
    void shown(Instant at) {
        var begin = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        meter.histogramBuilder(Names.START_DURATION)
                .setUnit("s")
                .build()
                .record(Duration.between(begin, at).toMillis() / 1e3);
    }

    AppEvents events() {
        return events;
    }

    /** Hands over what the SDK still holds of spans and events, and waits: what comes in meanwhile the SDK would keep. */
    void flushEvents() {
        var handedOver = CompletableResultCode.ofAll(
                List.of(flush(sdk.getSdkTracerProvider()::forceFlush), flush(sdk.getSdkLoggerProvider()::forceFlush)));
        var _ = handedOver.join(HANDING_OVER.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** For a moment after a flush has succeeded the SDK takes the next one for the same, and does nothing. */
    private static CompletableResultCode flush(Supplier<CompletableResultCode> flushing) {
        CompletableResultCode result = flushing.get();
        for (int i = 0; i < MOST_FLUSHES && result.isDone(); i++) {
            LockSupport.parkNanos(BETWEEN_FLUSHES.toNanos());
            result = flushing.get();
        }
        return result;
    }

    /** Collects the metrics and hands them over. */
    void flushMetrics() {
        var _ = sdk.getSdkMeterProvider().forceFlush();
    }

    /** Hands over what the SDK still holds. */
    @Override
    public void close() {
        flushEvents();
        var _ = sdk.shutdown().join(HANDING_OVER.toNanos(), TimeUnit.NANOSECONDS);
    }
}
