package dev.kansoku.ui.panel;

import java.util.function.DoubleFunction;

/** The values from the bottom, 0, to the top of a chart. */
public final class ValueScale {

    /** A scale shrinks only if the values leave so much room in the smaller one, or it would soon grow again. */
    private static final double ROOM = 1.2;

    private final boolean grows;
    private final double least;
    private final DoubleFunction<String> label;
    private double top;

    private ValueScale(boolean grows, double least, DoubleFunction<String> label) {
        this.grows = grows;
        this.least = least;
        this.label = label;
        top = least;
    }

    /**
     * Always up to the same value.
     *
     * @param label what stands beside the lines of the grid
     */
    public static ValueScale fixed(double top, DoubleFunction<String> label) {
        return new ValueScale(false, top, label);
    }

    /**
     * Up to a round number with room for all values that are shown.
     *
     * @param label what stands beside the lines of the grid
     */
    public static ValueScale growing(double leastTop, DoubleFunction<String> label) {
        return new ValueScale(true, niceTop(leastTop), label);
    }

    String label(double value) {
        return label.apply(value);
    }

    /** The top of the scale, now that this is the largest value shown. */
    double fit(double max) {
        if (grows) {
            double fitting = niceTop(Math.max(least, max));
            boolean hasRoom = niceTop(Math.max(least, max * ROOM)) < top;
            if (fitting > top || hasRoom) {
                top = fitting;
            }
        }
        return top;
    }

    /** 1, 2 or 5 times a power of ten. */
    static double niceTop(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 2, 5}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
