package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.LiveOllama.OTHER_MODEL;
import static dev.kansoku.live.Program.tokens;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kansoku.chat.Turn;
import dev.kansoku.measure.LocalMachine;
import dev.kansoku.measure.OllamaProcesses;
import dev.kansoku.measure.Sample;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.measure.TurnResources;
import dev.kansoku.measure.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is sampled of a real Ollama and its runners, against what the kernel counts of them. */
@EnabledOnOs(OS.LINUX)
class LiveSamplerTest extends LiveProgramTest {

    private static final double TICKS_PER_SECOND = 100;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(10);

    /** What the kernel counts of a process: {@code utime} and {@code stime} in seconds, {@code VmRSS} in bytes. */
    private record Kernel(double cpuSeconds, long memory) {

        static Kernel of(long pid) {
            try {
                String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
                // Behind the name in parentheses come the state and the fields from 4 on.
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
                long kibibytes = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow();
                return new Kernel(ticks / TICKS_PER_SECOND, kibibytes * 1024);
            } catch (IOException e) {
                throw new IllegalStateException("Process " + pid + " is gone", e);
            }
        }
    }

    @Test
    void theBusyRunnerIsToldFromTheIdleOneAndBothAgreeWithTheKernel() {
        program.ask(OTHER_MODEL, tokens(5), PROMPT);
        program.ask(MODEL, tokens(5), PROMPT);
        String busy = blob(program, MODEL);
        String idle = blob(program, OTHER_MODEL);
        long busyPid = pid(busy);
        var kernel = new ConcurrentHashMap<Long, Kernel>();
        var watched = new AtomicBoolean(true);
        program.sampler().onSample(sample -> {
            if (watched.get()) {
                kernel.put(sample.nanos(), Kernel.of(busyPid));
            }
        });
        Program.awaitThat(
                "both are seen",
                Program.LONG,
                () -> latest(program).runners().keySet().containsAll(List.of(busy, idle)));

        TurnMeasurement measured = writeFor(LONG_ENOUGH);
        watched.set(false);

        List<Sample> samples = program.sampler().samples().all().stream()
                .filter(sample -> kernel.containsKey(sample.nanos()))
                .toList();
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        assertThat(samples.size()).isGreaterThanOrEqualTo(10);
        double counted =
                kernel(kernel, last).cpuSeconds() - kernel(kernel, first).cpuSeconds();
        double seconds = Duration.ofNanos(last.nanos() - first.nanos()).toNanos() / 1e9;
        System.out.printf(
                "%d samples in %.2f s: busy %.3f s (kernel %.3f s), idle %.3f s, server %.3f s, self %.3f s%n",
                samples.size(),
                seconds,
                cpuSeconds(samples, busy),
                counted,
                cpuSeconds(samples, idle),
                cpuSeconds(samples, null),
                selfSeconds(samples));
        assertThat(counted).as("what the kernel counted").isGreaterThan(1);
        assertThat(cpuSeconds(samples, busy)).isCloseTo(counted, withinPercentage(5));
        assertThat(cpuSeconds(samples, idle)).isLessThan(0.02 * seconds);
        assertThat(memory(last, busy)).isCloseTo(kernel(kernel, last).memory(), withinPercentage(5));
        assertThat(memory(last, idle)).isCloseTo(Kernel.of(pid(idle)).memory(), withinPercentage(5));

        TurnResources resources = requireNonNull(measured.resources());
        System.out.println(resources);
        assertThat(requireNonNull(resources.ollamaCores())).isBetween(0.1, 1.5);
        assertThat(requireNonNull(resources.cpu())).isBetween(0.1, 1.0);
        assertThat(requireNonNull(resources.gpuShare())).isZero();
    }

    @Test
    void withTwoServersThatRunTheSameEachHasItsOwnRunner() {
        try (LiveOllama second = LiveOllama.start();
                Program other = Program.at(second)) {
            program.ask(MODEL, tokens(5), PROMPT);
            other.ask(MODEL, tokens(5), PROMPT);
            assertThat(blob(program, MODEL)).isEqualTo(blob(other, MODEL));

            var processes = new OllamaProcesses(new LocalMachine());
            for (var pair : Map.of(ollama, program, second, other).entrySet()) {
                OllamaProcesses.Running running =
                        processes.look(pair.getValue().models().latest());

                assertThat(requireNonNull(running.server()).pid())
                        .isEqualTo(pair.getKey().pid());
                assertThat(running.runners())
                        .singleElement()
                        .satisfies(runner -> assertThat(runner.process().pid())
                                .isEqualTo(pair.getKey().runners().getFirst().pid()));
            }
        }
    }

    /** Turns, one after the other, until it has written long enough; the last one is returned. */
    private TurnMeasurement writeFor(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        TurnMeasurement last;
        do {
            Turn turn = program.send(MODEL, tokens(400), PROMPT);
            last = program.measured(turn);
        } while (System.nanoTime() - until < 0);
        return last;
    }

    private long pid(String blob) {
        return ollama.runners().stream()
                .filter(runner -> String.join(" ", runner.info().arguments().orElseThrow())
                        .contains(blob))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private static Kernel kernel(Map<Long, Kernel> kernel, Sample sample) {
        return requireNonNull(kernel.get(sample.nanos()));
    }

    private static String blob(Program program, String model) {
        Program.awaitThat(
                "the weights of " + model,
                Program.LONG,
                () -> program.models().latest().blob(model).isPresent());
        return program.models().latest().blob(model).orElseThrow();
    }

    private static Sample latest(Program program) {
        Program.awaitThat(
                "a sample",
                Program.LONG,
                () -> program.sampler().samples().latest().isPresent());
        return program.sampler().samples().latest().orElseThrow();
    }

    private static long memory(Sample sample, String blob) {
        return requireNonNull(requireNonNull(sample.runners().get(blob)).memory());
    }

    /** All but the first are about the time since the one before; of the server if no runner is named. */
    private static double cpuSeconds(List<Sample> samples, @Nullable String blob) {
        double sum = 0;
        for (int i = 1; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            Usage usage = requireNonNull(
                    blob == null ? sample.server() : sample.runners().get(blob));
            sum += requireNonNull(usage.cores())
                    * (sample.nanos() - samples.get(i - 1).nanos())
                    / 1e9;
        }
        return sum;
    }

    private static double selfSeconds(List<Sample> samples) {
        double sum = 0;
        for (int i = 1; i < samples.size(); i++) {
            sum += requireNonNull(samples.get(i).self().cores())
                    * (samples.get(i).nanos() - samples.get(i - 1).nanos())
                    / 1e9;
        }
        return sum;
    }
}
