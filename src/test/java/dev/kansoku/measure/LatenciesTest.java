package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void nothingIsKnownWithoutAnAnswer() {
        assertThat(latencies.count()).isZero();
        assertThat(latencies.percentile(95)).isZero();
    }

    @Test
    void percentilesAreExactToAThousandth() {
        LongStream.rangeClosed(1, 10_000).forEach(ms -> latencies.add(Duration.ofMillis(ms)));
        assertThat(latencies.count()).isEqualTo(10_000);
        assertThat(latencies.percentile(50)).isBetween(Duration.ofMillis(4_995), Duration.ofMillis(5_005));
        assertThat(latencies.percentile(95)).isBetween(Duration.ofMillis(9_490), Duration.ofMillis(9_510));
    }

    @Test
    void whatMakesNoSenseIsTheNearestThatDoes() {
        latencies.add(Duration.ofDays(400));
        assertThat(latencies.percentile(50)).isCloseTo(Duration.ofDays(1), Duration.ofMinutes(2));
    }
}
