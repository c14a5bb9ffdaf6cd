package dev.kansoku.ui.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnHistoryTest {

    private final TurnHistory history = new TurnHistory();

    private TurnHistory.Shown add(double seconds, Outcome outcome) {
        var measured = new Measured().load(LoadVerdict.COLD, seconds).connect(0).draw(0);
        history.add(TurnSummary.of(measured.make()), outcome);
        return history.shown();
    }

    @Test
    void thePercentilesAreOfAnswersThatCameToTheirEnd() {
        add(2, Outcome.SUCCESS);
        add(600, Outcome.STOPPED);
        add(600, Outcome.ERROR);
        TurnHistory.Shown shown = add(4, Outcome.SUCCESS);

        assertThat(shown.turns()).hasSize(4);
        assertThat(shown.count()).isEqualTo(2);
        assertThat(shown.median()).isCloseTo(Duration.ofSeconds(2), Duration.ofMillis(10));
        assertThat(shown.p95()).isCloseTo(Duration.ofSeconds(4), Duration.ofMillis(10));
    }

    @Test
    void aLongSessionKeepsTheLastTurnsAndCountsAll() {
        TurnHistory.Shown shown = TurnHistory.Shown.NOTHING;
        for (int i = 0; i < 10_000; i++) {
            shown = add(1, Outcome.SUCCESS);
        }
        assertThat(shown.turns()).hasSize(200);
        assertThat(shown.count()).isEqualTo(10_000);
    }
}
