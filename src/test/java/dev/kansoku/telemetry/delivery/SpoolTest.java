package dev.kansoku.telemetry.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.telemetry.delivery.DeliveryProblem.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    private static final Spool.Bounds WIDE = Spool.Bounds.DEFAULT;

    @TempDir
    private Path temporary;

    private Path folder = Path.of("");
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final Ledger ledger = new Ledger(() -> {});

    @BeforeEach
    void folder() {
        folder = temporary.resolve("spool");
    }

    @Test
    void theOldestOfASignalComesFirstAlsoOfEarlierRuns() {
        Spool first = spool(WIDE);
        put(first, Signal.TRACES, "a");
        put(first, Signal.LOGS, "x");
        put(first, Signal.TRACES, "b");
        // The clock was set back: what is new still comes later.
        now = now.minusSeconds(3600);
        Spool second = spool(WIDE);
        put(second, Signal.TRACES, "c");

        assertThat(second.size()).isEqualTo(4);
        assertThat(takeAll(second, Signal.TRACES)).containsExactly("a", "b", "c");
        assertThat(takeAll(second, Signal.LOGS)).containsExactly("x");
        assertThat(second.size()).isZero();
        assertThat(dropped()).isZero();
    }

    @Test
    void whatIsPutBackComesFirstAgain() {
        Spool spool = spool(WIDE);
        put(spool, Signal.TRACES, "a");
        put(spool, Signal.TRACES, "b");

        Outgoing taken = Objects.requireNonNull(spool.take(Signal.TRACES));
        assertThat(spool.size()).as("with the one that is taken").isEqualTo(2);
        taken.notNow();

        assertThat(takeAll(spool, Signal.TRACES)).containsExactly("a", "b");
    }

    @Test
    void theOldestIsDroppedWhereThereIsTooMuch() throws IOException {
        Spool spool = spool(new Spool.Bounds(30, Duration.ofDays(7), 64));
        put(spool, Signal.TRACES, "0123456789");
        put(spool, Signal.LOGS, "0123456789");
        assertThat(dropped()).isZero();
        put(spool, Signal.LOGS, "9876543210");

        assertThat(dropped()).isEqualTo(1);
        assertThat(files()).hasSize(2);
        assertThat(spool.waits(Signal.TRACES)).isFalse();
        assertThat(takeAll(spool, Signal.LOGS)).containsExactly("0123456789", "9876543210");
    }

    @Test
    void whatIsTooOldIsDroppedWhereverItIsFound() throws IOException {
        Spool spool = spool(WIDE);
        put(spool, Signal.TRACES, "a");
        now = now.plus(Duration.ofDays(3));
        put(spool, Signal.TRACES, "b");
        now = now.plus(Duration.ofDays(4)).plusSeconds(1);

        assertThat(takeAll(spool, Signal.TRACES)).containsExactly("b");
        assertThat(dropped()).isEqualTo(1);
        assertThat(files()).isEmpty();

        put(spool, Signal.TRACES, "c");
        now = now.plus(Duration.ofDays(8));
        assertThat(spool(WIDE).size()).as("at the start").isZero();
        assertThat(dropped()).isEqualTo(2);
        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsDamagedIsDroppedAndDoesNotStopTheRest() throws IOException {
        Spool before = spool(WIDE);
        for (String message : List.of("cut", "empty", "short", "turned", "gone", "good")) {
            put(before, Signal.TRACES, message);
        }
        List<Path> files = files();
        Files.write(files.get(0), Arrays.copyOf(Files.readAllBytes(files.get(0)), 6));
        Files.write(files.get(1), new byte[0]);
        Files.write(files.get(2), new byte[3]);
        byte[] turned = Files.readAllBytes(files.get(3));
        turned[turned.length - 1] ^= 1;
        Files.write(files.get(3), turned);
        Files.delete(files.get(4));
        Files.write(folder.resolve("1700000000000000.traces.123.tmp"), new byte[7]);
        Path notOurs = Files.writeString(folder.resolve("readme.txt"), "a note of somebody's");

        Spool spool = spool(WIDE);

        assertThat(takeAll(spool, Signal.TRACES)).containsExactly("good");
        assertThat(dropped())
                .as("cut, empty, short, turned and the one that was never finished")
                .isEqualTo(5);
        assertThat(files()).containsExactly(notOurs);
    }

    @Test
    void aFileThatVanishesIsNotMissed() throws IOException {
        Spool spool = spool(WIDE);
        put(spool, Signal.LOGS, "a");
        put(spool, Signal.LOGS, "b");
        Files.delete(files().getFirst());

        assertThat(takeAll(spool, Signal.LOGS)).containsExactly("b");
        assertThat(dropped()).isZero();
        assertThat(ledger.status(0).problem()).isNull();
    }

    @Test
    void withoutADiskAFewWaitInMemoryUntilItIsBack() throws IOException {
        Files.writeString(folder, "a file where the folder should be");
        Spool spool = spool(new Spool.Bounds(1000, Duration.ofDays(7), 2));
        put(spool, Signal.TRACES, "a");
        put(spool, Signal.LOGS, "b");
        put(spool, Signal.TRACES, "c");
        assertThat(ledger.status(0).problem())
                .isNotNull()
                .extracting(DeliveryProblem::kind)
                .isEqualTo(Kind.DISK);
        assertThat(dropped()).isEqualTo(1);

        Files.delete(folder);
        put(spool, Signal.TRACES, "d");

        assertThat(ledger.status(0).problem()).isNull();
        assertThat(takeAll(spool, Signal.TRACES)).containsExactly("c", "d");
        assertThat(takeAll(spool, Signal.LOGS)).containsExactly("b");
    }

    @Test
    void whatIsDiscardedDoesNotComeBack() throws IOException {
        Spool spool = spool(WIDE);
        put(spool, Signal.TRACES, "a");
        put(spool, Signal.TRACES, "b");
        Outgoing taken = Objects.requireNonNull(spool.take(Signal.TRACES));

        spool.discard();
        taken.notNow();

        assertThat(spool.size()).isZero();
        assertThat(spool.waits(Signal.TRACES)).isFalse();
        assertThat(files()).isEmpty();
    }

    private Spool spool(Spool.Bounds bounds) {
        var spool = new Spool(folder, bounds, () -> now, ledger);
        spool.recover();
        return spool;
    }

    private long dropped() {
        return ledger.status(0).dropped();
    }

    private static void put(Spool spool, Signal signal, String message) {
        spool.put(signal, message.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> takeAll(Spool spool, Signal signal) {
        var all = new ArrayList<String>();
        for (Outgoing taken = spool.take(signal); taken != null; taken = spool.take(signal)) {
            all.add(new String(taken.bytes(), StandardCharsets.UTF_8));
            taken.acknowledged();
        }
        return all;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
