package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesTest {

    private final Series series = new Series(3);

    @Test
    void anEmptyOneHasNothing() {
        assertThat(series.size()).isZero();
        assertThat(series.added()).isZero();
        assertThat(series.firstFrom(0)).isZero();
        assertThat(series.max(0, 0)).isZero();
    }

    @Test
    void itKeepsTheLastValuesInTheirOrder() {
        for (int i = 1; i <= 5; i++) {
            series.add(i * 10L, i);
        }

        assertThat(series.size()).isEqualTo(3);
        assertThat(series.added()).isEqualTo(5);
        assertThat(new double[] {series.value(0), series.value(1), series.value(2)})
                .containsExactly(3, 4, 5);
        assertThat(new long[] {series.nanos(0), series.nanos(1), series.nanos(2)})
                .containsExactly(30, 40, 50);
    }

    @Test
    void itFindsTheFirstValueThatIsRecentEnough() {
        for (int i = 1; i <= 4; i++) {
            series.add(i * 10L, i);
        }

        assertThat(series.firstFrom(0)).isZero();
        assertThat(series.firstFrom(20)).isZero();
        assertThat(series.firstFrom(21)).isEqualTo(1);
        assertThat(series.firstFrom(40)).isEqualTo(2);
        assertThat(series.firstFrom(41)).isEqualTo(3);
    }

    @Test
    void gapsAreKeptButAreNoMaximum() {
        series.add(10, 2);
        series.add(20, Double.NaN);
        series.add(30, 5);

        assertThat(series.value(1)).isNaN();
        assertThat(series.max(0, 3)).isEqualTo(5);
        assertThat(series.max(0, 2)).isEqualTo(2);
        assertThat(series.max(1, 2)).isZero();
    }

    @Test
    void aClockThatGoesBackBeginsAnew() {
        series.add(100, 1);
        series.add(101, 2);
        series.add(7, 3);

        assertThat(series.size()).isEqualTo(1);
        assertThat(series.value(0)).isEqualTo(3);
        assertThat(series.firstFrom(7)).isZero();
        assertThat(series.added()).as("so that a chart knows what is new").isEqualTo(3);
    }

    @Test
    void anOverflowOfTheClockDoesNotMatter() {
        series.add(Long.MAX_VALUE - 5, 9);
        series.add(Long.MIN_VALUE + 5, 4);

        assertThat(series.firstFrom(Long.MAX_VALUE - 5)).isZero();
        assertThat(series.firstFrom(Long.MIN_VALUE)).isEqualTo(1);
    }
}
