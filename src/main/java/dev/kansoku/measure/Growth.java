package dev.kansoku.measure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A counter that grows, at one moment, and how fast it grew since an earlier one.
 *
 * @param nanos {@link Machine#nanos()}
 * @param count in any unit
 */
record Growth(long nanos, double count) {

    /** After a longer pause nobody wants to know the mean over it. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /**
     * Growth a second.
     *
     * @param most that can be
     * @return {@code null} if there is no earlier one, it was too long ago, or the two make no sense: a clock or a
     *     counter that went back, or one that leapt
     */
    @Nullable
    Double since(@Nullable Growth earlier, double most) {
        if (earlier == null) {
            return null;
        }
        long elapsed = nanos - earlier.nanos;
        double grown = count - earlier.count;
        if (elapsed <= 0 || elapsed > LONGEST.toNanos() || grown < 0) {
            return null;
        }
        double rate = grown * Duration.ofSeconds(1).toNanos() / elapsed;
        return rate <= most ? rate : null;
    }
}
