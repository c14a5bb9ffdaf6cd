package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.LiveOllama.OTHER_MODEL;
import static dev.kansoku.live.Program.options;
import static dev.kansoku.live.Program.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.ollama.Timeouts;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Turns that go well, and what is measured of them. */
class LiveTurnTest extends LiveProgramTest {

    private static final String OTHER_PROMPT = "Name the planets of the solar system, one after the other.";

    @Test
    void firstTurnIsColdAndTheNextWarm() {
        long before = System.nanoTime();
        var cold = program.ask(MODEL, tokens(40), PROMPT);
        var elapsed = Duration.ofNanos(System.nanoTime() - before);

        assertThat(cold.verdict()).isEqualTo(LoadVerdict.COLD);
        assertThat(cold.segments().wall()).isLessThan(elapsed);
        assertIsWhole(cold, 40);
        // A server up to 0.24 lists a model while it loads: that is no reason to say that it waits.
        assertThat(program.phases(cold.turn())).doesNotContain(Phase.WAITING);

        var warm = program.ask(MODEL, tokens(40), PROMPT);

        assertThat(warm.verdict()).isEqualTo(LoadVerdict.WARM);
        assertIsWhole(warm, 40);
        assertThat(figures(warm).load()).isLessThan(figures(cold).load());
        assertThat(warm.turn().answer().toString())
                .isEqualTo(cold.turn().answer().toString());
    }

    @Test
    void otherContextWindowIsAReload() {
        var cold = program.ask(MODEL, tokens(20), PROMPT);
        var other = program.ask(MODEL, options(1024, 20), PROMPT);
        var same = program.ask(MODEL, options(1024, 20), PROMPT);

        assertThat(Stream.of(cold, other, same).map(TurnMeasurement::verdict))
                .containsExactly(LoadVerdict.COLD, LoadVerdict.RELOAD, LoadVerdict.WARM);
        assertIsWhole(other, 20);
    }

    @Test
    void loadedAheadIsWarmAndUnloadedIsCold() throws Exception {
        program.client().preload(MODEL, tokens(20), null);

        assertThat(program.client().ps())
                .singleElement()
                .satisfies(running -> assertThat(running.name()).isEqualTo(MODEL));

        program.models().askNow();
        Program.awaitThat(
                "the program knows",
                Program.LONG,
                () -> program.models().latest().running(MODEL).isPresent());
        assertThat(program.ask(MODEL, tokens(20), PROMPT).verdict()).isEqualTo(LoadVerdict.WARM);

        program.awaitUnloaded(MODEL);

        assertThat(program.client().ps()).isEmpty();
        Program.awaitThat(
                "the runner has ended", Program.LONG, () -> ollama.runners().isEmpty());
        assertThat(program.ask(MODEL, tokens(20), PROMPT).verdict()).isEqualTo(LoadVerdict.COLD);
    }

    @Test
    void laterPromptsAreQueuedWhereThereIsOneSlot() {
        program.ask(MODEL, tokens(10), PROMPT);

        List<Turn> atOnce = Stream.generate(() -> program.send(MODEL, tokens(30), PROMPT))
                .limit(3)
                .toList();
        List<TurnMeasurement> byTurn = atOnce.stream()
                .map(program::measured)
                .sorted(Comparator.comparing(LiveTurnTest::firstToken))
                .toList();

        assertThat(byTurn.stream().map(TurnMeasurement::verdict))
                .containsExactly(LoadVerdict.WARM, LoadVerdict.QUEUED, LoadVerdict.QUEUED);
        byTurn.forEach(measurement -> assertIsWhole(measurement, 30));
        assertThat(segment(byTurn.get(2), SegmentKind.WAIT)).isGreaterThan(segment(byTurn.get(1), SegmentKind.WAIT));
    }

    @Test
    void twoModelsAtOnceDoNotMix() throws Exception {
        String one = answer(program.ask(MODEL, tokens(25), PROMPT));
        String other = answer(program.ask(OTHER_MODEL, tokens(25), OTHER_PROMPT));
        assertThat(one).isNotEqualTo(other);
        // Both start from nothing again: what is cached of a prompt changes the last digits, and maybe the words.
        program.awaitUnloaded(MODEL);
        program.awaitUnloaded(OTHER_MODEL);

        var first = program.send(MODEL, tokens(25), PROMPT);
        var second = program.send(OTHER_MODEL, tokens(25), OTHER_PROMPT);
        var measured = List.of(program.measured(first), program.measured(second));

        assertThat(measured.stream().map(LiveTurnTest::answer)).containsExactly(one, other);
        measured.forEach(measurement -> assertIsWhole(measurement, 25));
        assertThat(ollama.runners()).hasSize(2);
    }

