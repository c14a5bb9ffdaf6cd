package dev.kansoku.telemetry.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long nothing is sent after an attempt that failed. Each failure doubles it, an acknowledgement ends it. What a busy
 * Collector says in {@code Retry-After} cannot be heeded: the SDK's senders tell the status and the body, not the headers.
 *
 * @param first after the first failure
 * @param longest never more than this
 */
public record Backoff(Duration first, Duration longest) {

    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

    /** The one after this one; {@code null}: nothing has failed yet. */
    Duration after(@Nullable Duration last) {
        if (last == null) {
            return first;
        }
        Duration doubled = last.multipliedBy(2);
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
