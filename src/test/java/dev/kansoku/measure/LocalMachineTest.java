package dev.kansoku.measure;

import static dev.kansoku.measure.Snapshots.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kansoku.measure.Machine.Counters;
import dev.kansoku.measure.Machine.Listener;
import dev.kansoku.measure.Machine.ProcessCounters;
import dev.kansoku.measure.Machine.ProcessEntry;
import dev.kansoku.measure.OllamaProcesses.Running;
import dev.kansoku.ollama.OllamaAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs a copy of the shell under the names of Ollama's processes: it ignores the arguments after its script. */
@Timeout(30)
@EnabledOnOs(OS.LINUX)
class LocalMachineTest {

    private static final String BLOB = "sha256-" + "cd".repeat(32);

    private final Machine machine = new LocalMachine();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    private Path shell(String name) throws IOException {
        return Files.copy(Path.of("/bin/sh").toRealPath(), folder.resolve(name));
    }

    private Process run(String name, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(shell(name).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        started.add(process);
        return process;
    }

    private Optional<ProcessEntry> entry(Process process, String name) {
        return machine.processes(name::equals).stream()
                .filter(entry -> entry.pid() == process.pid())
                .findFirst();
    }

    @Test
    void aProcessIsSeenAsItWasStarted() throws Exception {
        Instant before = Instant.now();
        Process process = run("llama-server", "-c", "read line", "--model", "/models/blobs/" + BLOB);
        Instant after = Instant.now();

        await("the process").until(() -> entry(process, "llama-server").isPresent());
        ProcessEntry entry = entry(process, "llama-server").orElseThrow();
        assertThat(entry.parent()).isEqualTo(ProcessHandle.current().pid());
        assertThat(entry.arguments()).containsExactly("-c", "read line", "--model", "/models/blobs/" + BLOB);
        ProcessCounters counters = machine.process(process.pid()).orElseThrow();
        assertThat(counters.startedAt())
                .as("start, where the JVM's own start shows how wrong the clock of the process table is")
                .isBetween(before.minusMillis(150), after.plusMillis(500));
        assertThat(counters.memory()).isBetween(100_000L, 100_000_000L);
    }

    @Test
    void processorTimeGrowsWhileAProcessWorks() throws Exception {
        Process busy = run("busy", "-c", "while :; do :; done");

        await("processor time")
                .until(() -> machine.process(busy.pid())
                        .filter(process -> process.cpu().toMillis() >= 50)
                        .isPresent());
    }

    @Test
    void aProcessThatHasEndedIsNone() throws Exception {
        Process ended = run("ended", "-c", "exit 0");
        ended.waitFor();

        await("its end").until(() -> machine.process(ended.pid()).isEmpty());
    }

    @Test
    void theMachineHasFiguresThatMakeSense() {
        Counters counters = machine.counters();

        assertThat(counters.cores()).isBetween(1, 4096);
        assertThat(counters.physicalCores()).isBetween(1, counters.cores());
        assertThat(counters.busyTicks()).isBetween(1L, counters.allTicks());
        assertThat(counters.memoryAvailable()).isBetween(1L, counters.memoryTotal());
        assertThat(counters.swapUsed()).isNotNegative();
        assertThat(counters.swapped()).isNotNull().isNotNegative();
    }

    @Test
    void whoListensAtAPortIsKnown() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(machine.listeners())
                    .contains(new Listener(ProcessHandle.current().pid(), socket.getLocalPort()));
        }
    }

    @Test
    void aServerAndItsRunnerAreFoundAmongAllProcesses() throws Exception {
        Path runner = shell("llama-server");
        Files.writeString(
                folder.resolve("serve"),
                "'%s' -c 'read line; exit' --model /models/blobs/%s\nexit 0\n".formatted(runner, BLOB));
        Process server = run("ollama", "serve");
        var snapshot = at(OllamaAddress.DEFAULT, false, BLOB);

        await("the runner")
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> new OllamaProcesses(onlyBelow(server))
                                .look(snapshot)
                                .runner(BLOB),
                        Optional::isPresent);
        Running running = new OllamaProcesses(onlyBelow(server)).look(snapshot);
        assertThat(running.server())
                .isNotNull()
                .extracting(ProcessCounters::pid)
                .isEqualTo(server.pid());
    }

    /** Without what else may run on this machine: it may have an Ollama of its own. */
    private Machine onlyBelow(Process server) {
        return new Machine() {
            @Override
            public long nanos() {
                return machine.nanos();
            }

            @Override
            public Counters counters() {
                return machine.counters();
            }

            @Override
            public @Nullable Long diskRead() {
                return machine.diskRead();
            }

            @Override
            public Optional<ProcessCounters> process(long pid) {
                return machine.process(pid);
            }

            @Override
            public List<ProcessEntry> processes(Predicate<String> program) {
                return machine.processes(program).stream()
                        .filter(entry -> entry.pid() == server.pid() || entry.parent() == server.pid())
                        .toList();
            }

            @Override
            public List<Listener> listeners() {
                return List.of();
            }
        };
    }
}
