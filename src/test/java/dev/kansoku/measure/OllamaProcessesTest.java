package dev.kansoku.measure;

import static dev.kansoku.measure.FakeMachine.GIBIBYTE;
import static dev.kansoku.measure.FakeMachine.SERVER;
import static dev.kansoku.measure.Snapshots.PORT;
import static dev.kansoku.measure.Snapshots.running;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.Machine.ProcessCounters;
import dev.kansoku.measure.Machine.ProcessEntry;
import dev.kansoku.measure.OllamaProcesses.Runner;
import dev.kansoku.measure.OllamaProcesses.Running;
import dev.kansoku.ollama.OllamaAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OllamaProcessesTest {

    private static final long OTHER_SERVER = 4800;
    private static final Instant START = Instant.EPOCH.plusSeconds(100);

    private final FakeMachine machine = new FakeMachine();
    private final OllamaProcesses processes = new OllamaProcesses(machine);

    @BeforeEach
    void stopTheClock() {
        machine.clock(Duration.ZERO);
    }

    private void runner(long pid, long parent, String blob) {
        machine.runner(pid, parent, blob, START, Duration.ZERO, GIBIBYTE);
    }

    private void start(long pid, long parent, String program, String... arguments) {
        machine.start(new ProcessEntry(pid, parent, program, List.of(arguments)), START, Duration.ZERO, GIBIBYTE);
    }

    private static @Nullable Long server(Running running) {
        @Nullable ProcessCounters server = running.server();
        return server == null ? null : server.pid();
    }

    private static List<Long> pids(Running running) {
        return running.runners().stream()
                .map(Runner::process)
                .map(ProcessCounters::pid)
                .sorted()
                .toList();
    }

    // How they look

    @Test
    void runnersOfAllVersionsAreKnownByTheirWeights() {
        start(1, SERVER, "ollama_llama_server", "--model", "/m/blobs/sha256-a", "--ctx-size", "2048");
        start(2, SERVER, "ollama", "runner", "--ollama-engine", "--model", "/m/blobs/sha256-b");
        start(3, SERVER, "llama-server", "--model", "/m/blobs/sha256-c", "--port", "4711");
        start(4, SERVER, "llama-server.exe", "--model", "C:\\m\\blobs\\sha256-d");

        Running running = processes.look(running());

        assertThat(server(running)).isEqualTo(SERVER);
        assertThat(running.runners())
                .extracting(Runner::blob)
                .containsExactlyInAnyOrder("sha256-a", "sha256-b", "sha256-c", "sha256-d");
    }

    @Test
    void othersAreNoRunners() {
        start(1, SERVER, "llama-server", "--list-devices");
        start(2, SERVER, "ollama_llama_server", "--model");
        start(3, 1, "llama-server", "--model", "/m/sha256-a");
        start(4, SERVER, "python3", "--model", "/m/sha256-a");
        start(5, 1, "ollama", "run", "tinyllama");

        assertThat(pids(processes.look(running()))).isEmpty();
    }

    @Test
    void theRunnerOfAModelIsTheYoungestWithItsWeights() {
        runner(1, SERVER, "sha256-a");
        machine.runner(2, SERVER, "sha256-a", START.plusSeconds(5), Duration.ZERO, GIBIBYTE);
        machine.runner(3, SERVER, "sha256-b", START.plusSeconds(9), Duration.ZERO, GIBIBYTE);

        Running running = processes.look(running());

        assertThat(running.runner("sha256-a").orElseThrow().process().pid()).isEqualTo(2);
        assertThat(running.runner("sha256-c")).isEmpty();
    }

    // Which server

    @Test
    void withTwoServersItIsTheOneAtThePort() {
        machine.serve(OTHER_SERVER);
        runner(1, SERVER, "sha256-a");
        runner(2, OTHER_SERVER, "sha256-a");
        machine.listens(SERVER, PORT + 1);
        machine.listens(OTHER_SERVER, PORT);

        Running running = processes.look(running("sha256-a"));

        assertThat(server(running)).isEqualTo(OTHER_SERVER);
        assertThat(pids(running)).containsExactly(2L);
    }

    @Test
    void ofTwoServersWhosePortsCannotBeReadItIsTheOneThatRunsWhatIsListed() {
        machine.serve(OTHER_SERVER);
        runner(1, SERVER, "sha256-a");
        runner(2, OTHER_SERVER, "sha256-b");

        assertThat(server(processes.look(running("sha256-b")))).isEqualTo(OTHER_SERVER);
    }

    @Test
    void nothingTellsTwoServersApartThatRunTheSame() {
        machine.serve(OTHER_SERVER);
        runner(1, SERVER, "sha256-a");
        runner(2, OTHER_SERVER, "sha256-a");

        assertThat(processes.look(running("sha256-a"))).isEqualTo(Running.NOTHING);
        assertThat(processes.look(running())).isEqualTo(Running.NOTHING);
    }

    @Test
    void aServerThatListensElsewhereIsNotTheOneWhosePortCannotBeRead() {
        machine.serve(OTHER_SERVER);
        runner(1, SERVER, "sha256-a");
        runner(2, OTHER_SERVER, "sha256-a");
        machine.listens(SERVER, PORT + 1);

        assertThat(server(processes.look(running("sha256-a")))).isEqualTo(OTHER_SERVER);
    }

    @Test
    void theOnlyServerNeedNotTellItsPort() {
        assertThat(server(processes.look(running()))).isEqualTo(SERVER);
    }

    @Test
    void somebodyElseAtThePortMayBeATunnelToAnotherMachine() {
        runner(1, SERVER, "sha256-a");
        machine.listens(99, PORT);

        assertThat(processes.look(running("sha256-a"))).isEqualTo(Running.NOTHING);
    }

    @Test
    void aServerFarAwayOrADemoHasNoProcessesHere() {
        runner(1, SERVER, "sha256-a");

        assertThat(processes.look(Snapshots.at(OllamaAddress.parse("10.0.0.7"), false, "sha256-a")))
                .isEqualTo(Running.NOTHING);
        assertThat(processes.look(Snapshots.at(OllamaAddress.DEFAULT, true, "sha256-a")))
                .isEqualTo(Running.NOTHING);
        assertThat(machine.looks()).isZero();
    }

    @Test
    void whereThereIsNoOllamaNobodyAsksForPorts() {
        machine.end(SERVER);

        assertThat(processes.look(running())).isEqualTo(Running.NOTHING);
        assertThat(machine.portLooks()).isZero();
    }

    @Test
    void anotherAddressIsAnotherServer() {
        machine.serve(OTHER_SERVER);
        machine.listens(SERVER, PORT);
        machine.listens(OTHER_SERVER, PORT + 1);
        assertThat(server(processes.look(running()))).isEqualTo(SERVER);

        assertThat(server(processes.look(Snapshots.at(OllamaAddress.parse(":" + (PORT + 1)), false))))
                .isEqualTo(OTHER_SERVER);
    }

    // When they are looked for

    @Test
    void knownProcessesAreReadWithoutASearch() {
        runner(1, SERVER, "sha256-a");
        processes.look(running("sha256-a"));
        machine.runner(1, SERVER, "sha256-a", START, Duration.ofSeconds(7), 2 * GIBIBYTE);
        machine.clock(Duration.ofSeconds(9));

        Running running = processes.look(running("sha256-a"));

        ProcessCounters process = running.runner("sha256-a").orElseThrow().process();
        assertThat(process.cpu()).isEqualTo(Duration.ofSeconds(7));
        assertThat(process.memory()).isEqualTo(2 * GIBIBYTE);
        assertThat(requireNonNull(running.server()).nanos())
                .isEqualTo(Duration.ofSeconds(9).toNanos());
        assertThat(machine.searches()).isEqualTo(1);
    }

    @Test
    void aSearchIsDueAfterTenSecondsOrWhenTheClockWentBack() {
        processes.look(running());
        machine.clock(Duration.ofSeconds(10));
        processes.look(running());
        assertThat(machine.searches()).isEqualTo(2);

        machine.clock(Duration.ofSeconds(3));
        processes.look(running());
        assertThat(machine.searches()).isEqualTo(3);
    }

    @Test
    void aModelThatComesOrGoesIsAReasonToSearch() {
        processes.look(running());
        runner(1, SERVER, "sha256-a");

        assertThat(pids(processes.look(running("sha256-a")))).containsExactly(1L);
        processes.look(running());

        assertThat(machine.searches()).isEqualTo(3);
    }

    @Test
    void aRunnerThatShouldBeThereIsLookedForSoon() {
        processes.look(running("sha256-a"));
        runner(1, SERVER, "sha256-a");
        machine.clock(Duration.ofMillis(249));
        assertThat(pids(processes.look(running("sha256-a")))).isEmpty();

        machine.clock(Duration.ofMillis(250));

        assertThat(pids(processes.look(running("sha256-a")))).containsExactly(1L);
    }

    @Test
    void aProcessThatIsGoneIsAReasonToSearch() {
        runner(1, SERVER, "sha256-a");
        processes.look(running("sha256-a"));
        machine.end(1);
        runner(2, SERVER, "sha256-a");

        assertThat(pids(processes.look(running("sha256-a")))).containsExactly(2L);
    }

    @Test
    void aNumberThatWasGivenToAnotherProcessIsNotTakenForTheOldOne() {
        runner(1, SERVER, "sha256-a");
        processes.look(running("sha256-a"));
        machine.start(new ProcessEntry(1, 1, "bash", List.of()), START.plusSeconds(60), Duration.ZERO, GIBIBYTE);

        assertThat(pids(processes.look(running("sha256-a")))).isEmpty();
    }

    @Test
    void aRunnerThatVanishesInMidSearchIsNone() {
        runner(1, SERVER, "sha256-a");
        runner(2, SERVER, "sha256-b");
        machine.whenSearched(() -> {}, () -> machine.end(1));

        assertThat(pids(processes.look(running("sha256-a", "sha256-b")))).containsExactly(2L);
    }

    @Test
    void aServerThatVanishesInMidSearchHasNoFigures() {
        machine.whenSearched(() -> {}, () -> machine.end(SERVER));

        assertThat(processes.look(running())).isEqualTo(Running.NOTHING);
    }

    @Test
    void portsAreAskedForOnceAsLongAsNothingNewCanCome() {
        machine.listens(SERVER, PORT);
        for (int second = 0; second < 600; second += 10) {
            machine.clock(Duration.ofSeconds(second));
            processes.look(running());
        }
        assertThat(machine.searches()).isEqualTo(60);
        assertThat(machine.portLooks()).isEqualTo(1);

        machine.serve(OTHER_SERVER);
        machine.clock(Duration.ofSeconds(610));
        processes.look(running());
        assertThat(machine.portLooks()).isEqualTo(2);
    }

    @Test
    void portsThatCannotBeReadAreAskedForEveryMinute() {
        for (int second = 0; second < 600; second += 10) {
            machine.clock(Duration.ofSeconds(second));
            processes.look(running());
        }
        assertThat(machine.portLooks()).isEqualTo(10);
    }
}
