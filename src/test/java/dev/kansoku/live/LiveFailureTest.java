package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.Program.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Outcome;
import dev.kansoku.ollama.OllamaError;
import org.junit.jupiter.api.Test;

/** Turns that fail because of the server, and those after them. */
class LiveFailureTest extends LiveProgramTest {

    @Test
    void missingModelIsNamedAndHarmsNothing() {
        var conversation = program.chat().newConversation();
        var turn = program.send(conversation, "no-such-model:7b", tokens(20), PROMPT);

        assertThat(failure(turn)).isInstanceOfSatisfying(OllamaError.ModelMissing.class, missing -> {
            assertThat(missing.model()).isEqualTo("no-such-model:7b");
            assertThat(missing.serverSaid()).isNotBlank();
        });
        assertThat(program.measured(turn).verdict()).isEqualTo(LoadVerdict.UNKNOWN);

        var next = program.send(conversation, MODEL, tokens(20), PROMPT);
        assertThat(program.measured(next).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void serverKilledInMidAnswerComesBack() {
        var conversation = program.chat().newConversation();
        var turn = program.send(conversation, MODEL, tokens(1000), PROMPT);
        program.awaitText(turn);

        ollama.kill();

        assertThat(failure(turn)).isInstanceOfAny(OllamaError.ConnectionLost.class, OllamaError.RunnerDied.class);
        assertThat(turn.answer().length()).isGreaterThan(20);

        var refused = program.send(conversation, MODEL, tokens(20), PROMPT);
        assertThat(failure(refused)).isInstanceOf(OllamaError.NotRunning.class);
        Program.awaitThat(
                "the program knows that the server is gone",
                Program.LONG,
                () -> program.models().latest().problem() instanceof OllamaError.NotRunning);

        ollama.restart();

        Program.awaitThat(
                "the program knows that the server is back",
                Program.LONG,
                () -> program.models().latest().isKnown());
        assertThat(program.models().latest().running()).isEmpty();
        var again = program.measured(program.chat().again(refused, refused.model()));
        assertThat(again.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(again.verdict()).isEqualTo(LoadVerdict.COLD);
    }

    @Test
    void runnerKilledInMidAnswerIsReplaced() {
        var conversation = program.chat().newConversation();
        var turn = program.send(conversation, MODEL, tokens(1000), PROMPT);
        program.awaitText(turn);
        var runner = ollama.runners().getFirst();

        runner.destroyForcibly();

        assertThat(failure(turn)).isInstanceOf(OllamaError.RunnerDied.class);
        assertThat(turn.answer().length()).isGreaterThan(20);

        var next = program.measured(program.send(conversation, MODEL, tokens(20), "Go on."));
        assertThat(next.outcome()).isEqualTo(Outcome.SUCCESS);
        // The dead one may still be listed; but no option has changed.
        assertThat(next.verdict()).isIn(LoadVerdict.COLD, LoadVerdict.UNKNOWN);
        assertThat(ollama.runners()).hasSize(1).doesNotContain(runner);
    }

    /** Why a turn failed; the measurement must say the same. */
    private OllamaError failure(Turn turn) {
        var end = program.ended(turn);
        assertThat(end).isInstanceOf(TurnEvent.Failed.class);
        assertThat(turn.state()).isEqualTo(Turn.State.FAILED);
        var error = ((TurnEvent.Failed) end).error();
        var measurement = program.measured(turn);
        assertThat(measurement.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(measurement.error()).isEqualTo(error);
        assertThat(measurement.figures()).isNull();
        return error;
    }
}
