package dev.kansoku.ui.panel;

import dev.kansoku.measure.Series;
import java.time.Duration;
import java.util.Arrays;

/**
 * One line of a chart.
 *
 * @param name what it is called, in the user's language
 * @param column what it is called in a file, the same in every language
 * @param series as long as the longest {@link TimeSpan}; {@link Double#NaN} interrupts the line
 * @param every how far apart two of its values usually are
 * @param filled whether the area below it is tinted
 */
public record ChartLine(String name, String column, Series series, Duration every, LineStyle style, boolean filled) {

    /** A value farther away than so many samples says nothing of a moment. */
    private static final int NEAR = 2;

    /**
     * The lowest, the median, and the highest value of a stretch of time; {@link Double#NaN} if there was none.
     */
    public record Summary(double min, double median, double max) {}

    /** The value nearest to a moment; {@link Double#NaN} if there is none near, or the line is interrupted there. */
    double near(long nanos, long rightNanos) {
        int next = Math.min(series.firstFrom(nanos), endAt(rightNanos));
        int nearest = next - 1;
        if (next < endAt(rightNanos) && (nearest < 0 || series.nanos(next) - nanos < nanos - series.nanos(nearest))) {
            nearest = next;
        }
        boolean isNear = nearest >= 0 && Math.abs(series.nanos(nearest) - nanos) <= NEAR * every.toNanos();
        return isNear ? series.value(nearest) : Double.NaN;
    }

    Summary summary(long leftNanos, long rightNanos) {
        double[] values = new double[series.size()];
        int count = 0;
        for (int i = series.firstFrom(leftNanos); i < endAt(rightNanos); i++) {
            if (!Double.isNaN(series.value(i))) {
                values[count++] = series.value(i);
            }
        }
        if (count == 0) {
            return new Summary(Double.NaN, Double.NaN, Double.NaN);
        }
        Arrays.sort(values, 0, count);
        double median = (values[(count - 1) / 2] + values[count / 2]) / 2;
        return new Summary(values[0], median, values[count - 1]);
    }

    double max(long leftNanos, long rightNanos) {
        return series.max(series.firstFrom(leftNanos), endAt(rightNanos));
    }

    /** The index behind the last value that is not newer. */
    int endAt(long nanos) {
        return series.firstFrom(nanos + 1);
    }
}
