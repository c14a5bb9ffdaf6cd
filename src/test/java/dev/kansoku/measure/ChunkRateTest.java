package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkRateTest {

    private static final long MS = 1_000_000;

    private final ChunkRate rate = new ChunkRate();

    @Test
    void nothingHasNoRate() {
        assertThat(rate.perSecond(0)).isZero();
    }

    @Test
    void aFirstChunkHasNoRateYet() {
        rate.arrived(1, 0);

        assertThat(rate.perSecond(0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 2_000 * MS, -2_000 * MS})
    void aSteadyStreamHasItsRateWhateverTheClockSays(long start) {
        for (int i = 0; i <= 50; i++) {
            rate.arrived(1, start + i * (100 * MS));
            if (i > 0) {
                assertThat(rate.perSecond(start + i * (100 * MS)))
                        .as("chunks per second after %s of them", i)
                        .isCloseTo(10, within(0.01));
            }
        }
    }

    @Test
    void chunksThatCameJoinedCountAsMany() {
        for (int i = 0; i <= 10; i++) {
            rate.arrived(7, i * (100 * MS));
        }

        assertThat(rate.perSecond(1_000 * MS)).isCloseTo(70, within(0.01));
    }

    @Test
    void itFallsToNothingWhenTheStreamPauses() {
        for (int i = 0; i <= 10; i++) {
            rate.arrived(1, i * (100 * MS));
        }

        assertThat(rate.perSecond(2_000 * MS)).isBetween(0.1, 8.0);
        assertThat(rate.perSecond(2_600 * MS)).isZero();
        rate.arrived(1, 5_000 * MS);
        assertThat(rate.perSecond(5_000 * MS)).isZero();
        rate.arrived(1, 5_500 * MS);
        assertThat(rate.perSecond(5_500 * MS)).isCloseTo(2, within(0.01));
    }

    @Test
    void anEndlessStreamCostsNoMoreMemoryThanAWindowOfIt() {
        // At 100,000 a second; were all of them kept, this would need 80 megabytes.
        long before = used();
        for (int i = 0; i < 2_000_000; i++) {
            rate.arrived(1, i * 10_000L);
        }

        assertThat(rate.perSecond(1_999_999 * 10_000L)).isCloseTo(100_000, within(1.0));
        assertThat(used() - before).as("bytes kept").isLessThan(40_000_000);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
