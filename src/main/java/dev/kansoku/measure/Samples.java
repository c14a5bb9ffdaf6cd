package dev.kansoku.measure;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The samples of the last 15 minutes. Safe for several threads. */
public final class Samples {

    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final int MOST = 1000;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Adds one, and forgets those that are too old. */
    public synchronized void add(Sample sample) {
        if (!samples.isEmpty() && sample.nanos() - samples.getLast().nanos() < 0) {
            // The clock went back: what was before cannot be put in order with what comes now.
            samples.clear();
        }
        samples.addLast(sample);
        while (samples.size() > MOST || sample.nanos() - samples.getFirst().nanos() > KEPT.toNanos()) {
            samples.removeFirst();
        }
    }

    /** Oldest first. */
    public synchronized List<Sample> all() {
        return List.copyOf(samples);
    }

    /**
     * Those taken in a time, oldest first.
     *
     * @param from {@link System#nanoTime()}
     * @param to {@link System#nanoTime()}
     */
    public synchronized List<Sample> between(long from, long to) {
        return samples.stream()
                .filter(sample -> sample.nanos() - from >= 0 && sample.nanos() - to <= 0)
                .toList();
    }

    public synchronized Optional<Sample> latest() {
        return Optional.ofNullable(samples.peekLast());
    }
}
