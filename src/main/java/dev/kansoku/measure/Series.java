package dev.kansoku.measure;

/** The last values of something that changes over time: a ring of fixed size, so an endless session costs no more. */
public final class Series {

    private final long[] times;
    private final double[] values;
    private int start;
    private int size;

    public Series(int capacity) {
        times = new long[capacity];
        values = new double[capacity];
    }

    /**
     * Adds a value, and forgets the oldest if the ring is full.
     *
     * @param nanos {@link System#nanoTime()}, not before the one added last
     * @param value {@link Double#NaN} for a gap
     */
    public void add(long nanos, double value) {
        int end = (start + size) % times.length;
        times[end] = nanos;
        values[end] = value;
        if (size < times.length) {
            size++;
        } else {
            start = (start + 1) % times.length;
        }
    }

    public int size() {
        return size;
    }

    /** When a value was added; 0 is the oldest. */
    public long nanos(int index) {
        return times[(start + index) % times.length];
    }

    /** A value; 0 is the oldest. */
    public double value(int index) {
        return values[(start + index) % times.length];
    }

    /** The largest value not older than {@code nanos}, or 0. */
    public double maxSince(long nanos) {
        double max = 0;
        for (int i = size - 1; i >= 0 && nanos(i) - nanos >= 0; i--) {
            if (value(i) > max) {
                max = value(i);
            }
        }
        return max;
    }
}
