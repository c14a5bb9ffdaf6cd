package dev.kansoku.ui.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.measure.Series;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateCurvesTest {

    private final RateCurves curves = new RateCurves(10);
    private final List<Turn> turns = IntStream.range(0, 4)
            .mapToObj(i -> new TurnMaker().turn(Turn.State.FINISHED, "Hello", "", "Hello"))
            .toList();

    private List<Double> values(int curve) {
        Series series = curves.all().get(curve);
        return IntStream.range(0, series.size()).mapToObj(series::value).toList();
    }

    @Test
    void oneAfterTheOtherTheyShareTheFirstCurve() {
        curves.add(turns.get(0), 1, 10);
        curves.end(turns.get(0), 2);
        curves.add(turns.get(1), 3, 20);
        assertThat(values(0)).containsExactly(10.0, Double.NaN, 20.0);
        assertThat(values(1)).isEmpty();
    }

    @Test
    void atTheSameTimeEachHasItsOwn() {
        curves.add(turns.get(0), 1, 10);
        curves.add(turns.get(1), 1, 20);
        curves.end(turns.get(0), 2);
        curves.add(turns.get(1), 3, 21);
        assertThat(values(0)).containsExactly(10.0, Double.NaN);
        assertThat(values(1)).containsExactly(20.0, 21.0);
    }

    @Test
    void oneTooManyIsDrawnWhenThereIsACurveForIt() {
        for (Turn turn : turns) {
            curves.add(turn, 1, 10);
        }
        curves.end(turns.get(1), 2);
        curves.add(turns.get(3), 3, 40);
        assertThat(values(1)).containsExactly(10.0, Double.NaN, 40.0);
    }
}
