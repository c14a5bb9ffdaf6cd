package dev.kansoku.bench.telemetry;

import dev.kansoku.bench.masker.Sort;
import dev.kansoku.bench.window.Orders;
import dev.kansoku.bench.window.ProcessFigures;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Tells of turns, as it is told (see {@link Orders}), and says what that cost. */
public final class TelemetryMain {

    /** In UTF-16 units: of the prompt, and of the reply. */
    private static final int LENGTH = 10_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private TelemetryMain() {}

    /** Begins to send to the endpoint that is the one argument, and obeys until standard input ends. */
    public static void main(String... arguments) throws IOException {
        Orders.obey(() -> {
            var masker = new Masker("US");
            var workstation = Workstation.start(
                    Path.of(Objects.requireNonNull(System.getenv("KANSOKU_HOME"))), arguments[0], masker);
            return (order, argument) -> {
                String[] words = argument.split(" ", -1);
                String text = Sort.valueOf(words[0]).text(LENGTH);
                int times = Integer.parseInt(words[1]);
                return switch (order) {
                    case "turns" -> costs(workstation, () -> workstation.ended(text), times, apart(words[2]));
                    case "metrics" -> costs(workstation, () -> workstation.untold(text), times, apart(words[2]));
                    case "mask" -> mask(masker, text, times);
                    default -> throw new IllegalArgumentException(order);
                };
            };
        });
    }

    private static Duration apart(String millis) {
        return Duration.ofMillis(Long.parseLong(millis));
    }

    /** Begins when it was quiet for as long as there is from one turn to the next. */
    private static List<TurnCost> costs(
            Workstation workstation, Supplier<Workstation.EndedTurn> turns, int times, Duration apart) {
        var costs = new ArrayList<TurnCost>();
        pause(apart);
        for (int i = 0; i < times; i++) {
            costs.add(cost(workstation, turns.get(), apart));
        }
        return costs;
    }

    private static TurnCost cost(Workstation workstation, Workstation.EndedTurn turn, Duration apart) {
        Instant begin = Instant.now();
        var threads = new HashMap<String, Long>();
        ProcessFigures.threads().forEach((name, nanos) -> threads.put(name, -nanos));
        long cpu = THREADS.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        workstation.tell(turn);
        long callerWall = System.nanoTime() - wall;
        long callerCpu = THREADS.getCurrentThreadCpuTime() - cpu;
        pause(apart);
        ProcessFigures.threads().forEach((name, nanos) -> threads.merge(name, nanos, Long::sum));
        return new TurnCost(callerCpu, callerWall, threads, workstation.sentSince(begin));
    }

    /** Processor time for a prompt and a reply, each time. */
    private static long[] mask(Masker masker, String text, int times) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long cpu = THREADS.getCurrentThreadCpuTime();
            for (String part : List.of(text, text)) {
                if (masker.mask(part, TextLevel.MASKED).failed()) {
                    throw new IllegalStateException("The masker failed.");
                }
            }
            nanos[i] = THREADS.getCurrentThreadCpuTime() - cpu;
        }
        return nanos;
    }

    /** The other threads work meanwhile. */
    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
