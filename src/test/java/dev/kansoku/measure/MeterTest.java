package dev.kansoku.measure;

import static dev.kansoku.measure.FakeMachine.BLOB;
import static dev.kansoku.measure.FakeMachine.GIBIBYTE;
import static dev.kansoku.measure.FakeMachine.SERVER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.measure.Machine.Counters;
import dev.kansoku.ollama.OllamaAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeterTest {

    private static final long RUNNER = 4711;
    private static final Instant START = Instant.EPOCH.plusSeconds(100);

    private final FakeMachine machine = new FakeMachine();
    private final OllamaProcesses processes = new OllamaProcesses(machine);
    private ModelSnapshot models = Snapshots.running(BLOB);
    private final Samples samples = new Samples();
    private final FrameTimes frames = new FrameTimes();
    private final Meter meter = new Meter(machine, processes, () -> models, () -> null, frames);

    private Sample at(Duration time) {
        machine.clock(time);
        return meter.read();
    }

    private Sample atSecond(long second) {
        return at(Duration.ofSeconds(second));
    }

    private void runnerUsed(Duration cpu) {
        machine.runner(RUNNER, SERVER, BLOB, START, cpu, 3 * GIBIBYTE);
    }

    private void ticks(long busy, long all) {
        machine.counters(new Counters(4, 2, busy, all, 6 * GIBIBYTE, 8 * GIBIBYTE, GIBIBYTE, 0L));
    }

    private void memory(long available, long total, long swapUsed) {
        machine.counters(new Counters(4, 2, 100, 400, available, total, swapUsed, null));
    }

    private static @Nullable Double runnerCores(Sample sample) {
        return requireNonNull(sample.runners().get(BLOB)).cores();
    }

    // What is measured

    @Test
    void afterALongPauseNothingIsKnownOfTheMeanSince() {
        ticks(100, 400);
        atSecond(1);
        ticks(200, 800);
        assertThat(atSecond(2).cpu()).isEqualTo(0.25);
        ticks(300, 1_200);
        assertThat(atSecond(33).cpu()).isNull();
    }

    @Test
    void theFirstSampleKnowsWhatThereIsButNotHowFastItGrows() {
        runnerUsed(Duration.ofSeconds(9));

        Sample first = atSecond(1);

        assertThat(first.nanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(first.cpu()).isNull();
        assertThat(first.swapping()).isNull();
        assertThat(first.cores()).isEqualTo(4);
        assertThat(first.physicalCores()).isEqualTo(2);
        assertThat(first.memoryUsed()).isEqualTo(2 * GIBIBYTE);
        assertThat(first.memoryTotal()).isEqualTo(8 * GIBIBYTE);
        assertThat(first.swapUsed()).isEqualTo(GIBIBYTE);
        assertThat(first.server()).isEqualTo(new Usage(null, 90L << 20));
        assertThat(first.runners()).containsOnlyKeys(BLOB).containsEntry(BLOB, new Usage(null, 3 * GIBIBYTE));
        assertThat(first.self()).isEqualTo(new Usage(null, GIBIBYTE / 4));
        assertThat(first.gpu()).isNull();
    }

    @Test
    void theNextOnesAreAboutTheTimeSinceTheOneBefore() {
        runnerUsed(Duration.ofSeconds(9));
        atSecond(1);
        runnerUsed(Duration.ofSeconds(12));
        machine.counters(new Counters(4, 2, 400, 1200, 6 * GIBIBYTE, 8 * GIBIBYTE, GIBIBYTE, 8192L));

        Sample second = atSecond(3);

        assertThat(second.cpu()).isEqualTo(300.0 / 800);
        assertThat(second.swapping()).isEqualTo(4096.0);
        assertThat(runnerCores(second)).isEqualTo(1.5);
        assertThat(requireNonNull(second.server()).cores()).isZero();
        assertThat(second.self().cores()).isEqualTo(0.01, within(1e-9));
    }

    // Figures that make no sense

    @Test
    void aClockThatDoesNotAdvanceOrGoesBackLeavesRatesOpenUntilTheNextSample() {
        runnerUsed(Duration.ofSeconds(1));
        atSecond(100);
        runnerUsed(Duration.ofSeconds(2));
        assertThat(runnerCores(atSecond(100))).isNull();
        runnerUsed(Duration.ofSeconds(3));
        assertThat(runnerCores(atSecond(50))).isNull();
        runnerUsed(Duration.ofSeconds(4));
        assertThat(runnerCores(atSecond(51))).isEqualTo(1.0);
    }

    @Test
    void aLongPauseIsNoInterval() {
        runnerUsed(Duration.ofSeconds(1));
        atSecond(1);
        runnerUsed(Duration.ofSeconds(2));

        assertThat(runnerCores(atSecond(1000))).isNull();
    }

    @Test
    void countersThatGoBackOrLeapLeaveRatesOpen() {
        runnerUsed(Duration.ofSeconds(10));
        ticks(100, 400);
        atSecond(1);
        runnerUsed(Duration.ofSeconds(5));
        ticks(50, 300);
        Sample back = atSecond(2);
        runnerUsed(Duration.ofDays(999));
        ticks(Long.MAX_VALUE, 700);
        Sample leap = atSecond(3);

        assertThat(back.cpu()).isNull();
        assertThat(runnerCores(back)).isNull();
        assertThat(leap.cpu()).isNull();
        assertThat(runnerCores(leap)).isNull();
    }

    @Test
    void countersThatStandStillAreNoLoadOfTheMachine() {
        ticks(100, 400);
        atSecond(1);

        assertThat(atSecond(2).cpu()).isNull();
    }

    @Test
    void memoryThatMakesNoSenseIsUnknown() {
        memory(0, 0, -1);
        Sample none = atSecond(1);
        memory(9 * GIBIBYTE, 8 * GIBIBYTE, 0);
        Sample more = atSecond(2);
        memory(-1, 8 * GIBIBYTE, 0);
        Sample negative = atSecond(3);

        assertThat(none.swapUsed()).isNull();
        assertThat(none.memoryTotal()).isNull();
        assertThat(none.memoryUsed()).isNull();
        assertThat(more.memoryUsed()).isNull();
        assertThat(negative.memoryUsed()).isNull();
    }

    @Test
    void physicalCoresThatMakeNoSenseAreUnknown() {
        for (int physical : new int[] {-1, 0, 5}) {
            machine.counters(new Counters(4, physical, 100, 400, GIBIBYTE, 8 * GIBIBYTE, 0, null));

            assertThat(atSecond(1).physicalCores()).as("%s of 4", physical).isNull();
        }
    }

    @Test
    void memoryOfAProcessThatCannotBeReadIsUnknown() {
        machine.runner(RUNNER, SERVER, BLOB, START, Duration.ZERO, 0);

        assertThat(requireNonNull(atSecond(1).runners().get(BLOB)).memory()).isNull();
    }

    @Test
    void swappingThatIsNotCountedIsUnknown() {
        memory(GIBIBYTE, 8 * GIBIBYTE, 0);
        atSecond(1);

        assertThat(atSecond(2).swapping()).isNull();
    }

    // Processes that come and go

    @Test
    void aRunnerThatVanishesInMidSampleIsMissing() {
        runnerUsed(Duration.ZERO);
        machine.whenSearched(() -> {}, () -> machine.end(RUNNER));

        assertThat(atSecond(1).runners()).isEmpty();
    }

    /** The counters of the machine are read before its processes. */
    @Test
    void aKnownRunnerThatVanishesInMidSampleIsMissingAndNotIdle() {
        runnerUsed(Duration.ofSeconds(1));
        Counters counters = machine.counters();
        assertThat(runnerCores(atSecond(1))).isNull();
        machine.counters(() -> {
            machine.end(RUNNER);
            return counters;
        });

        Sample sample = atSecond(2);

        assertThat(sample.runners()).isEmpty();
        assertThat(requireNonNull(sample.server()).cores()).isZero();
    }

    @Test
    void aServerThatVanishesInMidSampleTakesItsRunnersAlong() {
        runnerUsed(Duration.ofSeconds(1));
        Counters counters = machine.counters();
        atSecond(1);
        machine.counters(() -> {
            machine.end(SERVER);
            return counters;
        });

        Sample sample = atSecond(2);

        assertThat(sample.server()).isNull();
        assertThat(sample.runners()).isEmpty();
        assertThat(sample.memoryUsed()).isEqualTo(2 * GIBIBYTE);
    }

    @Test
    void aProcessThatGetsTheNumberOfAnotherOneBeginsAnew() {
        runnerUsed(Duration.ofSeconds(1));
        atSecond(1);
        machine.runner(RUNNER, SERVER, BLOB, START.plusSeconds(50), Duration.ofSeconds(2), GIBIBYTE);

        assertThat(runnerCores(atSecond(2))).isNull();
    }

    @Test
    void whileAnOldRunnerEndsTheYoungerOneCounts() {
        runnerUsed(Duration.ZERO);
        machine.runner(RUNNER + 1, SERVER, BLOB, START.plusSeconds(50), Duration.ZERO, GIBIBYTE);

        assertThat(requireNonNull(atSecond(1).runners().get(BLOB)).memory()).isEqualTo(GIBIBYTE);
    }

    @Test
    void aServerFarAwayOrADemoHasNoProcessesHere() {
        runnerUsed(Duration.ZERO);
        models = Snapshots.at(OllamaAddress.parse("ollama.example"), false, BLOB);
        Sample far = atSecond(1);
        models = Snapshots.at(OllamaAddress.DEFAULT, true, BLOB);
        Sample demo = atSecond(2);

        assertThat(far.server()).isNull();
        assertThat(far.runners()).isEmpty();
        assertThat(demo.server()).isNull();
        assertThat(demo.runners()).isEmpty();
    }

    @Test
    void aServerThatDoesNotTellItsModelsStillHasProcesses() {
        runnerUsed(Duration.ZERO);
        models = ModelSnapshot.none(OllamaAddress.DEFAULT);

        assertThat(atSecond(1).runners()).containsOnlyKeys(BLOB);
    }

    @Test
    void aProcessTableThatCannotBeReadLeavesTheFiguresOfTheMachine() {
        machine.cannotBeRead();

        Sample sample = atSecond(1);

        assertThat(sample.server()).isNull();
        assertThat(sample.memoryUsed()).isEqualTo(2 * GIBIBYTE);
    }

    @Test
    void aDayOfSamplesCostsNoMoreThanAQuarterOfAnHour() {
        int seconds = 24 * 60 * 60;
        for (int second = 0; second < seconds; second++) {
            // A new runner every minute.
            machine.end(5000 + second / 60 - 1);
            machine.runner(5000 + second / 60, SERVER, BLOB, START.plusSeconds(second), Duration.ZERO, GIBIBYTE);
            samples.add(atSecond(second));
        }

        assertThat(samples.all()).hasSizeBetween(900, 901);
        assertThat(meter.remembered()).as("server, runner, self").isEqualTo(3);
    }
}
