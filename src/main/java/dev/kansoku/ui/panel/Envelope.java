package dev.kansoku.ui.panel;

import dev.kansoku.measure.Series;

/**
 * A line reduced to what columns of pixels can show: of the values within one column the first, the lowest, the highest
 * and the last (Jugel et al., “M4”, VLDB 2014). What it says of a column does not depend on how many others are asked
 * for.
 */
final class Envelope {

    private final long[] times;
    private final double[] values;
    private int size;

    private Envelope(int capacity) {
        times = new long[capacity];
        values = new double[capacity];
    }

    /**
     * From the last value before one column to the first value after another, as far as they are not newer than {@code
     * rightNanos}.
     */
    static Envelope of(Series series, Columns columns, long first, long last, long rightNanos) {
        int from = Math.max(0, series.firstFrom(columns.start(first)) - 1);
        int end = Math.min(series.firstFrom(columns.start(last + 1)) + 1, series.firstFrom(rightNanos + 1));
        var envelope = new Envelope(Math.max(0, end - from));
        int i = from;
        while (i < end) {
            i = Double.isNaN(series.value(i))
                    ? envelope.interrupt(series, i)
                    : envelope.column(series, columns, i, end);
        }
        return envelope;
    }

    private int interrupt(Series series, int index) {
        if (size > 0 && !Double.isNaN(values[size - 1])) {
            add(series, index);
        }
        return index + 1;
    }

    /** Adds the uninterrupted values of one column. */
    private int column(Series series, Columns columns, int from, int end) {
        long until = columns.start(columns.at(series.nanos(from)) + 1);
        int lowest = from;
        int highest = from;
        int next = from + 1;
        while (next < end && series.nanos(next) - until < 0 && !Double.isNaN(series.value(next))) {
            if (series.value(next) < series.value(lowest)) {
                lowest = next;
            }
            if (series.value(next) > series.value(highest)) {
                highest = next;
            }
            next++;
        }
        int earlier = Math.min(lowest, highest);
        int later = Math.max(lowest, highest);
        int last = next - 1;
        add(series, from);
        if (earlier > from) {
            add(series, earlier);
        }
        if (later > earlier) {
            add(series, later);
        }
        if (last > later) {
            add(series, last);
        }
        return next;
    }

    private void add(Series series, int index) {
        times[size] = series.nanos(index);
        values[size] = series.value(index);
        size++;
    }

    int size() {
        return size;
    }

    long nanos(int index) {
        return times[index];
    }

    /** {@link Double#NaN} where the line is interrupted. */
    double value(int index) {
        return values[index];
    }

    boolean isPoint(int index) {
        return index >= 0 && index < size && !Double.isNaN(values[index]);
    }
}
