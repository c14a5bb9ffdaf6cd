package dev.kansoku.ui.panel;

import static dev.kansoku.ui.panel.Lines.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.Series;
import org.junit.jupiter.api.Test;

class ChartLineTest {

    private static final double GAP = Double.NaN;

    private final ChartLine line = Lines.line(Lines.series(9, 10, 5, 7, GAP, 1, 2), LineStyle.SOLID);

    private double near(double second) {
        return line.near(seconds(second), seconds(14));
    }

    @Test
    void theNearestValueIsRead() {
        assertThat(near(10)).isEqualTo(5);
        assertThat(near(10.4)).isEqualTo(5);
        assertThat(near(10.6)).isEqualTo(7);
        assertThat(near(13.9)).isEqualTo(2);
    }

    @Test
    void aValueMoreThanTwoSamplesAwayIsNone() {
        assertThat(near(8)).isEqualTo(5);
        assertThat(near(7.9)).isNaN();
        assertThat(line.near(seconds(16), seconds(99))).isEqualTo(2);
        assertThat(line.near(seconds(16.1), seconds(99))).isNaN();
    }

    @Test
    void aGapIsNoValue() {
        assertThat(near(12)).isNaN();
        assertThat(near(12.4)).isNaN();
    }

    @Test
    void whatIsRightOfTheEdgeIsNotRead() {
        assertThat(line.near(seconds(13), seconds(13))).isEqualTo(1);
        assertThat(line.near(seconds(11), seconds(10.5))).isEqualTo(5);
        assertThat(line.near(seconds(9), seconds(9))).isNaN();
    }

    @Test
    void aLineWithoutValuesHasNone() {
        ChartLine empty = Lines.line(new Series(3), LineStyle.SOLID);

        assertThat(empty.near(0, 0)).isNaN();
        assertThat(empty.summary(0, seconds(9)).median()).isNaN();
        assertThat(empty.max(0, seconds(9))).isZero();
    }

    @Test
    void itsSummaryIsOfTheTimeShown() {
        assertThat(line.summary(seconds(10), seconds(14))).isEqualTo(new ChartLine.Summary(1, 3.5, 7));
        assertThat(line.summary(seconds(10.5), seconds(13))).isEqualTo(new ChartLine.Summary(1, 4, 7));
        assertThat(line.max(seconds(11.5), seconds(14))).isEqualTo(2);
    }
}
