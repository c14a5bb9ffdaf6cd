package dev.kansoku.ui.panel;

import static dev.kansoku.ui.panel.Lines.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimeTicksTest {

    private static final WallClock CLOCK = new WallClock(0, Instant.parse("2027-03-01T12:00:07Z"));

    @Test
    void labelsAreRoundTimesOfDay() {
        var ticks = new TimeTicks(ZoneId.of("UTC")).between(CLOCK, seconds(-60), 0, TimeSpan.ONE_MINUTE.tick());

        assertThat(ticks)
                .extracting(TimeTicks.Tick::text)
                .containsExactly("11:59:15", "11:59:30", "11:59:45", "12:00:00");
        assertThat(ticks.getLast().nanos()).isEqualTo(seconds(-7));
    }

    @Test
    void theyAreRoundWhereTheUserLives() {
        var kathmandu = new TimeTicks(ZoneId.of("Asia/Kathmandu"));

        assertThat(kathmandu.between(CLOCK, seconds(-3600), 0, Duration.ofMinutes(30)))
                .extracting(TimeTicks.Tick::text)
                .containsExactly("17:00", "17:30");
    }

    @Test
    void bothEndsOfTheSpanCanHaveOne() {
        assertThat(new TimeTicks(ZoneId.of("UTC")).between(CLOCK, seconds(-67), seconds(-7), Duration.ofMinutes(1)))
                .extracting(TimeTicks.Tick::text)
                .containsExactly("11:59", "12:00");
    }
}
