package dev.kansoku.bench;

import java.util.Arrays;
import java.util.Random;

/** Of values in any order, which stay as they are. */
final class Statistics {

    private static final int RESAMPLES = 10_000;
    private static final double TAIL = 2.5;

    /** Always the same, so that the same values always give the same interval. */
    private static final long SEED = 20261122;

    private Statistics() {}

    static double median(double[] values) {
        return percentile(values, 50);
    }

    /** With linear interpolation between neighbours (Hyndman and Fan's type 7); 100 is the largest. */
    static double percentile(double[] values, double percent) {
        if (values.length == 0) {
            throw new IllegalArgumentException("Nothing was measured.");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = percent / 100 * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /** The median with its interval by the percentile bootstrap. */
    static Interval medianOf(double[] values) {
        var random = new Random(SEED);
        double[] medians = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            medians[i] = median(resample(values, random));
        }
        return interval(median(values), medians);
    }

    /** How many times the median of one lot the median of another one is. */
    static Interval ratioOfMedians(double[] values, double[] others) {
        var random = new Random(SEED);
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            ratios[i] = median(resample(values, random)) / median(resample(others, random));
        }
        return interval(median(values) / median(others), ratios);
    }

    private static double[] resample(double[] values, Random random) {
        double[] drawn = new double[values.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = values[random.nextInt(values.length)];
        }
        return drawn;
    }

    private static Interval interval(double estimate, double[] resampled) {
        return new Interval(estimate, percentile(resampled, TAIL), percentile(resampled, 100 - TAIL));
    }
}
