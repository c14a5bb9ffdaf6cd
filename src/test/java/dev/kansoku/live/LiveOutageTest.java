package dev.kansoku.live;

import static dev.kansoku.live.Program.LONG;
import static dev.kansoku.live.Program.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Collector goes away, the program is killed, both come back. */
@Tag("live")
class LiveOutageTest {

    private static final int SPANS_OF_A_TURN = 6;

    /** What the program promises: turns that ended so long before arrive. */
    private static final Duration SAFE_AFTER = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    @AutoClose
    private LivePrometheus prometheus;

    @AutoClose
    private LiveCollector collector;

    @BeforeEach
    void start() {
        prometheus = LivePrometheus.start();
        collector = LiveCollector.startBefore(prometheus);
    }

    @Test
    void whatWasKilledBeforeItCouldBeSentArrivesLater() throws Exception {
        kill(run(3));
        collector.spans(3 * SPANS_OF_A_TURN);
        collector.stop();
        // As long as the command wants it: by default CI has a minute for everything.
        TimeUnit.SECONDS.sleep(Long.getLong("outage.seconds", 5));
        kill(run(5));
        collector.startAgain();
        Process last = run(2);
        try {
            everythingArrives();
        } finally {
            kill(last);
        }
    }

    private void everythingArrives() {
        List<JsonNode> spans = collector.spans(10 * SPANS_OF_A_TURN);
        var ids = new TreeSet<String>();
        spans.forEach(span -> ids.add(span.path("spanId").asText()));
        System.out.printf("spans: %d sent, %d of them twice%n", ids.size(), spans.size() - ids.size());
        assertThat(ids).as("spans of ten turns").hasSize(10 * SPANS_OF_A_TURN);
        assertThat(spans.size() - ids.size())
                .as("spans that came twice: at most the message in flight")
                .isLessThanOrEqualTo(5 * SPANS_OF_A_TURN);
        awaitThat(
                "the counter is the number of turns",
                LONG,
                () -> prometheus.query("sum(llm_inference_requests_total)").equals(List.of(10.0)));
    }

    /** The program, so long after its turns that they are safe. */
    private Process run(int turns) throws IOException, InterruptedException {
        var victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TelemetryVictim.class.getName(),
                        folder.toString(),
                        collector.endpoint(),
                        String.valueOf(turns))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Beside what it logs, which is that nobody is there.
        assertThat(victim.inputReader().lines().anyMatch("ended"::equals))
                .as("its turns have ended")
                .isTrue();
        TimeUnit.NANOSECONDS.sleep(SAFE_AFTER.toNanos());
        return victim;
    }

    /** As the kernel does it, without a chance to say anything. */
    private static void kill(Process victim) throws InterruptedException {
        victim.destroyForcibly().waitFor();
    }
}
