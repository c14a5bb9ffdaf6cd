package dev.kansoku.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a model stays in memory after a request, as Ollama reads it (api/types.go, Duration). */
final class KeepAlive {

    /** The longest that Go knows, about 292 years. */
    static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern DURATION = Pattern.compile("([+-]?)(0|(?:" + PART + ")+)");

    /** A duration of Go's that means something is shorter; a longer text would only keep the pattern busy. */
    private static final int MOST_LETTERS = 64;

    private KeepAlive() {}

    /**
     * A number of seconds, or a duration as Go writes it ({@code 1h30m}, {@code 300000000000ns}); negative is for ever.
     *
     * @return {@code null} if nothing was said
     */
    static @Nullable Duration of(JsonNode json) throws Refusal {
        if (json.isMissingNode() || json.isNull()) {
            return null;
        }
        double nanos = json.isNumber() ? json.doubleValue() * 1e9 : goNanos(json.asText());
        return nanos < 0 || nanos >= Long.MAX_VALUE ? FOREVER : Duration.ofNanos((long) nanos);
    }

    private static double goNanos(String text) throws Refusal {
        Matcher duration = DURATION.matcher(text);
        if (text.length() > MOST_LETTERS || !duration.matches()) {
            throw new Refusal(400, "time: invalid duration in keep_alive");
        }
        double nanos = PART.matcher(duration.group(2))
                .results()
                .mapToDouble(part -> Double.parseDouble(part.group(1)) * unitNanos(part.group(2)))
                .sum();
        return duration.group(1).equals("-") ? -nanos : nanos;
    }

    private static double unitNanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> 1e3;
        };
    }
}
