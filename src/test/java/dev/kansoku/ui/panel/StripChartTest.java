package dev.kansoku.ui.panel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripChartTest {

    @ParameterizedTest
    @CsvSource({"0.3, 0.5", "1, 1", "1.1, 2", "7, 10", "10, 10", "14.2, 20", "99, 100", "4999, 5000"})
    void theTopOfTheScaleIsARoundNumber(double highest, double top) {
        assertThat(StripChart.niceTop(highest)).isEqualTo(top);
    }
}
