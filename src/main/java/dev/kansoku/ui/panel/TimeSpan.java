package dev.kansoku.ui.panel;

import java.time.Duration;

/** How much time the width of a chart stands for. */
public enum TimeSpan {
    ONE_MINUTE(1, Duration.ofSeconds(15)),
    FIVE_MINUTES(5, Duration.ofMinutes(1)),
    QUARTER_HOUR(15, Duration.ofMinutes(5)),
    HOUR(60, Duration.ofMinutes(15));

    private final int minutes;
    private final Duration tick;

    TimeSpan(int minutes, Duration tick) {
        this.minutes = minutes;
        this.tick = tick;
    }

    public int minutes() {
        return minutes;
    }

    public Duration duration() {
        return Duration.ofMinutes(minutes);
    }

    /** How far apart the labels of the axis are. */
    Duration tick() {
        return tick;
    }
}
