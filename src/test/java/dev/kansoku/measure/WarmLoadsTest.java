package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmLoadsTest {

    private final WarmLoads loads = new WarmLoads();

    private void learn(String digest, int... millis) {
        IntStream.of(millis).forEach(ms -> loads.learn(digest, Duration.ofMillis(ms)));
    }

    @Test
    void aModelOfWhichNothingIsKnownHasAQuarterOfASecond() {
        assertThat(loads.threshold("d1")).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void aQuickModelHasAQuarterOfASecondToo() {
        learn("d1", 28, 41, 49);

        assertThat(loads.threshold("d1")).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void aSlowerOneHasFiveTimesItsMedian() {
        learn("d1", 101, 145, 20, 110, 240);

        assertThat(loads.threshold("d1")).isEqualTo(Duration.ofMillis(550));
        assertThat(loads.threshold("d2")).as("another model").isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void whatIsLongPastIsForgotten() {
        learn("d1", IntStream.generate(() -> 200).limit(100).toArray());
        assertThat(loads.threshold("d1")).isEqualTo(Duration.ofSeconds(1));

        learn("d1", IntStream.generate(() -> 60).limit(31).toArray());

        assertThat(loads.threshold("d1")).isEqualTo(Duration.ofMillis(300));
    }
}
