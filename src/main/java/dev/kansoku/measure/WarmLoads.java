package dev.kansoku.measure;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** How long {@code load_duration} is for each model when it is in memory already; learnt from warm turns. */
final class WarmLoads {

    private static final int REMEMBERED = 31;
    private static final Duration FLOOR = Duration.ofMillis(250);
    private static final int FACTOR = 5;

    private final Map<String, Deque<Duration>> byDigest = new HashMap<>();

    synchronized void learn(String digest, Duration load) {
        Deque<Duration> known = byDigest.computeIfAbsent(digest, d -> new ArrayDeque<>());
        known.addLast(load);
        if (known.size() > REMEMBERED) {
            known.removeFirst();
        }
    }

    /** A longer load than this is not a warm one: max(250 ms, 5 × the model's warm median). */
    synchronized Duration threshold(String digest) {
        Deque<Duration> known = byDigest.get(digest);
        if (known == null) {
            return FLOOR;
        }
        Duration median =
                known.stream().sorted().skip(known.size() / 2).findFirst().orElse(Duration.ZERO);
        Duration limit = median.multipliedBy(FACTOR);
        return limit.compareTo(FLOOR) > 0 ? limit : FLOOR;
    }
}
