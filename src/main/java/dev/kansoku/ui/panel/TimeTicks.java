package dev.kansoku.ui.panel;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The labels of the time axis: round times of day. */
record TimeTicks(ZoneId zone) {

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** @param nanos {@link System#nanoTime()} */
    record Tick(long nanos, String text) {}

    List<Tick> between(WallClock clock, long leftNanos, long rightNanos, Duration step) {
        DateTimeFormatter format = step.toSeconds() < 60 ? SECONDS : MINUTES;
        var ticks = new ArrayList<Tick>();
        for (Instant at = firstFrom(clock.at(leftNanos), step);
                clock.nanosOf(at) - rightNanos <= 0;
                at = at.plus(step)) {
            ticks.add(new Tick(clock.nanosOf(at), format.format(at.atZone(zone))));
        }
        return ticks;
    }

    /** Round where the user lives: not every zone is whole hours away. */
    private Instant firstFrom(Instant left, Duration step) {
        LocalDateTime local = LocalDateTime.ofInstant(left, zone);
        long intoDay = local.toLocalTime().toNanoOfDay();
        return left.plusNanos(Math.floorMod(-intoDay, step.toNanos()));
    }
}
