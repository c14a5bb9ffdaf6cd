package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadTimesTest {

    private final LoadTimes loads = new LoadTimes(KnownLoads.NONE);

    private void learn(String digest, int... millis) {
        learn(digest, 4096, LoadVerdict.WARM, millis);
    }

    private void learn(String digest, int context, LoadVerdict verdict, int... millis) {
        IntStream.of(millis).forEach(ms -> loads.learn("tinyllama", digest, context, verdict, Duration.ofMillis(ms)));
    }

    @Test
    void aModelOfWhichNothingIsKnownHasAQuarterOfASecond() {
        assertThat(loads.threshold("d1", 4096)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void aQuickModelHasAQuarterOfASecondToo() {
        learn("d1", 28, 41, 49);

        assertThat(loads.threshold("d1", 4096)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void aSlowerOneHasFiveTimesItsMedian() {
        learn("d1", 101, 145, 20, 110, 240);

        assertThat(loads.threshold("d1", 4096)).isEqualTo(Duration.ofMillis(550));
        assertThat(loads.threshold("d2", 4096)).as("another model").isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void whatIsLongPastIsForgotten() {
        learn("d1", IntStream.generate(() -> 200).limit(100).toArray());
        assertThat(loads.threshold("d1", 4096)).isEqualTo(Duration.ofSeconds(1));

        learn("d1", IntStream.generate(() -> 60).limit(31).toArray());

        assertThat(loads.threshold("d1", 4096)).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void anotherContextWindowIsAnotherLoad() {
        learn("d1", 4096, LoadVerdict.WARM, 200);
        assertThat(loads.threshold("d1", 8192)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void theTypicalLoadIsTheMedianOfThoseThatLoaded() {
        learn("d1", 4096, LoadVerdict.COLD, 1000, 3000);
        learn("d1", 4096, LoadVerdict.RELOAD, 2000);
        learn("d1", 4096, LoadVerdict.QUEUED, 60_000);
        learn("d1", 4096, LoadVerdict.UNKNOWN, 60_000);
        learn("d1", 4096, LoadVerdict.WARM, 20);
        assertThat(loads.typical("d1", 4096)).contains(Duration.ofSeconds(2));
        assertThat(loads.typical("d2", 4096)).isEmpty();
    }

    @Test
    void aContextWindowThatWasNeverLoadedIsLikelyToTakeAsLongAsTheLatest() {
        learn("d1", 4096, LoadVerdict.COLD, 1000);
        learn("d1", 8192, LoadVerdict.COLD, 2000);
        assertThat(loads.typical("d1", null)).contains(Duration.ofSeconds(2));
        assertThat(loads.typical("d1", 4096)).contains(Duration.ofSeconds(1));
    }

    @Test
    void whatWasLearntIsToldAndGoesOnInAnotherRun() {
        var told = new ArrayList<KnownLoads>();
        loads.onLearnt(told::add);
        learn("d1", 4096, LoadVerdict.COLD, 1500);
        learn("d1", 4096, LoadVerdict.QUEUED, 1);
        assertThat(told).hasSize(1);
        assertThat(new LoadTimes(told.getLast()).typical("d1", 4096)).contains(Duration.ofMillis(1500));
    }

    @Test
    void whatIsKeptIsBounded() {
        for (int model = 0; model < 100; model++) {
            learn("d" + model, 4096, LoadVerdict.COLD, 10);
        }
        assertThat(loads.typical("d1", 4096)).isEmpty();
        assertThat(loads.typical("d99", 4096)).isPresent();
        var told = new ArrayList<KnownLoads>();
        loads.onLearnt(told::add);
        for (int turn = 0; turn < 100; turn++) {
            learn("d99", 4096, LoadVerdict.WARM, turn);
        }
        assertThat(told.getLast().models()).hasSize(64);
        assertThat(told.getLast().of("d99@4096").warm()).hasSize(31);
    }

    @Test
    void whatMakesNoSenseInTheFileWasNeverMeasured() {
        var edited = new LinkedHashMap<String, KnownLoads.OfModel>();
        edited.put(
                "d1@4096",
                new KnownLoads.OfModel(null, List.of(-1.0, Double.NaN, 0.1), List.of(Double.POSITIVE_INFINITY, 2.0)));
        var known = new LoadTimes(new KnownLoads(edited));
        assertThat(known.threshold("d1", 4096)).isEqualTo(Duration.ofMillis(500));
        assertThat(known.typical("d1", 4096)).contains(Duration.ofSeconds(2));
    }

    @Test
    void rangesAreOfEachModelsLatestVersionColdBeforeWarm() {
        learn("old", 4096, LoadVerdict.COLD, 9_000);
        learn("new", 4096, LoadVerdict.COLD, 3_000, 1_000, 2_000);
        learn("new", 4096, LoadVerdict.WARM, 20);

        assertThat(loads.known().ranges())
                .containsExactly(
                        new LoadRange(
                                "tinyllama",
                                4096,
                                LoadVerdict.COLD,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                3),
                        new LoadRange(
                                "tinyllama",
                                4096,
                                LoadVerdict.WARM,
                                Duration.ofMillis(20),
                                Duration.ofMillis(20),
                                Duration.ofMillis(20),
                                1));
    }
}
