package dev.kansoku.measure;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.measure.Machine.Counters;
import dev.kansoku.measure.Machine.ProcessCounters;
import dev.kansoku.measure.OllamaProcesses.Runner;
import dev.kansoku.measure.OllamaProcesses.Running;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes samples of counters: each is about the time since the one before. For one thread. */
final class Meter {

    private static final Logger LOG = LoggerFactory.getLogger(Meter.class);

    /** Processor time comes in steps of up to 16 ms: a process may seem to have used more cores than there are. */
    private static final double CORES_TOLERANCE = 0.5;

    /** Bytes a second to and from swap that no hardware reaches. */
    private static final double MOST_SWAPPING = 1e12;

    private record Used(ProcessCounters process, Growth cpu) {

        Used(ProcessCounters process) {
            this(process, new Growth(process.nanos(), process.cpu().toNanos() / 1e9));
        }
    }

    private final Machine machine;
    private final OllamaProcesses processes;
    private final Supplier<ModelSnapshot> models;
    private final Supplier<Sample.@Nullable Gpu> gpu;
    private final FrameTimes frames;
    private final long ownPid = ProcessHandle.current().pid();

    private @Nullable Counters last;
    private long lastNanos;
    private @Nullable Growth lastSwapped;

    /** By number: what the processes of the sample before had used. */
    private Map<Long, Used> used = new HashMap<>();

    private boolean failureTold;

    Meter(
            Machine machine,
            OllamaProcesses processes,
            Supplier<ModelSnapshot> models,
            Supplier<Sample.@Nullable Gpu> gpu,
            FrameTimes frames) {
        this.machine = machine;
        this.processes = processes;
        this.models = models;
        this.gpu = gpu;
        this.frames = frames;
    }

    /** How many processes it remembers. */
    int remembered() {
        return used.size();
    }

    Sample read() {
        long nanos = machine.nanos();
        Counters now = machine.counters();
        Running running = running();
        var next = new HashMap<Long, Used>();
        @Nullable Usage server = running.server() == null ? null : usage(running.server(), now.cores(), next);
        var runners = new HashMap<String, Usage>();
        var startedAt = new HashMap<String, Instant>();
        for (Runner runner : running.runners()) {
            Usage usage = usage(runner.process(), now.cores(), next);
            Instant started = runner.process().startedAt();
            @Nullable Instant other = startedAt.get(runner.blob());
            if (other == null || started.isAfter(other)) {
                startedAt.put(runner.blob(), started);
                runners.put(runner.blob(), usage);
            }
        }
        Usage self = machine.process(ownPid)
                .map(own -> usage(own, now.cores(), next))
                .orElse(Usage.UNKNOWN);
        @Nullable Growth swapped = now.swapped() == null ? null : new Growth(nanos, now.swapped());
        boolean memoryKnown =
                now.memoryTotal() > 0 && now.memoryAvailable() >= 0 && now.memoryAvailable() <= now.memoryTotal();
        var sample = new Sample(
                nanos,
                busy(now, nanos),
                now.cores(),
                now.physicalCores() > 0 && now.physicalCores() <= now.cores() ? now.physicalCores() : null,
                memoryKnown ? now.memoryTotal() - now.memoryAvailable() : null,
                memoryKnown ? now.memoryTotal() : null,
                now.swapUsed() < 0 ? null : now.swapUsed(),
                swapped == null ? null : swapped.since(lastSwapped, MOST_SWAPPING),
                server,
                runners,
                self,
                gpu.get(),
                frames.takeLongest());
        last = now;
        lastNanos = nanos;
        lastSwapped = swapped;
        used = next;
        return sample;
    }

    /** Where the processes cannot be looked through there are still the figures of the machine. */
    private Running running() {
        try {
            return processes.look(models.get());
        } catch (RuntimeException e) {
            if (!failureTold) {
                failureTold = true;
                LOG.warn("The processes of this machine cannot be read", e);
            }
            return Running.NOTHING;
        }
    }

    private Usage usage(ProcessCounters process, int cores, Map<Long, Used> next) {
        var now = new Used(process);
        next.put(process.pid(), now);
        @Nullable Used earlier = used.get(process.pid());
        @Nullable Growth since = earlier != null && process.is(earlier.process()) ? earlier.cpu() : null;
        return new Usage(
                now.cpu().since(since, cores + CORES_TOLERANCE), process.memory() > 0 ? process.memory() : null);
    }

    private @Nullable Double busy(Counters now, long nanos) {
        @Nullable Counters before = last;
        if (before == null || nanos - lastNanos > Growth.LONGEST.toNanos()) {
            return null;
        }
        double all = (double) now.allTicks() - before.allTicks();
        double busy = (double) now.busyTicks() - before.busyTicks();
        return all > 0 && busy >= 0 && busy <= all ? busy / all : null;
    }
}
