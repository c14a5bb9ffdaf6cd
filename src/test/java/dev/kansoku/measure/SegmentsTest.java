package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kansoku.chat.Timeline;
import dev.kansoku.ollama.ReplyFigures;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    private static final long SENT = 1_000_000_000_000L;

    private static ReplyFigures figures(
            @Nullable Long total, @Nullable Long load, @Nullable Long promptEval, @Nullable Long eval) {
        return new ReplyFigures("stop", nanos(total), nanos(load), 29L, 0L, nanos(promptEval), 3L, nanos(eval));
    }

    private static @Nullable Duration nanos(@Nullable Long nanos) {
        return nanos == null ? null : Duration.ofNanos(nanos);
    }

    private static long ms(double millis) {
        return (long) (millis * 1e6);
    }

    /** A turn of which the client saw these times, in milliseconds after it was sent. */
    private static Timeline timeline(@Nullable Double connected, @Nullable Double firstChunk, double last) {
        return new Timeline(
                SENT,
                connected == null ? null : SENT + ms(connected),
                firstChunk == null ? null : SENT + ms(firstChunk),
                SENT + ms(last));
    }

    private static List<SegmentKind> kinds(Segments segments) {
        return segments.parts().stream().map(Segment::kind).toList();
    }

    private static Duration of(Segments segments, SegmentKind kind) {
        return segments.duration(kind).orElseThrow(() -> new AssertionError("no " + kind + " in " + segments));
    }

    static void assertAddsUp(Segments segments) {
        Duration sum = segments.parts().stream().map(Segment::duration).reduce(Duration.ZERO, Duration::plus);
        assertThat(sum.minus(segments.wall()).abs())
                .as("what %s differs from its wall time", segments)
                .isLessThanOrEqualTo(Duration.ofMillis(1));
        assertThat(kinds(segments)).as("the order of the parts").isSorted().doesNotHaveDuplicates();
        assertThat(segments.parts()).noneMatch(part -> part.duration().isNegative());
    }

    // Recorded turns

    @Test
    void aRecordedColdTurnIsMostlyLoadAndReading() {
        ReplyFigures cold = figures(30_258_609_300L, 19_906_358_300L, 10_175_903_000L, 173_639_000L);

        Segments segments = Segments.of(timeline(0.6, 30_086.0, 30_261.2), cold, SENT + ms(30_275.0));

        assertThat(segments.implausible()).isFalse();
        assertThat(kinds(segments))
                .containsExactly(
                        SegmentKind.CONNECT,
                        SegmentKind.LOAD,
                        SegmentKind.WAIT,
                        SegmentKind.PROMPT_EVAL,
                        SegmentKind.DECODE,
                        SegmentKind.DRAW);
        assertThat(of(segments, SegmentKind.CONNECT)).isEqualTo(Duration.ofNanos(600_000));
        assertThat(of(segments, SegmentKind.LOAD)).isEqualTo(Duration.ofNanos(19_906_358_300L));
        assertThat(of(segments, SegmentKind.PROMPT_EVAL)).isEqualTo(Duration.ofNanos(10_175_903_000L));
        assertThat(of(segments, SegmentKind.DECODE)).isEqualTo(Duration.ofNanos(173_639_000L));
        assertThat(of(segments, SegmentKind.WAIT)).isEqualTo(Duration.ofNanos(4_699_700L));
        assertThat(of(segments, SegmentKind.DRAW)).isEqualTo(Duration.ofNanos(13_800_000L));
        assertThat(segments.wall()).isEqualTo(Duration.ofMillis(30_275));
        assertAddsUp(segments);
    }

    @Test
    void theColdAndTheWarmTurnOfTheArticleAddUp() {
        Segments cold = Segments.of(
                timeline(1.0, 23_100.0, 29_590.0),
                figures(ms(29_588), ms(22_100), ms(1_000), ms(6_480)),
                SENT + ms(29_600));
        Segments warm = Segments.of(
                timeline(0.2, 900.0, 7_190.0), figures(ms(7_188), ms(54), ms(840), ms(6_290)), SENT + ms(7_200));

        assertAddsUp(cold);
        assertAddsUp(warm);
        assertThat(cold.wall()).isEqualTo(Duration.ofMillis(29_600));
        assertThat(warm.wall()).isEqualTo(Duration.ofMillis(7_200));
        assertThat(of(warm, SegmentKind.LOAD)).as("never 0, even when warm").isEqualTo(Duration.ofMillis(54));
    }

    @Test
    void anyTurnAddsUpWhateverTheServerSays() {
        var random = new Random(20_261_122);
        for (int i = 0; i < 20_000; i++) {
            Timeline timeline = anyTimeline(random);
            @Nullable ReplyFigures figures = random.nextInt(5) == 0 ? null : anyFigures(random, timeline);
            @Nullable Long drawn = random.nextInt(3) == 0 ? null : timeline.last() + random.nextLong(-ms(5), ms(100));

            Segments segments = Segments.of(timeline, figures, drawn);

            assertAddsUp(segments);
            if (segments.implausible()) {
                assertThat(figures)
                        .as("there is nothing that could be implausible")
                        .isNotNull();
            }
        }
    }

    private static Timeline anyTimeline(Random random) {
        // Also where the clock overflows.
        long sent = random.nextInt(4) == 0 ? Long.MAX_VALUE - random.nextLong(ms(60_000)) : random.nextLong();
        long connected = sent + random.nextLong(ms(50));
        long first = connected + random.nextLong(ms(30_000));
        long last = first + random.nextLong(ms(30_000));
        return switch (random.nextInt(5)) {
            case 0 -> new Timeline(sent, null, null, last);
            case 1 -> new Timeline(sent, connected, null, last);
            default -> new Timeline(sent, connected, first, last);
        };
    }

    private static ReplyFigures anyFigures(Random random, Timeline timeline) {
        long seen = timeline.last() - timeline.sent();
        long load = random.nextLong(seen + 1);
        long prompt = random.nextLong(seen - load + 1);
        long eval = random.nextInt(3) == 0
                ? random.nextLong(2 * seen + 1)
                : seen - load - prompt - random.nextLong(-ms(2), ms(2));
        return figures(
                seen,
                random.nextInt(6) == 0 ? null : load,
                random.nextInt(6) == 0 ? null : prompt,
                random.nextInt(6) == 0 || eval < 0 ? null : eval);
    }

    // What is not known

    @Test
    void withoutFiguresThePartsAreThoseTheClientSaw() {
        Segments segments = Segments.of(timeline(1.0, 900.0, 2_000.0), null, SENT + ms(2_010));

        assertThat(segments.parts())
                .containsExactly(
                        new Segment(SegmentKind.CONNECT, Duration.ofMillis(1)),
                        new Segment(SegmentKind.UNKNOWN, Duration.ofMillis(899)),
                        new Segment(SegmentKind.DECODE, Duration.ofMillis(1_100)),
                        new Segment(SegmentKind.DRAW, Duration.ofMillis(10)));
        assertThat(segments.duration(SegmentKind.LOAD)).as("unknown is not 0").isEmpty();
        assertThat(segments.implausible()).isFalse();
    }

    @Test
    void aPromptEvaluationThatIsNotSaidIsUnknownAndSoIsTheWait() {
        Segments segments =
                Segments.of(timeline(0.0, 900.0, 2_000.0), figures(ms(2_000), ms(50), null, ms(1_000)), null);

        assertThat(segments.parts())
                .containsExactly(
                        new Segment(SegmentKind.CONNECT, Duration.ZERO),
                        new Segment(SegmentKind.LOAD, Duration.ofMillis(50)),
                        new Segment(SegmentKind.UNKNOWN, Duration.ofMillis(950)),
                        new Segment(SegmentKind.DECODE, Duration.ofMillis(1_000)));
        assertThat(segments.implausible()).isFalse();
    }

    @Test
    void aCloudModelThatSaysNoDurationsIsUnknownNotImplausible() {
        Segments segments = Segments.of(timeline(1.0, 900.0, 2_000.0), figures(ms(1_998), null, null, null), null);

        assertThat(kinds(segments)).containsExactly(SegmentKind.CONNECT, SegmentKind.UNKNOWN, SegmentKind.DECODE);
        assertThat(segments.implausible()).isFalse();
    }

    @Test
    void aReplyWithoutAnyTextIsUnknownFromConnectionToEnd() {
        Segments segments = Segments.of(timeline(1.0, null, 2_000.0), null, null);

        assertThat(segments.parts())
                .containsExactly(
                        new Segment(SegmentKind.CONNECT, Duration.ofMillis(1)),
                        new Segment(SegmentKind.UNKNOWN, Duration.ofMillis(1_999)));
    }

    @Test
    void aTurnThatNeverConnectedIsOnlyConnecting() {
        Segments segments = Segments.of(timeline(null, null, 5_000.0), null, null);

        assertThat(segments.parts()).containsExactly(new Segment(SegmentKind.CONNECT, Duration.ofSeconds(5)));
    }

    @Test
    void theErrorOfATurnThatNeverConnectedIsDrawnAfterIt() {
        Segments segments = Segments.of(timeline(null, null, 5_000.0), null, SENT + ms(5_016));

        assertThat(segments.parts())
                .containsExactly(
                        new Segment(SegmentKind.CONNECT, Duration.ofSeconds(5)),
                        new Segment(SegmentKind.DRAW, Duration.ofMillis(16)));
        assertThat(segments.wall()).isEqualTo(Duration.ofMillis(5_016));
    }

    @Test
    void whatWasNotSeenDrawnEndsWithItsLastByte() {
        Segments segments =
                Segments.of(timeline(1.0, 900.0, 2_000.0), figures(ms(1_990), ms(50), ms(800), ms(1_100)), null);

        assertThat(segments.wall()).isEqualTo(Duration.ofSeconds(2));
        assertThat(segments.duration(SegmentKind.DRAW)).isEmpty();
        assertAddsUp(segments);
    }

    @Test
    void whatWasDrawnBeforeTheLastByteTookNoTimeToDraw() {
        Segments segments = Segments.of(timeline(1.0, 900.0, 2_000.0), null, SENT + ms(1_999));

        assertThat(segments.duration(SegmentKind.DRAW)).contains(Duration.ZERO);
        assertThat(segments.wall()).isEqualTo(Duration.ofSeconds(2));
    }

    // What does not fit

    @Test
    void figuresThatDoNotFitIntoWhatTheClientSawAreMarkedAndNotUsed() {
        Segments segments =
                Segments.of(timeline(1.0, 900.0, 2_000.0), figures(ms(9_000), ms(5_000), ms(800), ms(1_100)), null);

        assertThat(segments.implausible()).isTrue();
        assertThat(segments.parts())
                .containsExactly(
                        new Segment(SegmentKind.CONNECT, Duration.ofMillis(1)),
                        new Segment(SegmentKind.UNKNOWN, Duration.ofMillis(899)),
                        new Segment(SegmentKind.DECODE, Duration.ofMillis(1_100)));
    }

    @Test
    void anExcessOfLessThanAMillisecondIsRounding() {
        Segments segments =
                Segments.of(timeline(0.0, 900.0, 2_000.0), figures(ms(2_000), ms(900), ms(100), ms(1_000.9)), null);

        assertThat(segments.implausible()).isFalse();
        assertThat(segments.duration(SegmentKind.WAIT)).contains(Duration.ZERO);
        assertAddsUp(segments);
    }

    @Test
    void anExcessOfMoreThanAMillisecondIsNot() {
        Segments segments =
                Segments.of(timeline(0.0, 900.0, 2_000.0), figures(ms(2_000), ms(900), ms(100), ms(1_001.1)), null);

        assertThat(segments.implausible()).isTrue();
        assertAddsUp(segments);
    }

    @Test
    void theLongestDurationsAServerCanSayAreImplausibleNotAnOverflow() {
        Segments segments = Segments.of(
                timeline(1.0, 900.0, 2_000.0),
                figures(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                null);

        assertThat(segments.implausible()).isTrue();
        assertAddsUp(segments);
    }

    @Test
    void oneDurationThatIsTooLongIsImplausibleWithoutTheOthersToo() {
        for (ReplyFigures figures : List.of(
                figures(null, ms(9_000), null, null),
                figures(null, null, ms(9_000), null),
                figures(null, null, null, ms(9_000)))) {
            Segments segments = Segments.of(timeline(1.0, 900.0, 2_000.0), figures, null);

            assertThat(segments.implausible()).as("%s", figures).isTrue();
            assertAddsUp(segments);
        }
    }

    @Test
    void aNegativePartCannotBeMade() {
        assertThatThrownBy(() -> new Segment(SegmentKind.LOAD, Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