    /** Both servers have the same weights, as when a container runs beside the service. */
    @Test
    void olderRunnerOfAnotherServerIsNotOurs() throws Exception {
        try (var other = LiveOllama.start()) {
            load(other);

            var cold = program.ask(MODEL, tokens(10), PROMPT);

            assertThat(cold.verdict()).isEqualTo(LoadVerdict.COLD);
            assertThat(program.phases(cold.turn())).doesNotContain(Phase.WAITING);
        }
    }

    @Test
    void youngerRunnerOfAnotherServerIsNotOurs() throws Exception {
        program.ask(MODEL, tokens(10), PROMPT);
        // What a first turn leaves unknown, which file the model is in, the watch asks for at its next look.
        Program.awaitThat(
                "the program knows the model's file",
                Program.LONG,
                () -> program.models().latest().blob(MODEL).isPresent());
        try (var other = LiveOllama.start()) {
            var warm = program.send(MODEL, tokens(100), PROMPT);
            Program.awaitThat("it writes", Program.LONG, () -> warm.answer().length() > 0);
            load(other);
            assertThat(warm.state()).isEqualTo(Turn.State.RUNNING);

            assertThat(program.measured(warm).verdict()).isEqualTo(LoadVerdict.WARM);
        }
    }

    private static void load(LiveOllama ollama) throws OllamaException {
        try (var client = new OllamaClient(OllamaAddress.parse(ollama.address()), Timeouts.DEFAULT)) {
            client.preload(MODEL, tokens(1), null);
        }
    }

    /** All that must be true of a turn that went well. */
    private void assertIsWhole(TurnMeasurement measurement, int tokens) {
        var turn = measurement.turn();
        assertThat(turn.state()).isEqualTo(Turn.State.FINISHED);
        assertThat(program.measurements(turn)).hasSize(1);
        assertThat(program.events(turn)).first().isInstanceOf(TurnEvent.Started.class);
        assertThat(program.events(turn)).element(1).isInstanceOf(TurnEvent.FirstChunk.class);
        assertThat(program.events(turn)).last().isInstanceOf(TurnEvent.Finished.class);

        assertThat(measurement.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(measurement.serverVersion()).isNotBlank();
        assertThat(measurement.error()).isNull();

        var figures = figures(measurement);
        assertThat(figures.doneReason()).isEqualTo("length");
        assertThat(figures.evalCount()).isEqualTo(tokens);
        assertThat(figures.promptEvalCount()).isBetween(10L, 100L);
        assertThat(figures.load()).isPositive();
        assertThat(figures.promptEval()).isPositive();

        var segments = measurement.segments();
        assertThat(segments.implausible()).isFalse();
        assertThat(segments.parts().stream().map(Segment::kind))
                .containsExactly(
                        SegmentKind.CONNECT,
                        SegmentKind.LOAD,
                        SegmentKind.WAIT,
                        SegmentKind.PROMPT_EVAL,
                        SegmentKind.DECODE,
                        SegmentKind.DRAW);
        var sum = segments.parts().stream().map(Segment::duration).reduce(Duration.ZERO, Duration::plus);
        assertThat(sum).isCloseTo(segments.wall(), Duration.ofMillis(1));
        assertThat(segment(measurement, SegmentKind.LOAD)).isEqualTo(figures.load());
        assertThat(segment(measurement, SegmentKind.PROMPT_EVAL)).isEqualTo(figures.promptEval());
        assertThat(segment(measurement, SegmentKind.DECODE)).isEqualTo(figures.eval());
        assertThat(figures.total()).isLessThan(segments.wall());
        // Both on this machine: what the client saw is what the server said, and a little for the way.
        assertThat(segments.wall().minus(figures.total())).isLessThan(Duration.ofSeconds(2));

        var load = segment(measurement, SegmentKind.LOAD);
        var promptEval = segment(measurement, SegmentKind.PROMPT_EVAL);
        var decode = segment(measurement, SegmentKind.DECODE);
        assertThat(firstToken(measurement))
                .isGreaterThan(load.plus(promptEval).minusMillis(5))
                .isLessThan(segments.wall().minus(decode.dividedBy(2)));
        assertThat(measurement.tokensPerSecond().orElseThrow())
                .isBetween(0.5, 2_000.0)
                .isCloseTo(tokens / (decode.toNanos() / 1e9), within(1e-6));
    }

    private static ReplyFigures figures(TurnMeasurement measurement) {
        return Objects.requireNonNull(measurement.figures());
    }

    private static Duration firstToken(TurnMeasurement measurement) {
        return Objects.requireNonNull(measurement.timeToFirstToken());
    }

    private static Duration segment(TurnMeasurement measurement, SegmentKind kind) {
        return measurement.segments().duration(kind).orElseThrow();
    }

    private static String answer(TurnMeasurement measurement) {
        return measurement.turn().answer().toString();
    }
}
