package dev.kansoku.ui.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TimeAxisTest {

    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
    /** The clock overflows meanwhile. */
    private static final long START = Math.subtractExact(Long.MAX_VALUE, 1000L);

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
    private final TimeAxis axis = new TimeAxis(clock::get, START);

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    @Test
    void itShowsTheSpanUpToNow() {
        axis.spanProperty().set(TimeSpan.ONE_MINUTE);
        axis.advance(START + seconds(7));

        assertThat(axis.rightNanos()).isEqualTo(START + seconds(7));
        assertThat(axis.rightNanos() - axis.leftNanos()).isEqualTo(seconds(60));
    }

    @Test
    void itStandsStillWhilePaused() {
        axis.pausedProperty().set(true);
        axis.advance(START + seconds(7));
        assertThat(axis.rightNanos()).isEqualTo(START);

        axis.pausedProperty().set(false);
        axis.advance(START + seconds(8));
        assertThat(axis.rightNanos()).isEqualTo(START + seconds(8));
    }

    @Test
    void aCrosshairThatLeavesTheSpanIsGone() {
        axis.spanProperty().set(TimeSpan.ONE_MINUTE);
        axis.crosshairProperty().set(START);
        axis.advance(START + seconds(60));
        assertThat(axis.readNanos()).isEqualTo(START);

        axis.advance(START + seconds(61));
        assertThat(axis.crosshairProperty().get()).isNull();
        assertThat(axis.readNanos()).isEqualTo(axis.rightNanos());
    }

    @Test
    void timesOfDayDoNotTrembleButFollowTheClockAfterASleep() {
        clock.set(NOON.plusMillis(10_150));
        axis.advance(START + seconds(10));
        assertThat(axis.instantAt(START)).isEqualTo(NOON);

        clock.set(NOON.plusSeconds(3600));
        axis.advance(START + seconds(20));
        assertThat(axis.instantAt(START + seconds(20))).isEqualTo(NOON.plusSeconds(3600));
    }

    @Test
    void aColumnIsAlwaysTheSameStretchOfTime() {
        var columns = Columns.of(START, Duration.ofMinutes(1), 400);

        assertThat(columns.nanosPerColumn()).isEqualTo(150_000_000);
        assertThat(columns.at(START)).isZero();
        assertThat(columns.at(START - 1)).isEqualTo(-1);
        assertThat(columns.at(START + 149_999_999)).isZero();
        assertThat(columns.at(START + 150_000_000)).isOne();
        assertThat(columns.start(1)).isEqualTo(START + 150_000_000);
        assertThat(columns.offset(START + 225_000_000, 1)).isEqualTo(0.5);
    }
}
