package dev.kansoku.measure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How often the machine is looked at. */
public enum Pace {
    /** Nobody needs it. */
    OFF(null),
    /** A turn runs, but nobody looks. */
    EVERY_FIVE_SECONDS(Duration.ofSeconds(5)),
    /** Somebody looks. */
    EVERY_SECOND(Duration.ofSeconds(1));

    private final @Nullable Duration interval;

    Pace(@Nullable Duration interval) {
        this.interval = interval;
    }

    /** From one sample to the next; {@code null} for none. */
    @Nullable
    Duration interval() {
        return interval;
    }
}
