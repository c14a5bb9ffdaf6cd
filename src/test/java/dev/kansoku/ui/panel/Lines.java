package dev.kansoku.ui.panel;

import dev.kansoku.measure.Series;
import java.time.Duration;

/** Lines for tests. */
final class Lines {

    private Lines() {}

    static ChartLine line(Series series, LineStyle style) {
        return new ChartLine("Machine", "machine", series, Duration.ofSeconds(1), style, style == LineStyle.SOLID);
    }

    /** One value a second, the first at {@code fromSecond}. */
    static Series series(int capacity, int fromSecond, double... values) {
        var series = new Series(capacity);
        for (int i = 0; i < values.length; i++) {
            series.add(seconds(fromSecond + i), values[i]);
        }
        return series;
    }

    static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }
}
