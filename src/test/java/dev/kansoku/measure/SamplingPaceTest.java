package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnMaker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplingPaceTest {

    private final List<Pace> told = new ArrayList<>();
    private final SamplingPace pace = new SamplingPace(told::add);
    private final TurnMaker turns = new TurnMaker();

    private Turn begin() {
        Turn turn = turns.turn(Turn.State.FINISHED, "Hello", "", "Hello");
        pace.on(new TurnEvent.Started(turn, Snapshots.running(), 0));
        return turn;
    }

    private void end(Turn turn) {
        pace.on(new TurnEvent.Stopped(turn, new Timeline(0, null, null, 1)));
    }

    @Test
    void whoLooksSeesASampleASecond() {
        pace.setLookedAt(true);
        end(begin());
        assertThat(told).containsOnly(Pace.EVERY_SECOND);
    }

    @Test
    void aTurnThatNobodySeesIsSampledSlowly() {
        Turn turn = begin();
        assertThat(told).containsExactly(Pace.EVERY_FIVE_SECONDS);
        end(turn);
        assertThat(told).last().isEqualTo(Pace.OFF);
    }

    @Test
    void theLastOfSeveralTurnsEndsTheSampling() {
        Turn first = begin();
        Turn second = begin();
        end(first);
        assertThat(told).last().isEqualTo(Pace.EVERY_FIVE_SECONDS);
        end(second);
        assertThat(told).last().isEqualTo(Pace.OFF);
    }

    @Test
    void hidingThePanelSlowsTheSamplingDown() {
        Turn turn = begin();
        pace.setLookedAt(true);
        pace.setLookedAt(false);
        assertThat(told).containsExactly(Pace.EVERY_FIVE_SECONDS, Pace.EVERY_SECOND, Pace.EVERY_FIVE_SECONDS);
        end(turn);
        assertThat(told).last().isEqualTo(Pace.OFF);
    }
}
