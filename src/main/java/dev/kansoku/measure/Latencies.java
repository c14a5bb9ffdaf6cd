package dev.kansoku.measure;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** How long answers took, as percentiles; its memory does not grow with their number. Not safe for several threads. */
public final class Latencies {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int DIGITS = 3;

    private final Histogram millis = new Histogram(LONGEST.toMillis(), DIGITS);

    /** A longer one than a day counts as a day. */
    public void add(Duration latency) {
        millis.recordValue(Math.clamp(latency.toMillis(), 0, LONGEST.toMillis()));
    }

    public long count() {
        return millis.getTotalCount();
    }

    /**
     * So many of the answers took no longer, within a thousandth; zero without any.
     *
     * @param percent 0 to 100
     */
    public Duration percentile(double percent) {
        return Duration.ofMillis(millis.getValueAtPercentile(percent));
    }
}
