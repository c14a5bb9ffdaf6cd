package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesTest {

    private final Series series = new Series(3);

    @Test
    void anEmptyOneHasNothing() {
        assertThat(series.size()).isZero();
        assertThat(series.maxSince(0)).isZero();
    }

    @Test
    void itKeepsTheLastValuesInTheirOrder() {
        for (int i = 1; i <= 5; i++) {
            series.add(i * 10L, i);
        }

        assertThat(series.size()).isEqualTo(3);
        assertThat(new double[] {series.value(0), series.value(1), series.value(2)})
                .containsExactly(3, 4, 5);
        assertThat(new long[] {series.nanos(0), series.nanos(1), series.nanos(2)})
                .containsExactly(30, 40, 50);
    }

    @Test
    void itsMaximumIsThatOfWhatIsRecentEnough() {
        series.add(10, 9);
        series.add(20, 4);
        series.add(30, 5);

        assertThat(series.maxSince(10)).isEqualTo(9);
        assertThat(series.maxSince(11)).isEqualTo(5);
        assertThat(series.maxSince(31)).isZero();
    }

    @Test
    void gapsAreKeptButAreNoMaximum() {
        series.add(10, 2);
        series.add(20, Double.NaN);

        assertThat(series.value(1)).isNaN();
        assertThat(series.maxSince(0)).isEqualTo(2);
    }

    @Test
    void anOverflowOfTheClockDoesNotMatter() {
        series.add(Long.MAX_VALUE - 5, 9);
        series.add(Long.MIN_VALUE + 5, 4);

        assertThat(series.maxSince(Long.MAX_VALUE - 5)).isEqualTo(9);
        assertThat(series.maxSince(Long.MIN_VALUE)).isEqualTo(4);
    }
}
