package dev.kansoku.live;

import static dev.kansoku.live.Program.LONG;
import static dev.kansoku.live.Program.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Sample;
import dev.kansoku.measure.Usage;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.telemetry.RunningTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workstation costs a real Prometheus, and under which names it stands there. */
@Tag("live")
class LiveSeriesTest {

    /** Of each of three models: cold, warm, and one kind of error. */
    private static final int TURNS = 9;

    @TempDir
    private Path folder;

    @AutoClose
    private LivePrometheus prometheus;

    @AutoClose
    private LiveCollector collector;

    @AutoClose
    private RunningTelemetry telemetry;

    @BeforeEach
    void work() {
        prometheus = LivePrometheus.start();
        collector = LiveCollector.startBefore(prometheus);
        telemetry = RunningTelemetry.startAgreed(folder, collector.endpoint());
        telemetry.control().shown(Instant.now());
        telemetry
                .control()
                .sampled(new Sample(
                        1,
                        0.5,
                        4,
                        4,
                        1L << 30,
                        8L << 30,
                        0L,
                        0.0,
                        new Usage(0.1, 1L << 20),
                        Map.of("sha256-1", new Usage(2.0, 1L << 28)),
                        new Usage(0.2, 1L << 27),
                        null,
                        Duration.ofMillis(20)));
        for (String model : List.of("tinyllama:latest", "granite3.2:2b", "qwen3:4b")) {
            use(model);
        }
        awaitTurns(TURNS);
    }

    private void use(String model) {
        tell(model, measured(LoadVerdict.COLD));
        tell(model, measured(LoadVerdict.WARM));
        tell(model, new Measured().failed(new OllamaError.OutOfMemory("")));
    }

    private static Measured measured(LoadVerdict verdict) {
        return new Measured()
                .connect(0.001)
                .load(verdict, 2)
                .waited(0.25)
                .prompt(26, 0.75)
                .cached(7)
                .decode(40, 4)
                .draw(0.5);
    }

    private void tell(String model, Measured turn) {
        telemetry
                .control()
                .measured(turn.turn(new TurnMaker().model(model).turn(Turn.State.FINISHED, "Hello", "", "Hello"))
                        .make());
    }

    private void awaitTurns(int count) {
        awaitThat(
                count + " turns in Prometheus",
                LONG,
                () -> prometheus.query("sum(llm_inference_requests_total)").equals(List.of((double) count)));
    }

    @Test
    void aWorkstationHasAtMostThreeHundredSeries() {
        long three = series();
        use("phi4-mini:latest");
        awaitTurns(TURNS + 3);
        long four = series();
        System.out.printf("series: three models %d, a fourth %d more%n", three, four - three);
        assertThat(three).as("series of three models").isLessThanOrEqualTo(300);
    }

    private long series() {
        return prometheus.query("count({__name__=~\".+\"})").getFirst().longValue();
    }

    @Test
    void metricsHaveTheNamesOfTheReference() throws IOException {
        var documented = Files.readAllLines(Path.of("docs/telemetry.md")).stream()
                .filter(line -> line.startsWith("| `") && !line.contains("only with a GPU"))
                .map(line -> line.split("\\|"))
                .filter(cells -> cells.length == 6)
                .map(cells -> cells[5].strip().replace("`", ""))
                .flatMap(name -> name.equals("gen_ai_client_operation_duration_seconds")
                        ? Arrays.stream(new String[] {name + "_bucket", name + "_count", name + "_sum"})
                        : Arrays.stream(new String[] {name}))
                .collect(Collectors.toCollection(TreeSet::new));
        documented.add("target_info");
        assertThat(prometheus.names()).containsExactlyElementsOf(documented);
    }
}
