package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Samples samples = new Samples();

    private static Sample at(Duration time) {
        return new Sample(
                time.toNanos(), null, 4, null, null, null, null, null, null, Map.of(), Usage.UNKNOWN, null, null);
    }

    private void add(int... seconds) {
        IntStream.of(seconds).forEach(second -> samples.add(at(Duration.ofSeconds(second))));
    }

    private static List<Long> seconds(List<Sample> taken) {
        return taken.stream()
                .map(sample -> Duration.ofNanos(sample.nanos()).toSeconds())
                .toList();
    }

    @Test
    void thoseOfATimeAreFoundWithItsEnds() {
        add(1, 2, 3, 4, 5);

        assertThat(seconds(samples.between(2_000_000_000L, 4_000_000_000L))).containsExactly(2L, 3L, 4L);
        assertThat(samples.between(4_100_000_000L, 4_900_000_000L)).isEmpty();
        assertThat(samples.latest().orElseThrow().nanos()).isEqualTo(5_000_000_000L);
    }

    @Test
    void theLastQuarterOfAnHourIsKeptHoweverSeldomTheyAreTaken() {
        add(0, 5, 600, 900, 904, 906);

        assertThat(seconds(samples.all())).containsExactly(600L, 900L, 904L, 906L);
    }

    @Test
    void howeverOftenTheyAreTakenTheyAreNotMoreThanAThousand() {
        for (int i = 0; i < 5000; i++) {
            samples.add(at(Duration.ofMillis(i)));
        }

        assertThat(samples.all()).hasSize(1000);
    }

    @Test
    void aClockThatGoesBackBeginsAnew() {
        add(100, 101, 7);

        assertThat(seconds(samples.all())).containsExactly(7L);
    }

    @Test
    void aSampleThatIsMostlyAboutTheTimeBeforeIsNotPartOfIt() {
        add(0, 10, 11, 12);
        assertThat(seconds(samples.between(9_000_000_000L, 12_000_000_000L))).containsExactly(11L, 12L);
    }
}
