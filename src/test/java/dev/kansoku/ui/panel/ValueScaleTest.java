package dev.kansoku.ui.panel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueScaleTest {

    private final ValueScale scale = ValueScale.growing(10, String::valueOf);

    @ParameterizedTest
    @CsvSource({"0.3, 0.5", "1, 1", "1.1, 2", "7, 10", "10, 10", "14.2, 20", "99, 100", "4999, 5000"})
    void theTopOfTheScaleIsARoundNumber(double highest, double top) {
        assertThat(ValueScale.niceTop(highest)).isEqualTo(top);
    }

    @Test
    void itNeverShowsLessThanItsLeast() {
        assertThat(scale.fit(0)).isEqualTo(10);
        assertThat(scale.fit(0.1)).isEqualTo(10);
    }

    @Test
    void itGrowsAsSoonAsAValueDoesNotFit() {
        assertThat(scale.fit(10)).isEqualTo(10);
        assertThat(scale.fit(10.1)).isEqualTo(20);
        assertThat(scale.fit(420)).isEqualTo(500);
    }

    @Test
    void itDoesNotShrinkForValuesThatWouldSoonMakeItGrowAgain() {
        scale.fit(21);

        assertThat(scale.fit(19)).isEqualTo(50);
        assertThat(scale.fit(16.6)).isEqualTo(20);
        assertThat(scale.fit(19)).isEqualTo(20);
    }

    @Test
    void itShrinksAtOnceToWhatIsLeft() {
        scale.fit(420);

        assertThat(scale.fit(3)).isEqualTo(10);
    }

    @Test
    void aFixedOneStays() {
        ValueScale fixed = ValueScale.fixed(1, String::valueOf);

        assertThat(fixed.fit(0.01)).isEqualTo(1);
        assertThat(fixed.fit(7)).isEqualTo(1);
    }
}
