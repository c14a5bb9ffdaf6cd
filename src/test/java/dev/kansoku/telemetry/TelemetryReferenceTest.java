package dev.kansoku.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.Sample;
import dev.kansoku.measure.Usage;
import dev.kansoku.ollama.OllamaError;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/telemetry.md, table by table, against what leaves the program when everything happens that can. */
class TelemetryReferenceTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @TempDir
    private static Path folder;

    private static final ScriptedCollector COLLECTOR = ScriptedCollector.start();

    @BeforeAll
    static void everythingHappens() throws IOException {
        var running = RunningTelemetry.startAgreed(folder, COLLECTOR.endpoint());
        running.settings()
                .update(before -> new TelemetrySettings(
                        before.endpoint(),
                        before.agreedEndpoint(),
                        before.protocol(),
                        before.level(),
                        true,
                        null,
                        null,
                        null,
                        null));
        var telemetry = running.control();
        telemetry.shown(Instant.now());
        telemetry.sampled(new Sample(
                1,
                0.5,
                4,
                4,
                1L << 30,
                8L << 30,
                0L,
                0.0,
                new Usage(0.1, 1L << 20),
                Map.of("sha256-1", new Usage(2.0, 1L << 28)),
                new Usage(0.2, 1L << 27),
                new Sample.Gpu(0.3, 1L << 28, 1L << 30),
                Duration.ofMillis(900)));
        telemetry.clicked("newChat");
        var turn = new TurnMaker()
                .turn(
                        Turn.State.FINISHED,
                        "Write to taro@example.co.jp that the deal is off",
                        "",
                        "Dear taro@example.co.jp, the deal is off, we are sorry");
        telemetry.measured(new Measured()
                .turn(turn)
                .connect(0.5)
                .load(LoadVerdict.COLD, 2)
                .waited(0.25)
                .prompt(26, 0.75)
                .cached(7)
                .decode(40, 4)
                .draw(0.5)
                .make());
        telemetry.measured(new Measured().make());
        telemetry.measured(new Measured()
                .failed(new OllamaError.OutOfMemory("model requires more system memory"))
                .make());
        telemetry.measured(new Measured().brokenOff(Outcome.STOPPED).make());
        telemetry.measured(new Measured().brokenOff(Outcome.INCOMPLETE).make());
        telemetry.test();
        running.await("the counters", () -> COLLECTOR.values(Names.REQUESTS).contains(2L));
        running.close();

        Files.createDirectories(folder.resolve("logs"));
        Files.writeString(folder.resolve("logs/crash-20260102-000000-4K7Q-0X2M-9TBD.txt"), "");
        RunningTelemetry.startAgreed(folder, COLLECTOR.endpoint()).close();
        running.await("the crash", () -> events().containsKey(Names.CRASH));
    }

    @AfterAll
    static void stop() {
        COLLECTOR.close();
    }

    @Test
    void theResourceIsWhatTheReferenceSays() throws IOException {
        Set<String> documented = new TreeSet<>(rows("Resource").keySet());
        assertThat(documented).isEqualTo(new TreeSet<>(Names.RESOURCE));
        documented.removeAll(Set.of("deployment.environment.name", "kansoku.site"));
        assertThat(COLLECTOR.resources())
                .isNotEmpty()
                .allSatisfy(resource ->
                        assertThat(keys(resource.getAttributesList())).isEqualTo(documented));
    }

    @Test
    void spansAreWhatTheReferenceSays() throws IOException {
        Set<String> sent = COLLECTOR.spans().stream()
                .map(Span::getName)
                .map(name -> name.startsWith("chat ") ? "chat {model}" : name)
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, List<String>> tables = rows("Spans");
        assertThat(sent)
                .isEqualTo(tables.keySet().stream()
                        .filter(name -> !name.contains(".") && !name.equals("error.type"))
                        .collect(Collectors.toCollection(TreeSet::new)));
        Set<String> attributes = COLLECTOR.spans().stream()
                .flatMap(span -> keys(span.getAttributesList()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(attributes)
                .isEqualTo(tables.keySet().stream()
                        .filter(name -> name.contains("."))
                        .filter(name -> !name.equals("granite3.2:2b"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void eventsAreWhatTheReferenceSays() throws IOException {
        Map<String, List<String>> rows = rows("Events");
        Map<String, Set<String>> events = events();
        assertThat(events.keySet()).isEqualTo(rows.keySet()).isEqualTo(new TreeSet<>(Names.EVENTS));
        Set<String> ofACall = rows("Spans").keySet().stream()
                .filter(name -> name.contains("."))
                .collect(Collectors.toSet());
        events.forEach((event, attributes) -> {
            Set<String> documented = codes(rows.getOrDefault(event, List.of("")).getLast()).stream()
                    .filter(Names.ATTRIBUTES::contains)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (event.equals(Names.TURN_DETAILS)) {
                documented.addAll(ofACall);
            }
            if (!event.equals(Names.TEST)) {
                documented.add("session.id");
            }
            // An error of Ollama's and a broken reply have one name for their kind.
            documented.remove(event.equals(Names.TURN_EXCEPTION) ? "error.type" : "");
            assertThat(attributes).as(event).isEqualTo(documented);
        });
    }

    @Test
    void metricsAreWhatTheReferenceSays() throws IOException {
        Map<String, List<String>> rows = rows("Metrics");
        assertThat(new TreeSet<>(rows.keySet())).isEqualTo(new TreeSet<>(Names.METRICS));
        Map<String, List<Metric>> metrics = COLLECTOR.metrics().stream()
                .collect(Collectors.groupingBy(Metric::getName, TreeMap::new, Collectors.toList()));
        assertThat(metrics.keySet()).isEqualTo(rows.keySet());
        metrics.forEach((name, messages) -> {
            List<String> row = rows.getOrDefault(name, List.of());
            Set<String> attributes = messages.stream()
                    .flatMap(TelemetryReferenceTest::points)
                    .flatMap(point -> keys(point).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> documented = codes(row.get(3)).stream()
                    .filter(Names.METRIC_ATTRIBUTES::contains)
                    .collect(Collectors.toCollection(TreeSet::new));
            // Only what the SDK could not process has one.
            if (name.startsWith("otel.sdk.")) {
                documented.remove("error.type");
                attributes.remove("error.type");
            }
            assertThat(attributes).as("attributes of " + name).isEqualTo(documented);
            assertThat(messages.getLast().getUnit())
                    .as("unit of " + name)
                    .isEqualTo(codes(row.get(2)).getFirst());
            assertThat(row.get(1)).as("instrument of " + name).startsWith(instrument(messages.getLast()));
        });
    }

    private static Map<String, Set<String>> events() {
        return COLLECTOR.events().stream()
                .collect(Collectors.groupingBy(
                        LogRecord::getEventName,
                        TreeMap::new,
                        Collectors.flatMapping(
                                event -> keys(event.getAttributesList()).stream(),
                                Collectors.toCollection(TreeSet::new))));
    }

    private static String instrument(Metric metric) {
        return switch (metric.getDataCase()) {
            case SUM -> metric.getSum().getIsMonotonic() ? "counter" : "up-down counter";
            case GAUGE -> "gauge";
            case HISTOGRAM -> "histogram";
            case EXPONENTIAL_HISTOGRAM -> "exponential histogram";
            default -> "none";
        };
    }

    private static Stream<List<KeyValue>> points(Metric metric) {
        return Stream.of(
                        metric.getSum().getDataPointsList().stream().map(point -> point.getAttributesList()),
                        metric.getGauge().getDataPointsList().stream().map(point -> point.getAttributesList()),
                        metric.getHistogram().getDataPointsList().stream().map(point -> point.getAttributesList()),
                        metric.getExponentialHistogram().getDataPointsList().stream()
                                .map(point -> point.getAttributesList()))
                .flatMap(each -> each);
    }

    private static Set<String> keys(Collection<KeyValue> attributes) {
        return attributes.stream().map(KeyValue::getKey).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The rows of all tables below a heading, by the name in their first cell. */
    private static Map<String, List<String>> rows(String heading) throws IOException {
        String page = Files.readString(Path.of("docs/telemetry.md"));
        int begin = page.indexOf("\n## " + heading + "\n");
        assertThat(begin).as(heading).isPositive();
        int end = page.indexOf("\n## ", begin + 1);
        var rows = new TreeMap<String, List<String>>();
        page.substring(begin, end)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line ->
                        Stream.of(line.split("\\|")).skip(1).map(String::strip).toList())
                .forEach(cells -> rows.put(codes(cells.getFirst()).getFirst(), cells));
        return rows;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell)
                .results()
                .map(MatchResult::group)
                .map(code -> code.replace("`", ""))
                .toList();
    }
}
