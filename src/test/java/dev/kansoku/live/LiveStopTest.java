package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.Program.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.Phase;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Turns that the user stops, at each of the times at which one can. */
class LiveStopTest extends LiveProgramTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @Test
    void stopWhileWritingKeepsTheTextAndFreesTheProcessor() {
        program.ask(MODEL, tokens(10), PROMPT);
        var runner = ollama.runners().getFirst();
        var turn = program.send(MODEL, tokens(1000), PROMPT);
        program.awaitText(turn);

        stop(turn);

        assertThat(turn.answer().length()).isGreaterThan(20);
        Program.awaitThat("the runner is idle", Duration.ofSeconds(3), idle(runner));
        program.awaitPhase(turn, Phase.OVER);
        assertThat(program.phases(turn))
                .startsWith(Phase.CONNECTING)
                .endsWith(Phase.WRITING, Phase.STOPPING, Phase.OVER);
        assertStopped(turn);
        // What was written goes with the next prompt.
        var next = program.send(turn.conversation(), MODEL, tokens(20), "Go on.");
        assertThat(program.measured(next).outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void stopWhileLoadingLeavesTheNextPromptUnharmed() {
        var turn = program.send(MODEL, tokens(20), PROMPT);
        Program.awaitThat("it loads", Program.LONG, () -> !ollama.runners().isEmpty());

        stop(turn);

        assertThat(turn.answer().length()).isZero();
        assertThat(program.ended(turn).timeline().firstChunk()).isNull();
        assertStopped(turn);
        program.awaitPhase(turn, Phase.OVER);
        var next = program.ask(MODEL, tokens(20), PROMPT);
        assertThat(next.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(next.turn().answer().length()).isPositive();
        // The load may have been given up, or have been done before the server noticed. No option has changed.
        assertThat(next.verdict()).isNotEqualTo(LoadVerdict.RELOAD);
    }

    @Test
    void stopWhileReadingALongPromptLetsTheNextOneWait() {
        program.ask(MODEL, tokens(10), PROMPT);
        var runner = ollama.runners().getFirst();
        double used = LiveOllama.cpuSeconds(runner);
        var turn = program.send(MODEL, tokens(20), longPrompt());
        program.awaitPhase(turn, Phase.WAITING);
        Program.awaitThat("it reads", Program.LONG, () -> LiveOllama.cpuSeconds(runner) > used + 0.3);

        stop(turn);
        var next = program.send(MODEL, tokens(20), PROMPT);

        assertThat(turn.answer().length()).isZero();
        assertThat(program.ended(turn).timeline().firstChunk()).isNull();
        assertStopped(turn);
        assertThat(program.measured(next).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(program.phases(turn)).endsWith(Phase.WAITING, Phase.STOPPING, Phase.OVER);
        // Not "waiting" in between: the runner has been busy all the time, first with the one, then with the other.
        assertThat(program.phases(next)).endsWith(Phase.WAITING_FOR_STOPPED, Phase.WRITING, Phase.OVER);
    }

    /** Stops a turn; the window must be free at once, whatever the server still does. */
    private void stop(Turn turn) {
        program.chat().stop(turn);
        Program.awaitThat("the turn is stopped", AT_ONCE, () -> program.hasEnded(turn));
        Program.awaitThat("nothing runs", AT_ONCE, () -> !program.chat().isBusy());
    }

    private void assertStopped(Turn turn) {
        assertThat(turn.state()).isEqualTo(Turn.State.STOPPED);
        assertThat(program.ended(turn)).isInstanceOf(TurnEvent.Stopped.class);
        var measurement = program.measured(turn);
        assertThat(measurement.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(measurement.figures()).isNull();
        assertThat(measurement.tokensPerSecond()).isEmpty();
        assertThat(measurement.error()).isNull();
    }

    /** Whether the process used less than a tenth of a core in the last half second. */
    private static Callable<Boolean> idle(ProcessHandle runner) {
        return new Callable<>() {
            private long from = System.nanoTime();
            private double used = LiveOllama.cpuSeconds(runner);

            @Override
            public Boolean call() {
                double elapsed = (System.nanoTime() - from) / 1e9;
                if (elapsed < 0.5) {
                    return false;
                }
                double now = LiveOllama.cpuSeconds(runner);
                boolean idle = now - used < 0.1 * elapsed;
                from = System.nanoTime();
                used = now;
                return idle;
            }
        };
    }

    private static String longPrompt() {
        var prompt = new StringBuilder("What is this about?");
        for (int i = 1; i <= 24; i++) {
            prompt.append(" On day ").append(i).append(" the keeper saw ships far out at sea.");
        }
        return prompt.toString();
    }
}
