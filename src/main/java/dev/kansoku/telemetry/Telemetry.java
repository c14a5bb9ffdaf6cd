package dev.kansoku.telemetry;

import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells a Collector of turns that have ended. It is set up by the properties and environment variables of OpenTelemetry's
 * Java SDK ({@code OTEL_…}); what the program chooses itself stands behind them. Whoever makes one has been allowed to.
 */
public final class Telemetry implements AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    /** Turns that wait to be masked. */
    private static final int MOST_WAITING = 64;

    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "kansoku",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.exporter.otlp.compression", "gzip",
            "otel.metrics.exporter", "none",
            "otel.propagators", "none",
            "otel.bsp.schedule.delay", "1000");

    private final OpenTelemetrySdk sdk;
    private final TurnSpans spans;
    private final TurnLog log;
    private final TurnBorder border;

    /** One thread, so that turns are told in their order; what is too much is dropped. */
    private final ExecutorService masking = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("telemetry").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    private Telemetry(OpenTelemetrySdk sdk, Masker masker, Supplier<TextLevel> level) {
        this.sdk = sdk;
        spans = new TurnSpans(sdk.getTracer(Names.SCOPE));
        log = new TurnLog(sdk.getLogsBridge().get(Names.SCOPE));
        border = new TurnBorder(masker, level, this::tell);
    }

    /**
     * Begins.
     *
     * @param settings properties of the SDK by their names; what they say goes before its environment variables
     * @param level how much of texts is told
     * @throws IllegalArgumentException if the SDK does not understand its properties or variables; the message says which
     */
    public static Telemetry start(Map<String, String> settings, Masker masker, Supplier<TextLevel> level) {
        var guard = new Guard(masker);
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> DEFAULTS)
                    .addPropertiesCustomizer(config -> settings)
                    .addResourceCustomizer((resource, config) -> guard.resource(resource))
                    .addSpanExporterCustomizer((exporter, config) -> new GuardedSpans(exporter, guard))
                    .addLogRecordExporterCustomizer((exporter, config) -> new GuardedLogs(exporter, guard))
                    .build()
                    .getOpenTelemetrySdk();
            return new Telemetry(sdk, masker, level);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Returns at once. */
    public void measured(TurnMeasurement measurement) {
        masking.execute(() -> border.measured(measurement));
    }

    private void tell(TurnReport turn) {
        Context call = spans.record(turn);
        log.record(turn, call);
    }

    /** Sends what is still here, for at most 2 s. */
    @Override
    public void close() {
        masking.shutdown();
        long begin = System.nanoTime();
        try {
            if (!masking.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                masking.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long left = LONGEST_CLOSE.toNanos() - (System.nanoTime() - begin);
        var _ = sdk.shutdown().join(Math.max(0, left), TimeUnit.NANOSECONDS);
    }
}
