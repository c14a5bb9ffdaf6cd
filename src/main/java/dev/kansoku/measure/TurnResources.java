package dev.kansoku.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the machine had to give while a turn ran, from the samples between sending and the last byte. For a server on
 * another machine it is still about this one, where the window runs.
 *
 * @param cpu of the machine, mean, 0 to 1 over all cores
 * @param cores logical cores of the machine
 * @param physicalCores of the machine; {@code null} if unknown
 * @param ollamaCores what Ollama's server and the turn's runner used together, mean of the samples that show the runner,
 *     in cores; {@code null} if it was not found
 * @param memoryFree the least that was available, as a share of all, 0 to 1
 * @param swapping bytes a second to and from swap, mean; {@code null} if unknown
 * @param gpuShare how much of the model lies in the memory of a GPU, 0 to 1; {@code null} if the server does not say
 */
public record TurnResources(
        @Nullable Double cpu,
        int cores,
        @Nullable Integer physicalCores,
        @Nullable Double ollamaCores,
        @Nullable Double memoryFree,
        @Nullable Double swapping,
        @Nullable Double gpuShare) {

    /** What the server itself uses beside the threads of its model. */
    private static final double BESIDE = 0.5;

    /**
     * Cores that a model has: the physical ones, for Ollama runs a thread of it on each (discover/types.go,
     * GetOptimalThreadCount); all where those are not known, or where it was asked to run more threads and does.
     */
    public int modelCores() {
        if (physicalCores == null) {
            return cores;
        }
        return ollamaCores != null && ollamaCores > physicalCores + BESIDE ? cores : physicalCores;
    }

    /**
     * Means over a turn.
     *
     * @param during the samples that fell into it
     * @param blob file name of the weights of its model, by which the runner is known
     * @param gpuShare see {@link #gpuShare()}
     * @return {@code null} if no sample fell into it
     */
    static @Nullable TurnResources of(List<Sample> during, @Nullable String blob, @Nullable Double gpuShare) {
        if (during.isEmpty()) {
            return null;
        }
        return new TurnResources(
                mean(during, Sample::cpu),
                during.getLast().cores(),
                during.getLast().physicalCores(),
                blob == null ? null : mean(during, sample -> ollamaCores(sample, blob)),
                least(during),
                mean(during, Sample::swapping),
                gpuShare);
    }

    private static @Nullable Double ollamaCores(Sample sample, String blob) {
        @Nullable Usage runner = sample.runners().get(blob);
        if (runner == null || runner.cores() == null) {
            return null;
        }
        @Nullable Usage server = sample.server();
        return runner.cores() + (server == null || server.cores() == null ? 0 : server.cores());
    }

    private static @Nullable Double least(List<Sample> during) {
        return orNull(known(during, TurnResources::free).stream()
                .mapToDouble(Double::doubleValue)
                .min());
    }

    private static @Nullable Double free(Sample sample) {
        @Nullable Long used = sample.memoryUsed();
        @Nullable Long total = sample.memoryTotal();
        return used == null || total == null ? null : 1 - (double) used / total;
    }

    private static @Nullable Double mean(List<Sample> during, Function<Sample, @Nullable Double> figure) {
        return orNull(
                known(during, figure).stream().mapToDouble(Double::doubleValue).average());
    }

    private static List<Double> known(List<Sample> during, Function<Sample, @Nullable Double> figure) {
        var known = new ArrayList<Double>();
        for (Sample sample : during) {
            @Nullable Double value = figure.apply(sample);
            if (value != null) {
                known.add(value);
            }
        }
        return known;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
