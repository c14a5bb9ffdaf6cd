package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.Program.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.ColdStart;
import dev.kansoku.measure.KnownLoads;
import dev.kansoku.measure.LoadTimes;
import dev.kansoku.measure.LocalMachine;
import dev.kansoku.measure.OllamaProcesses;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A cold start that is measured on demand. */
class LiveColdStartTest extends LiveProgramTest {

    @Test
    void itIsOfALoadAndNothingElse() throws Exception {
        program.ask(MODEL, tokens(10), PROMPT);
        long runner = ollama.runners().getFirst().pid();
        var machine = new LocalMachine();
        var learnt = new LoadTimes(KnownLoads.NONE);

        ColdStart.Result result = new ColdStart(program.models(), new OllamaProcesses(machine), machine, learnt)
                .measure(program.client(), MODEL)
                .orElseThrow();

        System.out.println(result);
        assertThat(result.load()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(60));
        assertThat(learnt.known().ranges())
                .singleElement()
                .satisfies(range -> assertThat(range.median()).isEqualTo(result.load()));
        assertThat(ollama.runners())
                .singleElement()
                .satisfies(process ->
                        assertThat(process.pid()).as("a runner of its own").isNotEqualTo(runner));
        assertThat(program.models().latest().running(MODEL)).isPresent();
    }
}
