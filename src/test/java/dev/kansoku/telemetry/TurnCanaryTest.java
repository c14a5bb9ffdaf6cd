package dev.kansoku.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.privacy.DataKind;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Personal data in every place of real turns of the program, of which nothing may be read in what telemetry sends, in its
 * folder, in the log or in a crash file. {@code -Dcanary.seed} repeats a run.
 */
class TurnCanaryTest {

    private static final Pattern FILES = Pattern.compile("spool/\\d{16}\\.(traces|logs)|logs/kansoku\\.log"
            + "|logs/crash-\\d{8}-\\d{6}(-[0-9A-Z]{4}){3}\\.txt|(telemetry|installation)\\.json|console\\.log");

    private final long seed = Long.getLong("canary.seed", new Random().nextInt(1_000_000));
    private final List<PlantedTurn> turns = PlantedTurn.all(seed);
    private final Leaks leaks = new Leaks();

    /** Of the server, the user and the machine as variables of the environment may have it. */
    private final String name =
            "k7q" + (100 + new Random(seed).nextInt(900)) + "x4z" + (100 + new Random(seed).nextInt(900));

    @TempDir
    private Path temporary;

    private Path folder;

    @AutoClose
    private final ScriptedServer ollama = PlantedServer.start(turns);

    @AutoClose
    private ScriptedCollector collector = ScriptedCollector.start();

    @BeforeEach
    void forbid() throws IOException {
        folder = Files.createDirectories(temporary.resolve("program"));
        turns.forEach(turn -> turn.forbid(leaks));
        leaks.allow(System.getProperty("os.version"));
        leaks.forbidCore(name, "the name of the host and the user");
    }

    @Test
    void nothingIsReadWhereTheCollectorIsThere() throws Exception {
        try (ChildJvm program = startProgram()) {
            program.await(PlantedVictim.MEASURED);
            awaitTurns();
            program.say(PlantedVictim.CLOSE);
            assertThat(program.awaitEnd()).isZero();
        }
        assertNothingIsRead();
    }

    @Test
    void nothingIsReadInWhatWaitsForTheCollectorNorWhenItComesBack() throws Exception {
        int port = collector.port();
        collector.close();
        try (ChildJvm program = startProgram()) {
            program.await(PlantedVictim.MEASURED);
            collector.await("what waits", () -> waitingTurns() >= PlantedTurn.ALL);
            program.say(PlantedVictim.CLOSE);
            assertThat(program.awaitEnd()).isZero();
        }
        searchFiles();
        collector = ScriptedCollector.start(port);
        try (var _ = RunningTelemetry.start(folder, environment())) {
            awaitTurns();
        }
        assertNothingIsRead();
    }

    @Test
    void nothingIsReadAfterACrashNorWhenItIsTold() throws Exception {
        try (ChildJvm program = startProgram()) {
            program.await(PlantedVictim.MEASURED);
            awaitTurns();
            program.say(PlantedVictim.CRASH);
            assertThat(program.awaitEnd()).isEqualTo(1);
        }
        try (var _ = RunningTelemetry.start(folder, environment())) {
            collector.await(
                    "the crash",
                    () -> collector.events().stream()
                            .map(LogRecord::getEventName)
                            .anyMatch(Names.CRASH::equals));
        }
        assertNothingIsRead();
    }

    private ChildJvm startProgram() throws IOException {
        // So that the name of the machine with Ollama is one that can be recognised.
        Path hosts = Files.writeString(temporary.resolve("hosts"), "127.0.0.1 " + name + ".example\n");
        return ChildJvm.start(
                folder.resolve("console.log"),
                PlantedVictim.class,
                List.of("-Djdk.net.hosts.file=" + hosts, "-Duser.name=" + name, "-Duser.home=/home/" + name),
                folder.toString(),
                String.valueOf(seed),
                collector.endpoint(),
                name + ".example:" + ollama.port(),
                "host.name=" + name + ",process.owner=" + name);
    }

    private Map<String, String> environment() {
        return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
    }

    private void awaitTurns() {
        collector.await("the events of all turns", () -> details(collector.events().stream()) >= PlantedTurn.ALL);
        collector.await("their spans", () -> collector.spans().size() > 3 * PlantedTurn.ALL);
    }

    private long waitingTurns() throws IOException {
        long turns = 0;
        try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".logs")).toList()) {
                turns += details(ScriptedCollector.events(ExportLogsServiceRequest.parseFrom(message(file))));
            }
        }
        return turns;
    }

    private static long details(Stream<LogRecord> events) {
        return events.filter(event -> event.getEventName().equals(Names.TURN_DETAILS))
                .count();
    }

    /** A checksum stands before it. */
    private static byte[] message(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    }

    private void assertNothingIsRead() throws IOException {
        assertThat(collector.metrics()).extracting(Metric::getName).contains(Names.REQUESTS, Names.MODEL_MEMORY);
        leaks.search("what the Collector got", WireStrings.of(collector.bodies()));
        searchFiles();
        assertThat(folder.resolve("logs/kansoku.log")).content().contains("Fault ");
        assertThat(folder.resolve("logs")).isDirectoryContaining("glob:**/crash-*.txt");
        assertThat(leaks.found())
                .as("what was read; again with -Dcanary.seed=" + seed)
                .isEmpty();
    }

    private void searchFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String source = folder.relativize(file).toString();
                assertThat(source).as("the name of a file").matches(FILES);
                if (source.startsWith("spool")) {
                    leaks.search(source, WireStrings.of(List.of(message(file))));
                } else {
                    leaks.search(source, LogText.of(Files.readString(file, StandardCharsets.UTF_8)));
                }
            }
        }
    }

    @Test
    void everyKindOfPersonalDataIsPlantedInEveryPlace() {
        var masker = new Masker("US");
        var kinds = EnumSet.noneOf(DataKind.class);
        turns.forEach(turn -> kinds.addAll(
                masker.mask(turn.secret() + " ", TextLevel.MASKED).kinds().keySet()));
        assertThat(kinds).as("seed %d", seed).containsExactlyInAnyOrder(DataKind.values());
        assertThat(turns).extracting(PlantedTurn::place).contains(PlantedTurn.Place.values());
        assertThat(turns).extracting(PlantedTurn::secret).doesNotHaveDuplicates();
    }
}
