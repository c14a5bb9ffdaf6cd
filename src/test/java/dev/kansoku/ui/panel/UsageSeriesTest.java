package dev.kansoku.ui.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.Sample;
import dev.kansoku.measure.Series;
import dev.kansoku.measure.Usage;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsageSeriesTest {

    private final UsageSeries usage = new UsageSeries();

    private void add(int second) {
        usage.add(new Sample(
                second * 1_000_000_000L, 0.5, 4, 4, 1L, 2L, 0L, 0.0, null, Map.of(), new Usage(1.0, 1L), null, null));
    }

    private static List<Double> values(Series series) {
        return IntStream.range(0, series.size()).mapToObj(series::value).toList();
    }

    @Test
    void whereNobodyLookedThereIsNoLine() {
        add(0);
        add(5);
        add(1_200);
        assertThat(values(usage.machineCpu())).containsExactly(0.5, 0.5, Double.NaN, 0.5);
        assertThat(values(usage.ownMemory())).containsExactly(1.0, 1.0, Double.NaN, 1.0);
    }

    @Test
    void aServerElsewhereHasNoLine() {
        add(0);
        assertThat(values(usage.ollamaCpu())).containsExactly(Double.NaN);
        assertThat(values(usage.ownCpu())).containsExactly(0.25);
    }
}
