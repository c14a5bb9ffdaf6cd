package dev.kansoku.measure;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long loads of one model took.
 *
 * @param contextLength in tokens; {@code null} if it is not known
 * @param verdict {@link LoadVerdict#COLD} or {@link LoadVerdict#WARM}
 * @param count of how many loads this is
 */
public record LoadRange(
        String model,
        @Nullable Integer contextLength,
        LoadVerdict verdict,
        Duration least,
        Duration median,
        Duration most,
        int count) {

    /** @param seconds at least one */
    static LoadRange of(String model, @Nullable Integer contextLength, LoadVerdict verdict, List<Double> seconds) {
        return new LoadRange(
                model,
                contextLength,
                verdict,
                duration(Collections.min(seconds)),
                median(seconds),
                duration(Collections.max(seconds)),
                seconds.size());
    }

    /** The upper one of two in the middle. */
    static Duration median(List<Double> seconds) {
        return duration(seconds.stream().sorted().toList().get(seconds.size() / 2));
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
