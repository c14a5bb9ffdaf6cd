package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kansoku.measure.RunnerProcesses.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs a copy of the shell under the names of Ollama's processes: it ignores the arguments after its script. */
@Timeout(30)
@EnabledOnOs(OS.LINUX)
class RunnerProcessesTest {

    private static final String BLOB = "sha256-" + "cd".repeat(32);

    private final RunnerProcesses processes = new RunnerProcesses();
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process run(String name, String script, String... arguments) throws IOException {
        Path executable = folder.resolve(name);
        Files.copy(Path.of("/bin/sh").toRealPath(), executable);
        var command = new ArrayList<>(List.of(executable.toString(), "-c", script));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }

    private Optional<RunnerProcesses.Runner> found(Process process) {
        return processes.all().stream()
                .filter(runner -> runner.pid() == process.pid())
                .findFirst();
    }

    @Test
    void aRunnerIsKnownByTheWeightsItWasStartedWith() throws Exception {
        Instant before = Instant.now();
        Process server = run("llama-server", "read line", "--model", "/models/blobs/" + BLOB, "--port", "4711");
        Instant after = Instant.now();
        Process old = run("ollama", "read line", "runner", "--ollama-engine", "--model", "/models/blobs/" + BLOB);

        await("the new one").until(() -> found(server).isPresent());
        await("the old one").until(() -> found(old).isPresent());
        RunnerProcesses.Runner runner = found(server).orElseThrow();
        assertThat(runner.blob()).isEqualTo(BLOB);
        assertThat(runner.startedAt())
                .as("start, where the JVM's own start shows how wrong the clock of the process table is")
                .isBetween(before.minusMillis(150), after.plusMillis(500));
    }

    @Test
    void othersAreNoRunners() throws Exception {
        Process serve = run("ollama", "read line", "serve");
        Process probe = run("llama-server", "read line", "--list-devices");
        Process stranger = run("something", "read line", "--model", "/models/blobs/" + BLOB);
        Process cut = run("ollama_llama_server", "read line", "--model");

        await("the processes to run")
                .until(() -> started.stream().allMatch(p -> p.info().arguments().isPresent()));

        assertThat(List.of(found(serve), found(probe), found(stranger), found(cut)))
                .containsOnly(Optional.empty());
    }

    @Test
    void itsProcessorTimeGrowsWhileItWorks() throws Exception {
        Process busy = run("llama-server", "while :; do :; done", "--model", "/models/blobs/" + BLOB);

        await("processor time")
                .until(() -> found(busy)
                        .map(RunnerProcesses.Runner::cpu)
                        .filter(cpu -> cpu.toMillis() >= 50)
                        .isPresent());
    }

    @Test
    void theRunnerOfAModelIsTheYoungestWithItsWeights() {
        Runner old = new Runner(1, 10, "sha256-a", Instant.EPOCH, Duration.ZERO);
        Runner young = new Runner(2, 10, "sha256-a", Instant.EPOCH.plusSeconds(1), Duration.ZERO);
        Runner other = new Runner(3, 10, "sha256-b", Instant.EPOCH.plusSeconds(2), Duration.ZERO);

        assertThat(RunnerProcesses.of("sha256-a", List.of(young, old, other))).contains(young);
        assertThat(RunnerProcesses.of("sha256-c", List.of(young, old, other))).isEmpty();
    }

    @Test
    void nothingTellsTheRunnersOfTwoServersApart() {
        Runner ours = new Runner(1, 10, "sha256-a", Instant.EPOCH, Duration.ZERO);
        Runner theirs = new Runner(2, 20, "sha256-a", Instant.EPOCH.plusSeconds(1), Duration.ZERO);

        assertThat(RunnerProcesses.of("sha256-a", List.of(ours, theirs))).isEmpty();
    }
}
