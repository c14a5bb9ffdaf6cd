package dev.kansoku.measure;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The processes in which a local Ollama runs its models: {@code ollama runner --model …/blobs/sha256-…} up to 0.24,
 * {@code llama-server --model …} from 0.30 on.
 */
public class RunnerProcesses {

    /**
     * One process that runs a model.
     *
     * @param parent the process that started it: its server
     * @param blob file name of the weights it was started with
     * @param startedAt within about 100 ms
     * @param cpu processor time used so far, summed over its threads
     */
    public record Runner(long pid, long parent, String blob, Instant startedAt, Duration cpu) {}

    /**
     * Linux counts the start of a process from a boot time in whole seconds, so all start times are wrong by the same
     * part of a second. Our own process, whose start the JVM noted more exactly, shows by how much.
     */
    private static final Duration CLOCK_ERROR = ProcessHandle.current()
            .info()
            .startInstant()
            .map(told -> Duration.between(
                    told,
                    Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())))
            .orElse(Duration.ZERO);

    /** All of this machine. Reads the process table: some milliseconds, not for the FX thread. */
    public List<Runner> all() {
        return ProcessHandle.allProcesses()
                .map(RunnerProcesses::runner)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The process that runs a model: the youngest with its weights. Empty if two servers on this machine run it, because
     * then nothing tells which one is ours.
     */
    static Optional<Runner> of(String blob, List<Runner> runners) {
        List<Runner> same =
                runners.stream().filter(runner -> runner.blob().equals(blob)).toList();
        boolean oneServer = same.stream().mapToLong(Runner::parent).distinct().count() == 1;
        return oneServer ? same.stream().max(Comparator.comparing(Runner::startedAt)) : Optional.empty();
    }

    private static Optional<Runner> runner(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        Optional<String> command = info.command();
        if (command.isPresent() && !isServer(command.get())) {
            return Optional.empty();
        }
        Optional<String> blob = info.arguments().flatMap(RunnerProcesses::blob);
        if (blob.isEmpty() || info.startInstant().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Runner(
                process.pid(),
                process.parent().map(ProcessHandle::pid).orElse(0L),
                blob.get(),
                info.startInstant().get().plus(CLOCK_ERROR),
                info.totalCpuDuration().orElse(Duration.ZERO)));
    }

    private static boolean isServer(String command) {
        String name = command.substring(Math.max(command.lastIndexOf('/'), command.lastIndexOf('\\')) + 1);
        return name.startsWith("ollama") || name.startsWith("llama-server");
    }

    private static Optional<String> blob(String[] arguments) {
        int model = Arrays.asList(arguments).indexOf("--model");
        if (model < 0 || model + 1 >= arguments.length) {
            return Optional.empty();
        }
        String path = arguments[model + 1];
        return Optional.of(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
    }
}
