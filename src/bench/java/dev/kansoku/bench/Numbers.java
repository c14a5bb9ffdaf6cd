package dev.kansoku.bench;

import java.util.Locale;
import java.util.function.DoubleFunction;

/** Numbers as the document has them: with three digits that mean something. */
final class Numbers {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEBIBYTE = 1024 * 1024;

    private Numbers() {}

    static String digits(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    static String millis(double nanos) {
        return digits(nanos / NANOS_PER_MILLI) + " ms";
    }

    static String millis(Interval nanos) {
        return with(nanos.dividedBy(NANOS_PER_MILLI), Numbers::digits, " ms");
    }

    static String percent(Interval share) {
        return with(share.dividedBy(0.01), Numbers::digits, " %");
    }

    static String seconds(Interval nanos) {
        return with(nanos.dividedBy(1e9), Numbers::digits, " s");
    }

    static String ratio(Interval ratio) {
        return with(ratio, value -> String.format(Locale.ROOT, "%.4f", value), "");
    }

    static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MiB", bytes / MEBIBYTE);
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String with(Interval value, DoubleFunction<String> digits, String unit) {
        return digits.apply(value.estimate()) + unit + " (" + digits.apply(value.low()) + " to "
                + digits.apply(value.high()) + ")";
    }
}
