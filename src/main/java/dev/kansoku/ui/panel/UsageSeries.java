package dev.kansoku.ui.panel;

import dev.kansoku.measure.Sample;
import dev.kansoku.measure.Series;
import dev.kansoku.measure.Usage;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Processor and memory over the last hour: the machine's, Ollama's with its runners, ours. */
public final class UsageSeries {

    /** One sample a second for as long as the longest span. */
    private static final int CAPACITY = 60 * 60;

    /** Between two samples of one line. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final Series machineCpu = new Series(CAPACITY);
    private final Series ollamaCpu = new Series(CAPACITY);
    private final Series ownCpu = new Series(CAPACITY);
    private final Series machineMemory = new Series(CAPACITY);
    private final Series ollamaMemory = new Series(CAPACITY);
    private final Series ownMemory = new Series(CAPACITY);
    private final List<Series> all = List.of(machineCpu, ollamaCpu, ownCpu, machineMemory, ollamaMemory, ownMemory);

    /** Shares of all cores, 0 to 1. */
    Series machineCpu() {
        return machineCpu;
    }

    Series ollamaCpu() {
        return ollamaCpu;
    }

    Series ownCpu() {
        return ownCpu;
    }

    /** In bytes. */
    Series machineMemory() {
        return machineMemory;
    }

    Series ollamaMemory() {
        return ollamaMemory;
    }

    Series ownMemory() {
        return ownMemory;
    }

    void add(Sample sample) {
        if (machineCpu.size() > 0) {
            long last = machineCpu.nanos(machineCpu.size() - 1);
            if (sample.nanos() - last > LONGEST.toNanos()) {
                // Nobody looked in between, so nothing is known of it.
                all.forEach(series -> series.add(last + 1, Double.NaN));
            }
        }
        machineCpu.add(sample.nanos(), orGap(sample.cpu()));
        ollamaCpu.add(sample.nanos(), ollama(sample, Usage::cores) / sample.cores());
        ownCpu.add(sample.nanos(), orGap(sample.self().cores()) / sample.cores());
        machineMemory.add(sample.nanos(), orGap(sample.memoryUsed()));
        ollamaMemory.add(sample.nanos(), ollama(sample, Usage::memory));
        ownMemory.add(sample.nanos(), orGap(sample.self().memory()));
    }

    private static double ollama(Sample sample, Function<Usage, @Nullable Number> figure) {
        @Nullable Usage server = sample.server();
        if (server == null) {
            return Double.NaN;
        }
        return Stream.concat(Stream.of(server), sample.runners().values().stream())
                .mapToDouble(usage -> orGap(figure.apply(usage)))
                .sum();
    }

    private static double orGap(@Nullable Number value) {
        return value == null ? Double.NaN : value.doubleValue();
    }
}
