package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.LiveOllama.OTHER_MODEL;
import static dev.kansoku.live.Program.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.measure.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are stopped and then continued by the model itself. */
class LiveContinueTest extends LiveProgramTest {

    private static final int MOST = 60;

    @ParameterizedTest
    @ValueSource(strings = {MODEL, OTHER_MODEL})
    void aStoppedAnswerIsContinued(String model) {
        var stopped = program.send(model, tokens(MOST), PROMPT);
        program.awaitText(stopped);
        program.chat().stop(stopped);
        program.ended(stopped);
        String begun = stopped.answer().toString();
        assertThat(stopped.state()).isEqualTo(Turn.State.STOPPED);

        var more = program.chat().goOn(stopped);
        var measurement = program.measured(more);

        assertThat(measurement.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(more.answer().toString()).startsWith(begun);
        assertThat(more.continuedFrom()).isEqualTo(begun.length());
        assertThat(stopped.answer()).hasToString(begun);
        assertThat(more.conversation().path()).containsExactly(more);
        // What the model makes of it is its own affair: some go on in the middle of a word, some begin anew.
        System.out.println(
                model + " after <" + end(begun) + "> wrote <" + beginning(more.written()) + ">: " + wentOn(more));
    }

    private static String wentOn(Turn more) {
        if (more.wroteNothingMore()) {
            return "nothing";
        }
        return more.beganAnew() ? "began anew" : "went on, as far as can be told";
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(20, text.length()));
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - 20));
    }
}
