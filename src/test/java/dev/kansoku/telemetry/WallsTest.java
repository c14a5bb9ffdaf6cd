package dev.kansoku.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.live.Program;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import dev.kansoku.privacy.Unmasked;
import dev.kansoku.telemetry.PlantedTurn.Place;
import dev.kansoku.telemetry.delivery.Backoff;
import dev.kansoku.telemetry.delivery.Delivery;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each of the two walls holds what {@link TurnCanaryTest} plants without the other, and without both of them it is read: so the
 * search finds what there is. {@code -Dcanary.seed} repeats a run.
 */
class WallsTest {

    private static final long SEED = Long.getLong("canary.seed", new Random().nextInt(1_000_000));
    private static final List<PlantedTurn> TURNS = PlantedTurn.all(SEED);

    private static List<TurnMeasurement> measurements = List.of();

    private final Masker masker = new Masker("US");
    private final Leaks leaks = new Leaks();

    @TempDir
    private Path folder;

    @AutoClose
    private final ScriptedCollector collector = ScriptedCollector.start();

    private @Nullable Delivery delivery;
    private OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().build();

    @BeforeAll
    static void measure() {
        try (var ollama = PlantedServer.start(TURNS);
                var program = Program.at(ollama.address().display())) {
            measurements = PlantedRun.through(program, TURNS);
        }
    }

    private void guarded() {
        delivery = new Delivery(folder.resolve("spool"), Backoff.DEFAULT, InstantSource.system());
        delivery.start();
        sdk = Telemetry.sdk(config(), new Guard(masker), Resource.empty(), delivery);
    }

    private void unguarded() {
        sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesCustomizer(before -> config().properties())
                .build()
                .getOpenTelemetrySdk();
    }

    private OtelConfig config() {
        return OtelConfig.of(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()), TelemetrySettings.DEFAULTS, null);
    }

    @AfterEach
    void close() {
        sdk.close();
        if (delivery != null) {
            delivery.close();
        }
    }

    @Test
    void theGuardsHoldWhatTheBorderLetsPass() {
        guarded();
        tell(WallsTest::unmasked);
        assertThat(leaks.found()).as("read; seed %d", SEED).isEmpty();
    }

    @Test
    void theBorderHoldsWhatTheGuardsLetPass() {
        unguarded();
        tell(measurement -> TurnReports.of(measurement, TextLevel.MASKED));
        assertThat(leaks.found()).as("read; seed %d", SEED).isEmpty();
    }

    @Test
    void withoutBothOfThemEveryPlaceIsRead() {
        unguarded();
        tell(WallsTest::unmasked);
        for (Place place : Place.values()) {
            // Telemetry is not told of what somebody thought, or of exceptions.
            if (place != Place.THINKING && place != Place.EXCEPTION) {
                assertThat(leaks.found()).as("seed %d", SEED).anyMatch(leak -> leak.contains(place.name()));
            }
        }
    }

    @Test
    void aLogThatPrintsMessagesIsRead() {
        var log = new StringWriter();
        TURNS.forEach(turn -> new IllegalStateException(turn.secret()).printStackTrace(new PrintWriter(log)));
        forbid();
        leaks.search("a log", LogText.of(log.toString()));
        assertThat(leaks.found()).as("seed %d", SEED).hasSizeGreaterThan(PlantedTurn.ALL * 3 / 4);
    }

    private void forbid() {
        TURNS.forEach(turn -> turn.forbid(leaks));
    }

    /** As {@link Telemetry} does it. */
    private void tell(Function<TurnMeasurement, TurnReport> wall) {
        var spans = new TurnSpans(sdk.getTracer(Names.SCOPE));
        var log = new TurnLog(sdk.getLogsBridge().get(Names.SCOPE));
        measurements.forEach(measurement -> {
            TurnReport report = wall.apply(measurement);
            log.record(report, spans.record(report));
        });
        var _ = sdk.getSdkTracerProvider().forceFlush().join(10, TimeUnit.SECONDS);
        var _ = sdk.getSdkLoggerProvider().forceFlush().join(10, TimeUnit.SECONDS);
        collector.await(
                "the events of all turns",
                () -> collector.events().stream()
                                .filter(event -> event.getEventName().equals(Names.TURN_DETAILS))
                                .count()
                        >= PlantedTurn.ALL);
        collector.await("their spans", () -> collector.spans().size() > 3 * PlantedTurn.ALL);
        forbid();
        leaks.search("what the Collector got", WireStrings.of(collector.bodies()));
    }

    /** What a border would make of a turn that forgets to mask. */
    private static TurnReport unmasked(TurnMeasurement measurement) {
        TurnReport masked = TurnReports.of(measurement, TextLevel.MASKED);
        @Nullable ReplyFigures figures = measurement.figures();
        @Nullable OllamaError error = measurement.error();
        return new TurnReport(
                masked.requestId(),
                masked.conversationId(),
                masked.sessionId(),
                measurement.turn().model(),
                masked.isLocal(),
                measurement.serverVersion(),
                masked.sentAt(),
                masked.outcome(),
                masked.verdict(),
                masked.segments(),
                masked.timeToFirstToken(),
                masked.tokensPerSecond(),
                figures == null ? null : figures.doneReason(),
                masked.promptTokens(),
                masked.cachedTokens(),
                masked.answerTokens(),
                masked.errorType(),
                error == null ? null : Unmasked.of(error.serverSaid()),
                Unmasked.of(measurement.turn().prompt().content()),
                Unmasked.of(measurement.turn().answer().toString()));
    }
}
