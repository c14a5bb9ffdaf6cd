package dev.kansoku.bench;

import java.time.Duration;
import org.awaitility.Awaitility;

/** A window that nobody uses. */
final class Rest {

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Of a core: a window that still starts, or compiles what it has just done, needs far more. */
    private static final double QUIET = 0.1;

    private Rest() {}

    /** Waits until the window has done what it was told and what that brought about. */
    static void await(Child window) {
        Awaitility.await("the window of " + window + " comes to rest")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(PATIENCE)
                .until(() -> share(window, LOOK_EVERY) <= QUIET);
    }

    /** Processor time that it needs at rest, as a share of one core. */
    static double shareOf(Child window, Duration period) {
        await(window);
        return share(window, period);
    }

    /** Of one core, right now. The passing of time is what is measured here. */
    static double share(Child window, Duration period) {
        long cpu = window.ask("cpu", Long.class);
        long start = System.nanoTime();
        try {
            Thread.sleep(period);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return (double) (window.ask("cpu", Long.class) - cpu) / (System.nanoTime() - start);
    }
}
