package dev.kansoku.ui.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.LoadVerdict;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TurnMarksTest {

    private final TurnMarks marks = new TurnMarks();

    @Test
    void aMarkGetsItsVerdictWhenItIsKnown() {
        var first = UUID.randomUUID();
        var second = UUID.randomUUID();
        marks.began(first, 10);
        marks.began(second, 20);
        marks.judged(second, LoadVerdict.WARM);

        assertThat(marks.marksProperty().get())
                .containsExactly(new TurnMark(first, 10, null), new TurnMark(second, 20, LoadVerdict.WARM));
    }

    @Test
    void anEndlessSessionKeepsTheLastOnes() {
        for (int i = 0; i < 10_000; i++) {
            marks.began(UUID.randomUUID(), i);
        }
        marks.judged(UUID.randomUUID(), LoadVerdict.COLD);

        assertThat(marks.marksProperty().get()).hasSize(512);
        assertThat(marks.marksProperty().get().getLast().nanos()).isEqualTo(9_999);
    }
}
