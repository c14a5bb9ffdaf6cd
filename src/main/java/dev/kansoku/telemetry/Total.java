package dev.kansoku.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * What this installation has counted since it was installed.
 *
 * @param announced whether the Collector has acknowledged this series with a 0: one that it first hears of at 1 has no
 *     increase for Prometheus
 */
record Total(Series series, long value, boolean announced) {

    /**
     * What is counted.
     *
     * @param metric name of the counter
     * @param model label of the model, see {@link ModelLabels}
     * @param kind what else tells two series of the counter apart; {@code null}: nothing
     */
    record Series(String metric, String model, @Nullable String kind) {}

    Total plus(long more) {
        return new Total(series, value + more, announced);
    }

    Total withAnnounced() {
        return new Total(series, value, true);
    }

    /** What is told: the first increments are held back until the 0 before them has arrived. */
    long told() {
        return announced ? value : 0;
    }
}
