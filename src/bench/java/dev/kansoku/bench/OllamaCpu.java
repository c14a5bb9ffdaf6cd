package dev.kansoku.bench;

import static org.awaitility.Awaitility.await;

import dev.kansoku.live.LiveOllama;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an Ollama with one loaded model burns: the server and its runner. */
final class OllamaCpu {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Two ticks of the kernel's count; a model that writes uses twenty times as much in that time. */
    private static final double QUIET = 0.02;

    private final List<ProcessHandle> processes;
    private double seen;

    OllamaCpu(LiveOllama ollama) {
        processes = new ArrayList<>(ollama.runners());
        if (processes.size() != 1) {
            throw new IllegalStateException("There is not one runner but " + processes);
        }
        processes.add(processes.getFirst().parent().orElseThrow());
    }

    /** So far. */
    double seconds() {
        return processes.stream().mapToDouble(LiveOllama::cpuSeconds).sum();
    }

    /** Waits until it does nothing any more. */
    void awaitQuiet() {
        seen = seconds();
        await("Ollama is quiet")
                .pollDelay(LOOK_EVERY)
                .pollInterval(LOOK_EVERY)
                .atMost(PATIENCE)
                .until(() -> {
                    double before = seen;
                    seen = seconds();
                    return seen - before <= QUIET;
                });
    }
}
