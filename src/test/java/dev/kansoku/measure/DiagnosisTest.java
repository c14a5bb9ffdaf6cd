package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.ui.common.DiagnosisWords;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Words;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private static final int MEASUREMENTS = 100_000;
    private static final List<Words> LANGUAGES = List.of(new Words(Locale.ENGLISH), new Words(Locale.JAPANESE));

    private static final List<Turn> TURNS = List.of(
            new TurnMaker().turn(Turn.State.FINISHED, "Hello", "", "Hello"),
            new TurnMaker().threads(2).turn(Turn.State.FINISHED, "Hello", "", "Hello"),
            new TurnMaker().turn(Turn.State.FINISHED, "one two ".repeat(500), "", "Hello"));

    /** Also a check of the check: each limit has to come up often enough to have been tested. */
    @Test
    void whateverWasMeasuredItNamesTheLongestSegmentAndNoCauseWithoutItsSignal() {
        long seed = Long.getLong("diagnosis.seed", System.nanoTime());
        System.out.println("diagnosis.seed=" + seed);
        var random = new Random(seed);
        var seen = new EnumMap<Limit, Integer>(Limit.class);
        for (int i = 0; i < MEASUREMENTS; i++) {
            TurnMeasurement measurement = any(random);
            Optional<Diagnosis> diagnosis = Diagnosis.of(measurement);
            if (diagnosis.isPresent()) {
                check(diagnosis.get(), measurement);
                if (diagnosis.get().limit() != null) {
                    seen.merge(diagnosis.get().limit(), 1, Integer::sum);
                }
            }
        }
        assertThat(seen).as("limits that came up").containsOnlyKeys(Limit.values());
        assertThat(seen.values()).as(seen.toString()).allMatch(times -> times >= 10);
    }

    private static void check(Diagnosis diagnosis, TurnMeasurement measurement) {
        List<Segment> parts = measurement.segments().parts();
        assertThat(parts).as("%s", measurement).contains(diagnosis.biggest());
        assertThat(parts)
                .as("%s", measurement)
                .noneMatch(part -> part.duration().compareTo(diagnosis.biggest().duration()) > 0);
        assertThat(diagnosis.share()).as("%s", measurement).isBetween(0.0, 1.0);
        if (diagnosis.second() != null) {
            assertThat(diagnosis.second().kind())
                    .isNotEqualTo(diagnosis.biggest().kind());
            assertThat(diagnosis.second().duration().toNanos() * 3)
                    .isGreaterThanOrEqualTo(diagnosis.biggest().duration().toNanos());
        }
        if (diagnosis.limit() != null) {
            assertThat(measurement.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(measurement.segments().implausible()).isFalse();
            assertThat(hasSignal(diagnosis.limit(), diagnosis.biggest().kind(), measurement))
                    .as("%s of %s", diagnosis, measurement)
                    .isTrue();
        }
        for (Words words : LANGUAGES) {
            assertThat(DiagnosisWords.sentence(words, new Figures(words), diagnosis, measurement))
                    .as("%s", measurement)
                    .isNotBlank()
                    .doesNotContain("{", "null", "NaN");
        }
    }

    /** Written anew, from what the brief of each limit says. */
    private static boolean hasSignal(Limit limit, SegmentKind kind, TurnMeasurement m) {
        TurnResources r = m.resources();
        boolean work = kind == SegmentKind.DECODE || kind == SegmentKind.PROMPT_EVAL;
        boolean here = r != null && r.ollamaCores() != null && !m.demo();
        boolean noGpu = r != null && r.gpuShare() != null && r.gpuShare() == 0;
        boolean busy = r != null && r.cpu() != null && r.cpu() >= 0.9;
        return switch (limit) {
            case COLD_LOAD -> kind == SegmentKind.LOAD && m.verdict() == LoadVerdict.COLD;
            case RELOAD -> kind == SegmentKind.LOAD && m.verdict() == LoadVerdict.RELOAD;
            case QUEUE -> (kind == SegmentKind.LOAD || kind == SegmentKind.WAIT) && m.verdict() == LoadVerdict.QUEUED;
            case LONG_PROMPT -> kind == SegmentKind.PROMPT_EVAL && isLongPrompt(m);
            case LONG_ANSWER ->
                kind == SegmentKind.DECODE
                        && m.figures() != null
                        && m.figures().evalCount() != null
                        && m.figures().evalCount() >= 500
                        && m.tokensPerSecond().orElse(0) >= 10;
            case CPU_BOUND -> work && here && noGpu && (physicalShare(r) >= 0.7 || (busy && share(r) >= 0.5));
            case SPLIT_MODEL -> work && r != null && r.gpuShare() != null && r.gpuShare() > 0 && r.gpuShare() < 1;
            case MEMORY_PRESSURE ->
                work
                        && here
                        && r != null
                        && ((r.memoryFree() != null && r.memoryFree() < 0.05)
                                || (r.swapping() != null && r.swapping() >= 5_000_000));
            case OTHER_PROGRAMS -> work && here && noGpu && busy && share(r) < 0.5;
            case NETWORK -> kind == SegmentKind.CONNECT && !here;
            case SLOW_CLIENT -> kind == SegmentKind.DRAW;
        };
    }

    private static double share(@Nullable TurnResources r) {
        return r == null || r.ollamaCores() == null ? Double.NaN : r.ollamaCores() / r.cores();
    }

    private static double physicalShare(@Nullable TurnResources r) {
        return r == null || r.ollamaCores() == null || r.physicalCores() == null
                ? share(r)
                : r.ollamaCores() / r.physicalCores();
    }

    /** Not slower than writing, and at least 256 tokens, by the counts or by what was typed. */
    private static boolean isLongPrompt(TurnMeasurement m) {
        ReplyFigures figures = m.figures();
        if (figures == null || figures.promptEvalCount() == null || figures.promptEval() == null) {
            return false;
        }
        long cached = figures.promptEvalCachedCount() == null ? 0 : figures.promptEvalCachedCount();
        long read = figures.promptEvalCount() - ("0.30.0".equals(m.serverVersion()) ? 0 : cached);
        boolean counted = figures.promptEvalCachedCount() != null
                || "0.30.0".equals(m.serverVersion())
                || m.verdict() == LoadVerdict.COLD
                || m.verdict() == LoadVerdict.RELOAD;
        boolean typed = m.turn().prompt().text().length() >= 4 * 256;
        double seconds = figures.promptEval().toNanos() / 1e9;
        return read >= 256
                && (counted || typed)
                && m.tokensPerSecond().isPresent()
                && read / seconds >= m.tokensPerSecond().getAsDouble();
    }

    private static TurnMeasurement any(Random random) {
        // One segment is often far above the others, so that each gets its turn.
        double[] seconds = new double[6];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = random.nextInt(5) == 0 ? 0 : random.nextDouble() * 3;
        }
        seconds[random.nextInt(seconds.length)] *= 1 + random.nextInt(40);
        long connected = nanos(seconds[0]);
        long first = connected + nanos(seconds[1] + seconds[2] + seconds[3]);
        long last = first + nanos(seconds[4]);
        var timeline = random.nextInt(20) == 0
                ? new Timeline(0, null, null, last)
                : new Timeline(0, connected, random.nextInt(10) == 0 ? null : first, last);
        @Nullable
        ReplyFigures figures = random.nextInt(6) == 0
                ? null
                : new ReplyFigures(
                        "stop",
                        Duration.ofNanos(last),
                        said(random, seconds[1]),
                        maybe(random, () -> tokens(random)),
                        random.nextBoolean() ? null : (Long) tokens(random),
                        said(random, seconds[3]),
                        maybe(random, () -> tokens(random)),
                        said(random, seconds[4]));
        @Nullable Long drawn = maybe(random, () -> last + nanos(seconds[5]));
        return new TurnMeasurement(
                pick(random, TURNS),
                Measured.SENT_AT,
                random.nextInt(4) == 0 ? pick(random, List.of(Outcome.values())) : Outcome.SUCCESS,
                random.nextInt(8) == 0,
                random.nextBoolean(),
                pick(random, List.of("0.30.0", "0.24.0", "0.33.3", "0.0.0")),
                pick(random, List.of(LoadVerdict.values())),
                Segments.of(timeline, figures, drawn),
                maybe(random, () -> Duration.ofNanos(random.nextInt(4) == 0 ? random.nextLong(last + 1) : first)),
                null,
                null,
                random.nextInt(6) == 0 ? null : resources(random),
                figures,
                null);
    }

    private static TurnResources resources(Random random) {
        int cores = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(16);
        return new TurnResources(
                maybe(random, () -> random.nextBoolean() ? 0.9 + random.nextDouble() / 10 : random.nextDouble()),
                cores,
                cores == 0 || random.nextInt(3) == 0 ? null : (Integer) (1 + random.nextInt(cores)),
                maybe(random, () -> random.nextDouble() * 1.1 * cores),
                maybe(random, () -> random.nextInt(3) == 0 ? random.nextDouble() / 10 : random.nextDouble()),
                maybe(random, () -> random.nextInt(3) == 0 ? random.nextDouble() * 1e7 : 0.0),
                maybe(random, () -> random.nextInt(3) == 0 ? random.nextDouble() : (double) random.nextInt(2)));
    }

    private static @Nullable Duration said(Random random, double seconds) {
        double factor = random.nextInt(20) == 0 ? 3 * random.nextDouble() : 1;
        return maybe(random, () -> Duration.ofNanos(nanos(factor * seconds)));
    }

    private static long tokens(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextLong(40);
            case 1 -> random.nextLong(4_000);
            default -> random.nextLong(100_000);
        };
    }

    private static <T> @Nullable T maybe(Random random, Supplier<T> value) {
        return random.nextInt(12) == 0 ? null : value.get();
    }

    private static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    @Test
    void ofEqualSegmentsTheFirstIsNamed() {
        TurnMeasurement measurement =
                new Measured().waited(3).prompt(26, 3).decode(20, 3).make();

        Diagnosis diagnosis = Diagnosis.of(measurement).orElseThrow();

        assertThat(diagnosis.biggest()).isEqualTo(new Segment(SegmentKind.WAIT, Duration.ofSeconds(3)));
        assertThat(diagnosis.second()).isEqualTo(new Segment(SegmentKind.PROMPT_EVAL, Duration.ofSeconds(3)));
        assertThat(diagnosis.share()).isBetween(0.33, 0.34);
    }

    /** Where each threshold lies, in a turn that is CPU-bound, or not. */
    @Test
    void thresholdsOfTheProcessor() {
        assertThat(limit(0.5, 2.79)).isNull();
        assertThat(limit(0.5, 2.81)).isEqualTo(Limit.CPU_BOUND);
        assertThat(limit(0.91, 2.01)).isEqualTo(Limit.CPU_BOUND);
        assertThat(limit(0.91, 1.99)).isEqualTo(Limit.OTHER_PROGRAMS);
        assertThat(limit(0.89, 1.99)).isNull();
    }

    /** On four cores of which each runs two threads a model has four threads, and others have the rest. */
    @Test
    void withTwoThreadsACoreAModelIsBoundByThePhysicalCores() {
        assertThat(limit(8, 4, 0.5, 3.9)).isEqualTo(Limit.CPU_BOUND);
        assertThat(limit(8, 4, 0.5, 2.79)).isNull();
        assertThat(limit(8, 4, 0.95, 2.7)).isEqualTo(Limit.OTHER_PROGRAMS);
        assertThat(limit(8, 4, 0.95, 3.9)).as("either may be why").isNull();
        assertThat(limit(8, null, 0.5, 3.9)).as("not known").isNull();
        assertThat(limit(8, null, 0.5, 5.7)).isEqualTo(Limit.CPU_BOUND);
    }

    private static @Nullable Limit limit(double machine, double ollamaCores) {
        return limit(4, 4, machine, ollamaCores);
    }

    private static @Nullable Limit limit(int cores, @Nullable Integer physical, double machine, double ollamaCores) {
        TurnMeasurement measurement = new Measured()
                .decode(40, 6)
                .resources(new TurnResources(machine, cores, physical, ollamaCores, 0.25, 0.0, 0.0))
                .make();
        return Diagnosis.of(measurement).orElseThrow().limit();
    }
}
