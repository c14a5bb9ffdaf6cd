package dev.kansoku.ui.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Measured;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnCsvTest {

    @Test
    void aRowSaysAllThatIsKnownOfATurn() {
        var measured = new Measured()
                .connect(0.5)
                .load(LoadVerdict.COLD, 2)
                .waited(0.25)
                .prompt(26, 0.75)
                .decode(40, 4)
                .draw(0.5);
        assertThat(TurnCsv.of(List.of(TurnSummary.of(measured.make()))))
                .isEqualTo("time,model,verdict,seconds,connect_seconds,load_seconds,wait_seconds,"
                        + "prompt_eval_seconds,unknown_seconds,decode_seconds,draw_seconds,tokens_per_second\r\n"
                        + "2027-03-01T12:00:01Z,granite3.2:2b,cold,8,0.5,2,0.25,0.75,,4,0.5,10\r\n");
    }

    @Test
    void whatIsNotKnownIsEmpty() {
        assertThat(TurnCsv.of(
                        List.of(TurnSummary.of(new Measured().withoutDurations().make()))))
                .contains("Z,granite3.2:2b,warm,")
                .endsWith(",\r\n");
    }
}
