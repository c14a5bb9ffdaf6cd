package dev.kansoku.measure;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a turn was slow: its biggest segment and, where a signal names it, what limited that.
 *
 * @param biggest the longest segment; of equals the first
 * @param share of the wall time, 0 to 1
 * @param second the longest of the others, if it is at least a third of the biggest
 * @param limit {@code null} if no signal names one, or more than one does
 * @param promptTokens tokens of the prompt that were read and not in the cache; {@code null} if that is not known
 * @param answerTokens tokens written; {@code null} together with {@code tokensPerSecond}
 * @param tokensPerSecond decode speed; {@code null} if the server said none, or said what cannot be
 */
public record Diagnosis(
        Segment biggest,
        double share,
        @Nullable Segment second,
        @Nullable Limit limit,
        @Nullable Long promptTokens,
        @Nullable Long answerTokens,
        @Nullable Double tokensPerSecond) {

    /** From here on one notices that one waits (Nielsen, Usability Engineering, 1993: flow of thought breaks at 1 s). */
    private static final Duration SLOW_FIRST_TOKEN = Duration.ofSeconds(1);

    private static final Duration SLOW_WALL = Duration.ofSeconds(2);

    /** A second segment of less than this part of the biggest explains little. */
    private static final int WORTH_MENTION = 3;

    /**
     * The diagnosis of a turn that is worth one: its first token came after 1 s or later, or it took 2 s or longer as a
     * whole. None of a failed one, whose error says more; of a stopped or incomplete one, or where the server's figures
     * do not fit, only what the client saw.
     */
    public static Optional<Diagnosis> of(TurnMeasurement measurement) {
        if (measurement.outcome() == Outcome.ERROR || !isSlow(measurement)) {
            return Optional.empty();
        }
        @Nullable Segment biggest = longest(measurement.segments(), null);
        return biggest == null ? Optional.empty() : Optional.of(of(measurement, biggest));
    }

    private static Diagnosis of(TurnMeasurement measurement, Segment biggest) {
        Segments segments = measurement.segments();
        @Nullable Segment second = longest(segments, biggest);
        boolean isWorthMention =
                second != null && second.duration().multipliedBy(WORTH_MENTION).compareTo(biggest.duration()) >= 0;
        @Nullable Double speed = TokenCounts.speed(measurement);
        return new Diagnosis(
                biggest,
                share(biggest.duration(), segments.wall()),
                isWorthMention ? second : null,
                LimitRules.limit(measurement, biggest.kind()),
                TokenCounts.promptRead(measurement),
                speed == null ? null : TokenCounts.written(measurement),
                speed);
    }

    /** The one thing to try, if there is one. */
    public @Nullable Advice advice() {
        return limit == null ? null : limit.advice();
    }

    private static boolean isSlow(TurnMeasurement measurement) {
        @Nullable Duration first = measurement.timeToFirstToken();
        return measurement.segments().wall().compareTo(SLOW_WALL) >= 0
                || (first != null && first.compareTo(SLOW_FIRST_TOKEN) >= 0);
    }

    private static @Nullable Segment longest(Segments segments, @Nullable Segment except) {
        @Nullable Segment longest = null;
        for (Segment part : segments.parts()) {
            if (!part.equals(except)
                    && !part.duration().isZero()
                    && (longest == null || part.duration().compareTo(longest.duration()) > 0)) {
                longest = part;
            }
        }
        return longest;
    }

    /** The parts add up to the wall time within 1 ms, so one may be longer by that. */
    private static double share(Duration part, Duration wall) {
        return part.compareTo(wall) >= 0 ? 1 : part.toNanos() / (double) wall.toNanos();
    }
}
