package dev.kansoku.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Outcome;
import dev.kansoku.privacy.DataKind;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnBorderTest {

    private static final String PROMPT = "Write to taro@example.co.jp that the deal is off";

    private final Turn turn =
            new TurnMaker().turn(Turn.State.FINISHED, PROMPT, "", "Dear Taro, we are sorry to tell you that");

    @Test
    void ofTheTextOnlyWhatIsMaskedIsTold() {
        TurnReport report = TurnReports.of(new Measured().turn(turn).make(), TextLevel.MASKED);

        assertThat(report.prompt().text()).isEqualTo("Write to ********");
        assertThat(report.prompt().length()).isEqualTo(PROMPT.length());
        assertThat(report.prompt().kinds()).containsOnlyKeys(DataKind.EMAIL);
        assertThat(report.toString()).doesNotContain("taro@", "deal", "sorry");
    }

    @Test
    void theLevelIsKept() {
        assertThat(TurnReports.of(new Measured().turn(turn).make(), TextLevel.LENGTH)
                        .prompt())
                .satisfies(prompt -> assertThat(prompt.text()).isNull())
                .satisfies(prompt -> assertThat(prompt.length()).isEqualTo(PROMPT.length()));
        assertThat(TurnReports.of(new Measured().turn(turn).make(), TextLevel.NOTHING)
                        .prompt())
                .satisfies(prompt -> assertThat(prompt.text()).isNull())
                .satisfies(prompt -> assertThat(prompt.length()).isNull());
    }

    @Test
    void turnsOfTheDemoAreNotTold() {
        var reports = new ArrayList<TurnReport>();
        new TurnBorder(new Masker("JP"), () -> TextLevel.MASKED, reports::add)
                .measured(new Measured().demo().make());
        assertThat(reports).isEmpty();
    }

    @Test
    void anAnswerThatBrokeOffSaysSo() {
        assertThat(TurnReports.of(new Measured().brokenOff(Outcome.INCOMPLETE)).errorType())
                .isEqualTo("incomplete");
        assertThat(TurnReports.of(new Measured().brokenOff(Outcome.STOPPED)).errorType())
                .isNull();
    }

    /** A turn, and with it the text, must not lie in a queue. */
    @Test
    void aReportHoldsNothingThatHoldsTheText() {
        List<String> types = Stream.of(TurnReport.class.getRecordComponents())
                .map(RecordComponent::getType)
                .map(Class::getName)
                .toList();
        assertThat(types).noneMatch(type -> type.startsWith("dev.kansoku.chat") || type.endsWith("TurnMeasurement"));
    }
}
