package dev.kansoku.ui.search;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** How long ago something may have been said. */
public enum Period {
    TODAY,
    LAST_7_DAYS,
    LAST_30_DAYS;

    Instant start(Clock clock) {
        return switch (this) {
            case TODAY -> LocalDate.now(clock).atStartOfDay(clock.getZone()).toInstant();
            case LAST_7_DAYS -> clock.instant().minus(Duration.ofDays(7));
            case LAST_30_DAYS -> clock.instant().minus(Duration.ofDays(30));
        };
    }
}
