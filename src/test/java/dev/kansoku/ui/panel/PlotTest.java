package dev.kansoku.ui.panel;

import static dev.kansoku.ui.panel.Lines.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlotTest {

    private static final int WIDTH = 120;
    private static final int HEIGHT = 66;
    private static final double GAP = Double.NaN;
    private static final int GRID = 0xFF101010;
    private static final int MARK = 0xFF00FF00;
    private static final List<LineStyle> STYLES = List.of(LineStyle.values());
    private static final List<LoadVerdict> VERDICTS = List.of(LoadVerdict.values());
    private static final List<Integer> COLOURS = List.of(0xFFFF0000, 0xFF0000FF, 0xFF800080);

    /** Two columns a second. */
    private static final Columns MINUTE = Columns.of(0, Duration.ofSeconds(60), WIDTH);

    private static Plot.View view(List<TurnMark> marks) {
        return new Plot.View(MINUTE, 1, marks, new Ink(GRID, MARK, COLOURS));
    }

    private static Plot drawn(List<TurnMark> marks, double right, ChartLine... lines) {
        var plot = new Plot(List.of(lines), WIDTH, HEIGHT, 1);
        plot.draw(view(marks), seconds(right));
        return plot;
    }

    private static int pixel(Plot plot, double second, int row) {
        long x = MINUTE.at(seconds(second)) - plot.picture().left();
        return plot.picture().pixels()[row * WIDTH + (int) x];
    }

    private static int red(int pixel) {
        return pixel >> 16 & 0xFF;
    }

    private static TurnMark mark(double second, LoadVerdict verdict) {
        return new TurnMark(UUID.randomUUID(), seconds(second), verdict);
    }

    private static double[] flat(int count, double value) {
        return IntStream.range(0, count).mapToDouble(i -> value).toArray();
    }

    @Test
    void aSteadyValueIsACrispLine() {
        ChartLine line = Lines.line(Lines.series(99, 0, flat(60, 0.75)), LineStyle.SOLID);
        Plot plot = drawn(List.of(), 55, line);
        int row = plot.rows().row(0.75, 1);

        assertThat(row).isEqualTo(64 - (64 - 12) * 3 / 4);
        for (double second = 10; second < 50; second += 0.5) {
            assertThat(pixel(plot, second, row)).isEqualTo(0xFFFF0000);
            assertThat(pixel(plot, second, row - 1) >>> 24).isEqualTo(64);
            assertThat(pixel(plot, second, row - 2)).isZero();
            assertThat(pixel(plot, second, row + 2) >>> 24).as("the area").isEqualTo(0x2E);
        }
        assertThat(pixel(plot, 30, plot.rows().row(0, 1)))
                .as("a grid line under the area")
                .isNotZero();
        assertThat(plot.picture().pixels()[row * WIDTH])
                .as("before the first value")
                .isZero();
    }

    @Test
    void theLineGoesFromValueToValue() {
        ChartLine line = Lines.line(Lines.series(99, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1), LineStyle.SOLID);
        Plot plot = drawn(List.of(), 8, line);

        assertThat(red(pixel(plot, 2, plot.rows().base()))).isEqualTo(255);
        assertThat(red(pixel(plot, 7, plot.rows().top()))).isEqualTo(255);
        assertThat(red(pixel(plot, 4.5, plot.rows().row(0.6, 1))))
                .as("on the way up")
                .isGreaterThan(100);
        assertThat(pixel(plot, 2, plot.rows().row(0.25, 1))).isZero();
    }

    @Test
    void aGapIsNotDrawn() {
        var series = Lines.series(99, 0, flat(20, 0.75));
        series.add(seconds(20), GAP);
        for (int i = 40; i < 60; i++) {
            series.add(seconds(i), 0.75);
        }
        Plot plot = drawn(List.of(), 59, Lines.line(series, LineStyle.SOLID));

        for (double second = 20; second < 39; second += 0.5) {
            for (int row = 0; row < HEIGHT; row++) {
                assertThat(red(pixel(plot, second, row))).as("%s s", second).isLessThanOrEqualTo(0x10);
            }
        }
        assertThat(red(pixel(plot, 45, plot.rows().row(0.75, 1)))).isEqualTo(255);
    }

    @Test
    void aValueBetweenTwoGapsIsADot() {
        Plot plot = drawn(List.of(), 30, Lines.line(Lines.series(9, 9, GAP, 0.75, GAP), LineStyle.DASHED));

        int touched = 0;
        for (int pixel : plot.picture().pixels()) {
            touched += red(pixel) > 0x10 ? 1 : 0;
        }
        assertThat(touched).isBetween(1, 9);
    }

    @Test
    void whatIsNewerThanTheRightEdgeIsNotDrawn() {
        ChartLine line = Lines.line(Lines.series(99, 0, flat(60, 0.75)), LineStyle.SOLID);
        Plot plot = drawn(List.of(), 20, line);

        assertThat(plot.picture().pixels())
                .isEqualTo(drawn(List.of(), 20, Lines.line(Lines.series(99, 0, flat(21, 0.75)), LineStyle.SOLID))
                        .picture()
                        .pixels());
    }

    @Test
    void aValueAboveTheScaleStaysInIt() {
        ChartLine line = Lines.line(Lines.series(99, 0, flat(60, 3)), LineStyle.SOLID);
        Plot plot = drawn(List.of(), 59, line);

        assertThat(red(pixel(plot, 30, plot.rows().top()))).isEqualTo(255);
    }

    @Test
    void linesDifferWithoutTheirColour() {
        var runs = new HashSet<List<Boolean>>();
        for (LineStyle style : STYLES) {
            Plot plot = drawn(List.of(), 59, Lines.line(Lines.series(99, 0, flat(60, 0.75)), style));
            var run = new ArrayList<Boolean>();
            for (double second = 20; second < 40; second += 0.5) {
                run.add(red(pixel(plot, second, plot.rows().row(0.75, 1))) > 128);
            }
            runs.add(run);
        }
        assertThat(runs).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(LineStyle.class)
    void aJumpIsSeenInEveryStyle(LineStyle style) {
        for (int at = 20; at < 32; at++) {
            var series = new Series(9);
            series.add(seconds(10), 0);
            series.add(seconds(at), 0);
            series.add(seconds(at + 0.1), 1);
            series.add(seconds(50), 1);
            Plot plot = drawn(List.of(), 59, Lines.line(series, style));
            int seen = 0;
            for (int row = plot.rows().top() + 4; row < plot.rows().base() - 4; row++) {
                seen += red(pixel(plot, at, row)) > 128 ? 1 : 0;
            }
            assertThat(seen).as("%s at %s", style, at).isGreaterThan(15);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.25, 1.5, 2})
    void marksDifferInShape(double scale) {
        var shapes = new HashSet<List<Boolean>>();
        for (LoadVerdict verdict : VERDICTS) {
            var plot = new Plot(List.of(), WIDTH, HEIGHT, scale);
            plot.draw(view(List.of(mark(30, verdict))), seconds(59));
            int lane = plot.rows().top() * WIDTH;
            List<Boolean> shape = Arrays.stream(plot.picture().pixels(), 0, lane)
                    .mapToObj(pixel -> pixel >>> 24 > 128)
                    .toList();
            assertThat(shape.stream().filter(set -> set).count()).isGreaterThan(12);
            for (List<Boolean> other : shapes) {
                long differ = IntStream.range(0, lane)
                        .filter(i -> !shape.get(i).equals(other.get(i)))
                        .count();
                assertThat(differ).as(verdict.name()).isGreaterThan(9);
            }
            shapes.add(shape);
        }
        assertThat(shapes).hasSize(VERDICTS.size());
    }

    @Test
    void aVerdictThatIsNotKnownYetLooksLikeOneThatNeverWill() {
        assertThat(MarkShape.of(null)).isEqualTo(MarkShape.of(LoadVerdict.UNKNOWN));
    }

    @Test
    void ofMarksTooCloseToEachOtherTheOneThatSaysMostIsDrawn() {
        var cold = mark(32, LoadVerdict.COLD);
        var marks = List.of(mark(31, LoadVerdict.WARM), cold, mark(33, LoadVerdict.WARM));

        assertThat(drawn(marks, 59).picture().pixels())
                .isEqualTo(drawn(List.of(cold), 59).picture().pixels());
    }

    @Test
    void nothingIsDrawnAgainWhereNothingChanged() {
        ChartLine line = Lines.line(Lines.series(99, 0, flat(60, 0.75)), LineStyle.SOLID);
        Plot plot = drawn(List.of(), 59, line);

        assertThat(plot.draw(view(List.of()), seconds(59.1))).isFalse();
        assertThat(plot.draw(view(List.of()), seconds(60))).isTrue();
    }

    /** Whatever happens between two pictures, the next one is what it would be if it were the first. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void goingOnDrawsTheSameAsBeginningAnew(long seed) {
        var random = new Random(seed);
        double scale = new double[] {1, 1.25, 1.5, 2}[(int) seed % 4];
        // A ring shorter than the span too, and many values a column or few.
        int capacity = random.nextBoolean() ? 40 : 4000;
        double pace = random.nextBoolean() ? 0.05 : 1.3;
        List<Series> series = STYLES.stream().map(style -> new Series(capacity)).toList();
        List<ChartLine> lines = IntStream.range(0, series.size())
                .mapToObj(i -> Lines.line(series.get(i), STYLES.get(i)))
                .toList();
        var marks = new ArrayList<TurnMark>();
        var plot = new Plot(lines, WIDTH, HEIGHT, scale);
        double now = 0;
        for (int step = 0; step < 400; step++) {
            double before = now;
            now += random.nextInt(50) == 0 ? 30 * random.nextDouble() : 2 * random.nextDouble();
            for (double at = before; at < now + (random.nextInt(9) == 0 ? 1 : 0); at += pace) {
                for (Series one : series) {
                    if (one.size() == 0 || one.nanos(one.size() - 1) < seconds(at)) {
                        boolean isGap = random.nextInt(12) == 0;
                        one.add(seconds(at), isGap ? GAP : random.nextDouble() * random.nextDouble());
                    }
                }
            }
            if (random.nextInt(10) == 0) {
                marks.add(mark(now, VERDICTS.get(random.nextInt(5))));
            }
            plot.draw(view(List.copyOf(marks)), seconds(now));

            var anew = new Plot(lines, WIDTH, HEIGHT, scale);
            anew.draw(view(List.copyOf(marks)), seconds(now));
            assertThat(plot.picture().pixels())
                    .as("step %s", step)
                    .isEqualTo(anew.picture().pixels());
        }
    }
}
