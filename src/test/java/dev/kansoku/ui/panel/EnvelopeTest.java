package dev.kansoku.ui.panel;

import static dev.kansoku.ui.panel.Lines.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final double GAP = Double.NaN;
    private static final long NOW = seconds(1_000_000);

    /** Ten values a column. */
    private final Columns columns = Columns.of(0, Duration.ofSeconds(100), 10);

    private List<Double> values(Series series, long first, long last, long right) {
        Envelope envelope = Envelope.of(series, columns, first, last, right);
        var values = new ArrayList<Double>();
        for (int i = 0; i < envelope.size(); i++) {
            values.add(envelope.value(i));
        }
        return values;
    }

    @Test
    void ofAColumnItKeepsFirstLowestHighestAndLastInTheirOrder() {
        var series = Lines.series(20, 0, 5, 4, 9, 3, 6, 1, 2, 7, 8, 6);

        assertThat(values(series, 0, 0, NOW)).containsExactly(5.0, 9.0, 1.0, 6.0);
    }

    @Test
    void fewValuesAreKeptAsTheyAre() {
        assertThat(values(Lines.series(20, 0, 5), 0, 0, NOW)).containsExactly(5.0);
        assertThat(values(Lines.series(20, 0, 5, 5), 0, 0, NOW)).containsExactly(5.0, 5.0);
        assertThat(values(Lines.series(20, 0, 1, 2, 3), 0, 0, NOW)).containsExactly(1.0, 3.0);
    }

    @Test
    void itReachesToTheNextValueOnEitherSide() {
        var series = Lines.series(40, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

        assertThat(values(series, 1, 1, NOW)).containsExactly(1.0, 2.0, 11.0, 12.0);
    }

    @Test
    void aGapInterruptsIt() {
        var series = Lines.series(20, 0, GAP, 5, 4, GAP, GAP, 6);

        assertThat(values(series, 0, 0, NOW)).containsExactly(5.0, 4.0, GAP, 6.0);
    }

    @Test
    void whatIsNewerThanTheRightEdgeIsLeftOut() {
        var series = Lines.series(20, 0, 5, 6, 7);

        assertThat(values(series, 0, 0, seconds(1))).containsExactly(5.0, 6.0);
        assertThat(values(series, 0, 0, -1)).isEmpty();
    }

    @Test
    void anHourAtFourASecondBecomesAtMostFourAColumn() {
        var series = new Series(14_400);
        for (int i = 0; i < 14_400; i++) {
            series.add(seconds(i / 4.0), Math.sin(i * 0.7));
        }
        var hour = Columns.of(0, Duration.ofHours(1), 400);

        assertThat(Envelope.of(series, hour, 0, 399, NOW).size()).isBetween(1200, 1600);
    }
}
