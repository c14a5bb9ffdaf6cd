package dev.kansoku.measure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Processes that a test has made up. */
final class FakeRunners extends RunnerProcesses {

    private static final long SERVER = 4700;
    static final String BLOB = "sha256-" + "ab".repeat(32);

    private final AtomicInteger looks = new AtomicInteger();
    private volatile Supplier<List<Runner>> runners = List::of;

    void are(Supplier<List<Runner>> next) {
        runners = next;
    }

    /** One that has been there for an hour and idles. */
    void old() {
        Instant started = Instant.now().minus(Duration.ofHours(1));
        are(() -> List.of(new Runner(4711, SERVER, BLOB, started, Duration.ofSeconds(9))));
    }

    /** One that has only just been started. */
    void young() {
        Instant started = Instant.now();
        are(() -> List.of(new Runner(4712, SERVER, BLOB, started, Duration.ofSeconds(1))));
    }

    /** One that has been there for an hour and uses two cores. */
    void busy() {
        Instant started = Instant.now().minus(Duration.ofHours(1));
        long origin = System.nanoTime();
        are(() -> List.of(new Runner(4711, SERVER, BLOB, started, Duration.ofNanos(2 * (System.nanoTime() - origin)))));
    }

    /** How often somebody looked. */
    int looks() {
        return looks.get();
    }

    @Override
    public List<Runner> all() {
        looks.incrementAndGet();
        return runners.get();
    }
}
