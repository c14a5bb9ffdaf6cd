package dev.kansoku.telemetry.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far messages have come.
 *
 * @param sent messages the Collector has acknowledged, since the start of the program
 * @param waiting messages that are still here
 * @param dropped messages that will never arrive, since the start of the program: too many, too old, refused
 * @param lastSent when the Collector acknowledged one last; {@code null}: not yet
 * @param problem why the last attempt failed; {@code null} if it did not
 */
public record DeliveryStatus(
        long sent,
        long waiting,
        long dropped,
        @Nullable Instant lastSent,
        @Nullable DeliveryProblem problem) {

    public static final DeliveryStatus NONE = new DeliveryStatus(0, 0, 0, null, null);
}
