package dev.kansoku.ui.common;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/** Numbers as people read them: at most three significant digits, with their unit. */
public final class Figures {

    private static final MathContext TWO = new MathContext(2, RoundingMode.HALF_UP);
    private static final MathContext THREE = new MathContext(3, RoundingMode.HALF_UP);
    private static final String[] BYTES = {"B", "kB", "MB", "GB", "TB"};

    private final Words words;

    private final DateTimeFormatter timeOfDay;

    public Figures(Words words) {
        this.words = words;
        timeOfDay = DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM)
                .withLocale(words.locale())
                .withZone(ZoneId.systemDefault());
    }

    /** 2:32:07 PM, 14:32:07. */
    public String timeOfDay(Instant instant) {
        return timeOfDay.format(instant);
    }

    /** 0.4 ms, 940 ms, 7.2 s, 22.1 s, 3:05 min. */
    public String duration(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 995) {
            return words.get("unit.milliseconds", number(millis, TWO));
        }
        double seconds = millis / 1000;
        return seconds < 99.95
                ? words.get("unit.seconds", tenths(seconds))
                : words.get("unit.minutes", clock(duration));
    }

    /** 4:12, 1:02:03. */
    public String clock(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 3600
                ? String.format(words.locale(), "%d:%02d", seconds / 60, seconds % 60)
                : String.format(words.locale(), "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** For what counts up before one's eyes: a steady number of digits, 0.4 s, 12.3 s, 3:05. */
    public String elapsed(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return seconds < 59.95
                ? words.get("unit.seconds", tenths(seconds))
                : clock(Duration.ofMillis(Math.round(1000 * seconds + 50)));
    }

    private String tenths(double seconds) {
        return String.format(words.locale(), "%.1f", seconds);
    }

    /** 638 MB, 1.6 GB; decimal units. */
    public String bytes(double bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 999.5 && unit < BYTES.length - 1) {
            value /= 1000;
            unit++;
        }
        String number = unit == 0 ? count(Math.round(value)) : number(value, value < 9.95 ? TWO : THREE);
        return number + "\u00A0" + BYTES[unit];
    }

    public String count(long count) {
        return NumberFormat.getIntegerInstance(words.locale()).format(count);
    }

    /** 63 %, 4.2 %, <0.1 %. */
    public String share(double share) {
        double percent = 100 * share;
        String number = percent > 0 && percent < 0.05 ? "<" + tenths(0.1) : tenths(percent);
        return words.get("unit.percent", percent < 9.95 ? number : count(Math.round(percent)));
    }

    /** 14.2, 8.1, 120. */
    public String rate(double perSecond) {
        return number(perSecond, perSecond < 9.95 ? TWO : THREE);
    }

    /** For an axis: 500 ms, 2.5 s, 20 s, 100 s. */
    public String seconds(double seconds) {
        return seconds < 0.995
                ? duration(Duration.ofMillis(Math.round(1000 * seconds)))
                : words.get("unit.seconds", mark(seconds));
    }

    /** For an axis: 10, 2.5. */
    public String mark(double value) {
        NumberFormat format = NumberFormat.getNumberInstance(words.locale());
        format.setMaximumFractionDigits(2);
        return format.format(value);
    }

    private String number(double value, MathContext precision) {
        if (value <= 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(precision);
        NumberFormat format = NumberFormat.getNumberInstance(words.locale());
        int digits = Math.max(0, precision.getPrecision() - 1 - exponent(rounded));
        format.setMinimumFractionDigits(Math.min(1, digits));
        format.setMaximumFractionDigits(Math.min(2, digits));
        if (rounded.compareTo(BigDecimal.ONE) < 0) {
            format.setMinimumFractionDigits(0);
        }
        return format.format(rounded);
    }

    private static int exponent(BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }
}
