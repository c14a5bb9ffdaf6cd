package dev.kansoku.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Outcome;
import dev.kansoku.privacy.TextLevel;
import dev.kansoku.telemetry.delivery.SentMessage;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryControlTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final ScriptedCollector collector = ScriptedCollector.start();

    private @Nullable RunningTelemetry running;

    private TelemetryControl start(Map<String, String> environment) {
        var started = RunningTelemetry.start(folder, environment);
        running = started;
        return started.control();
    }

    private TelemetryControl startAgreed() {
        var started = RunningTelemetry.startAgreed(folder, collector.endpoint());
        running = started;
        return started.control();
    }

    private Map<String, String> environment() {
        return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
    }

    private void change(UnaryOperator<TelemetrySettings> change) {
        Objects.requireNonNull(running).settings().update(change);
    }

    @AfterEach
    void close() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    // On and off

    @Test
    void withoutAnEndpointItIsOff() {
        TelemetryControl off = start(Map.of());
        off.measured(new Measured().make());
        assertThat(off.state()).isEqualTo(new TelemetryState.Off());
    }

    @Test
    void nothingIsSentBeforeTheUserHasAgreed() {
        TelemetryControl asking = start(environment());
        collector.await("the question", () -> asking.state() instanceof TelemetryState.Asking);
        assertThat(asking.state()).isEqualTo(new TelemetryState.Asking(collector.endpoint(), true));
        asking.measured(new Measured().make());
        close();
        assertThat(collector.authorizations()).as("requests").isEmpty();
    }

    @Test
    void whoDeclinesIsNotAskedAgainInThisRun() {
        TelemetryControl asking = start(environment());
        collector.await("the question", () -> asking.state() instanceof TelemetryState.Asking);
        asking.decline(collector.endpoint());
        collector.await("the answer", () -> asking.state() instanceof TelemetryState.Declined);
        asking.measured(new Measured().make());
        change(before -> before.withLevel(TextLevel.LENGTH));
        close();
        assertThat(asking.state()).isEqualTo(new TelemetryState.Declined(collector.endpoint(), true));
        assertThat(collector.authorizations()).as("requests").isEmpty();
    }

    @Test
    void anEndpointThatNobodyWasAskedAboutIsNotUsed() {
        System.setProperty("otel.exporter.otlp.traces.endpoint", "http://127.0.0.1:1/v1/traces");
        try {
            var environment = new HashMap<>(environment());
            TelemetryControl unusable = start(environment);
            collector.await("the question", () -> unusable.state() instanceof TelemetryState.Asking);
            unusable.agree(collector.endpoint());
            collector.await("an answer", () -> unusable.state() instanceof TelemetryState.Unusable);
            unusable.measured(new Measured().make());
            close();
            assertThat(collector.authorizations()).as("requests").isEmpty();
        } finally {
            System.clearProperty("otel.exporter.otlp.traces.endpoint");
        }
    }

    @Test
    void variablesCountInWhateverCase() {
        TelemetryControl asking = start(Map.of("otel_exporter_otlp_traces_endpoint", "http://127.0.0.1:1/v1/traces"));
        collector.await("the question", () -> asking.state() instanceof TelemetryState.Asking);
        assertThat(asking.state()).isEqualTo(new TelemetryState.Asking("http://127.0.0.1:1/v1/traces", true));
    }

    @Test
    void nothingIsSentAfterANo() {
        TelemetryControl on = startAgreed();
        collector.await("the session", () -> !collector.events().isEmpty());
        int before = collector.authorizations().size();
        on.decline(collector.endpoint());
        collector.await("the answer", () -> on.state() instanceof TelemetryState.Declined);
        on.measured(new Measured().make());
        close();
        assertThat(collector.authorizations().size()).as("requests").isLessThanOrEqualTo(before + 1);
        assertThat(collector.events()).extracting(LogRecord::getEventName).doesNotContain(Names.SESSION_END);
    }

    @Test
    void anotherEndpointIsAskedAboutAgain() {
        TelemetryControl on = startAgreed();
        change(before -> before.withAgreedEndpoint("http://127.0.0.1:1"));
        collector.await("the question", () -> on.state() instanceof TelemetryState.Asking);
    }

    @Test
    void theSdkCanBeDisabled() {
        TelemetryControl off =
                start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_SDK_DISABLED", "true"));
        close();
        assertThat(off.state()).isEqualTo(new TelemetryState.Off());
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_PROTOCOL, http/json",
        "OTEL_TRACES_EXPORTER, zipkin",
        "OTEL_TRACES_SAMPLER, sometimes",
        "OTEL_METRIC_EXPORT_INTERVAL, soon",
        "OTEL_CONFIG_FILE, /etc/otel.yaml",
        "OTEL_EXPORTER_OTLP_CERTIFICATE, /no/such/file",
        "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4318",
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://user:secret@127.0.0.1:4318",
    })
    void aVariableThatCannotBeMeansOffAndSaysWhy(String variable, String value) {
        var environment = new HashMap<>(environment());
        environment.put(variable, value);
        TelemetryControl unusable = start(environment);
        collector.await("an answer", () -> {
            if (unusable.state() instanceof TelemetryState.Asking asking) {
                unusable.agree(asking.endpoint());
            }
            return unusable.state() instanceof TelemetryState.Unusable;
        });
        assertThat(unusable.state())
                .asInstanceOf(InstanceOfAssertFactories.type(TelemetryState.Unusable.class))
                .satisfies(state -> assertThat(state.reason()).isNotBlank().doesNotContain("secret"));
    }

    @Test
    void aTokenThatOthersCanReadIsNotUsed() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "secret-token-1234");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        TelemetryControl unusable = start(environment());
        collector.await("an answer", () -> unusable.state() instanceof TelemetryState.Unusable);
        assertThat(unusable.state().toString()).contains("0600").doesNotContain("secret-token");
    }

    @Test
    void theTokenGoesIntoTheHeader() throws Exception {
        new Token(folder.resolve("token")).write("secret-token+/1234=");
        startAgreed();
        collector.await("a message", () -> !collector.authorizations().isEmpty());
        assertThat(collector.authorizations()).containsOnly("Bearer secret-token+/1234=");
    }

    // What arrives

    @Test
    void aTurnArrivesAsSpansEventsAndMetrics() {
        TelemetryControl on = startAgreed();
        on.measured(new Measured()
                .load(LoadVerdict.COLD, 2)
                .prompt(26, 0.75)
                .decode(40, 4)
                .make());

        collector.await("the spans", () -> collector.spans().size() == 6);
        collector.await("the events", () -> collector.events().size() == 2);
        collector.await("the counters", () -> collector.values(Names.REQUESTS).contains(1L));
        assertThat(collector.events())
                .extracting(LogRecord::getEventName)
                .containsExactly(Names.SESSION_START, Names.TURN_DETAILS);
        assertThat(collector.spans()).extracting(Span::getName).contains("inference_request", "chat granite3.2:2b");
        assertThat(collector.metrics())
                .extracting(Metric::getName)
                .contains(
                        Names.OPERATION_DURATION,
                        Names.TOKEN_USAGE,
                        Names.LOAD_TIME,
                        Names.PHASE_DURATION,
                        Names.RATE,
                        Names.TIME_TO_FIRST_CHUNK);
    }

    @Test
    void theResourceStandsOnceInAMessage() {
        TelemetryControl on = startAgreed();
        on.measured(new Measured().decode(40, 4).make());
        collector.await("the spans", () -> collector.spans().size() > 1);
        assertThat(collector.resources()).hasSize(1);
    }

    @Test
    void aCounterIsToldAsZeroBeforeItsFirstEvent() {
        TelemetryControl on = startAgreed();
        on.measured(new Measured().make());
        collector.await("the counters", () -> collector.values(Names.REQUESTS).contains(1L));
        assertThat(collector.values(Names.REQUESTS)).startsWith(0L, 1L);
        on.measured(new Measured().make());
        collector.await("the counters", () -> collector.values(Names.REQUESTS).contains(2L));
        assertThat(collector.values(Names.REQUESTS)).isSorted();
    }

    @Test
    void countersGoOnWhereTheLastRunStopped() {
        TelemetryControl first = startAgreed();
        first.measured(new Measured().make());
        collector.await("the counters", () -> collector.values(Names.REQUESTS).contains(1L));
        UUID id = first.installation();
        close();

        TelemetryControl second = start(environment());
        collector.await("on, without a question", () -> second.state() instanceof TelemetryState.On);
        second.measured(new Measured().make());
        collector.await("the counters", () -> collector.values(Names.REQUESTS).contains(2L));
        assertThat(second.installation()).isEqualTo(id);
        assertThat(collector.values(Names.REQUESTS).getLast()).isEqualTo(2L);
        assertThat(collector.resources())
                .allSatisfy(resource -> assertThat(
                                ScriptedCollector.attribute(resource.getAttributesList(), "service.instance.id"))
                        .isEqualTo(id.toString()));
    }

    @Test
    void ofMachineAndUserNoNameIsSent() throws Exception {
        TelemetryControl on = startAgreed();
        on.measured(new Measured().make());
        collector.await("the spans", () -> !collector.spans().isEmpty());
        assertThat(collector.resources())
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(resource.getAttributesList())
                        .allSatisfy(attribute -> assertThat(Names.RESOURCE).contains(attribute.getKey())));
        assertThat(collector.everything())
                .doesNotContain(InetAddress.getLocalHost().getHostName())
                .doesNotContain("user.name", "host.name", "process.");
    }

    @Test
    void crashesSinceTheLastRunAreToldByTheirCode() throws Exception {
        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/crash-20260101-000000-AAAA-BBBB-CCCC.txt"), "before anybody agreed");
        startAgreed();
        collector.await("the session", () -> !collector.events().isEmpty());
        close();
        Files.writeString(folder.resolve("logs/crash-20260102-000000-4K7Q-0X2M-9TBD.txt"), "all the details");

        start(environment());
        collector.await(
                "the crash",
                () -> collector.events().stream()
                        .anyMatch(event -> event.getEventName().equals(Names.CRASH)));
        assertThat(collector.events().stream()
                        .filter(event -> event.getEventName().equals(Names.CRASH))
                        .map(event -> ScriptedCollector.attribute(event.getAttributesList(), "app.crash.id")))
                .containsExactly("4K7Q-0X2M-9TBD");
        assertThat(collector.everything()).doesNotContain("details");
    }

    private List<String> spooled() {
        String[] names = folder.resolve("spool").toFile().list();
        return names == null ? List.of() : List.of(names);
    }

    @Test
    void whatWasForgottenIsNeitherSentNorRemembered() {
        TelemetryControl on = startAgreed();
        collector.await("the session", () -> !on.sent().isEmpty());
        collector.answer(503);
        on.measured(new Measured().make());
        collector.await("what waits", () -> !spooled().isEmpty());
        List<String> waiting = spooled();
        List<SentMessage> sent = on.sent();

        on.forget();

        assertThat(spooled()).doesNotContainAnyElementsOf(waiting);
        assertThat(on.sent()).doesNotContainAnyElementsOf(sent);
        collector.answer(200);
        int spans = collector.spans().size();
        on.measured(new Measured().make());
        collector.await("what came after", () -> collector.spans().size() > spans);
    }

    @Test
    void aTurnThatClosingTheWindowEndedIsStillTold() {
        TelemetryControl on = startAgreed();
        on.measured(new Measured().brokenOff(Outcome.STOPPED).make());
        close();
        collector.await("its spans", () -> !collector.spans().isEmpty());
        assertThat(collector.events()).extracting(LogRecord::getEventName).endsWith(Names.SESSION_END);
    }
}
