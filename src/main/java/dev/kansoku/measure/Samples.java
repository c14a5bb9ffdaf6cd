package dev.kansoku.measure;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The samples of the last 15 minutes. Safe for several threads. */
public final class Samples {

    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final int MOST = 1000;
    private static final Duration MOST_BEFORE = Duration.ofSeconds(2);

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
     * Those taken in a time, oldest first, but for one that is mostly about the time before: a sample tells of all that
     * was since the one before it.
     *
     * @param from {@link System#nanoTime()}
     * @param to {@link System#nanoTime()}
     */
    public synchronized List<Sample> between(long from, long to) {
        var between = new ArrayList<Sample>();
        @Nullable Sample before = null;
        for (Sample sample : samples) {
            boolean isOfEarlier = before != null && from - before.nanos() > MOST_BEFORE.toNanos();
            if (sample.nanos() - from >= 0 && sample.nanos() - to <= 0 && !isOfEarlier) {
                between.add(sample);
            }
            before = sample;
        }
        return between;
    }

    public synchronized Optional<Sample> latest() {
        return Optional.ofNullable(samples.peekLast());
    }
}
