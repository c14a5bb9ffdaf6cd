package dev.kansoku.measure;

/** The last values of something that changes over time: a ring of fixed size, so an endless session costs no more. */
public final class Series {

    private final long[] times;
    private final double[] values;
    private int start;
    private int size;
    private long added;

    public Series(int capacity) {
        times = new long[capacity];
        values = new double[capacity];
    }

    /**
     * Adds a value, and forgets the oldest if the ring is full. One from before the value added last means that the clock
     * went back: as nothing can be put in order then, all earlier ones are forgotten.
     *
     * @param nanos {@link System#nanoTime()}
     * @param value {@link Double#NaN} for a gap
     */
    public void add(long nanos, double value) {
        if (size > 0 && nanos - nanos(size - 1) < 0) {
            size = 0;
        }
        int end = (start + size) % times.length;
        times[end] = nanos;
        values[end] = value;
        added++;
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

    /** How many values were ever added; the newest one is number {@code added() - 1}, counted from 0. */
    public long added() {
        return added;
    }

    /** The index of the first value not older than {@code nanos}; {@link #size()} if all are. */
    public int firstFrom(long nanos) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (nanos(middle) - nanos < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The largest of the values from one index up to, but without, another; 0 if there is none above it. */
    public double max(int from, int to) {
        double max = 0;
        for (int i = from; i < to; i++) {
            if (value(i) > max) {
                max = value(i);
            }
        }
        return max;
    }
}
