package dev.kansoku.ui.panel;

import dev.kansoku.measure.Series;
import dev.kansoku.ui.common.Figures;
import java.time.Duration;
import java.util.List;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/**
 * Curves over time on a {@link Canvas}: the one component that every chart over time uses. It reads its {@link Series}
 * when it is told to draw, and costs nothing in between. Its colours come from CSS.
 */
public final class StripChart extends Region {

    private static final StyleablePropertyFactory<StripChart> CSS =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final double GAP = 0.5;
    private static final double LABEL_SIZE = 11;
    private static final double AREA = 0.18;
    private static final double MARK_RADIUS = 2.5;

    private final StyleableProperty<Color> line =
            CSS.createStyleableColorProperty(this, "line", "-kansoku-line", c -> c.line, Color.GRAY);
    private final StyleableProperty<Color> grid =
            CSS.createStyleableColorProperty(this, "grid", "-kansoku-grid", c -> c.grid, Color.LIGHTGRAY);
    private final StyleableProperty<Color> label =
            CSS.createStyleableColorProperty(this, "label", "-kansoku-label", c -> c.label, Color.GRAY);

    private final Figures figures;
    private final Canvas canvas = new Canvas();
    private Series series = new Series(1);
    private Series marks = new Series(1);
    private Duration span = Duration.ofMinutes(1);
    private double smallestTop = 10;
    private long endNanos;

    public StripChart(Figures figures) {
        this.figures = figures;
        getStyleClass().add("strip-chart");
        canvas.setManaged(false);
        getChildren().add(canvas);
    }

    /**
     * Says what is drawn from now on.
     *
     * @param values the curve; {@link Double#NaN} interrupts it
     * @param markedTimes gets a vertical mark at each of its times
     * @param shown how much time the width stands for
     * @param least the top of the scale is at least this
     */
    public void show(Series values, Series markedTimes, Duration shown, double least) {
        series = values;
        marks = markedTimes;
        span = shown;
        smallestTop = least;
    }

    /** Draws what the series hold now; the right edge is {@code nowNanos}. */
    public void draw(long nowNanos) {
        endNanos = nowNanos;
        draw();
    }

    @Override
    protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
        }
        // Also after a change of theme: new colours come with a new layout.
        draw();
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        g.clearRect(0, 0, width, height);
        if (width <= 0 || height <= 0) {
            return;
        }
        long start = endNanos - span.toNanos();
        double top = niceTop(Math.max(smallestTop, series.maxSince(start)));
        drawGrid(g, width, height, top);
        drawMarks(g, width, height, start);
        drawCurve(g, width, height, start, top);
        drawLabels(g, height, top);
    }

    private void drawGrid(GraphicsContext g, double width, double height, double top) {
        g.setStroke(grid.getValue());
        g.setLineWidth(1);
        for (double value : new double[] {0, top / 2, top}) {
            double y = crisp(y(value, height, top));
            g.strokeLine(0, y, width, y);
        }
    }

    private void drawMarks(GraphicsContext g, double width, double height, long start) {
        g.setStroke(label.getValue());
        g.setFill(label.getValue());
        g.setLineDashes(2, 3);
        for (int i = marks.size() - 1; i >= 0 && marks.nanos(i) - start >= 0; i--) {
            double x = crisp(x(marks.nanos(i), start, width));
            g.strokeLine(x, 2 * MARK_RADIUS, x, height);
            g.fillOval(x - MARK_RADIUS, 0, 2 * MARK_RADIUS, 2 * MARK_RADIUS);
        }
        g.setLineDashes();
    }

    private void drawCurve(GraphicsContext g, double width, double height, long start, double top) {
        int from = series.size();
        while (from > 0 && series.nanos(from - 1) - start >= 0) {
            from--;
        }
        int first = from;
        while (first < series.size()) {
            if (Double.isNaN(series.value(first))) {
                first++;
                continue;
            }
            int end = first;
            while (end < series.size() && !Double.isNaN(series.value(end))) {
                end++;
            }
            drawRun(g, width, height, start, top, first, end);
            first = end;
        }
    }

    /** One uninterrupted part of the curve, with the area below it. */
    private void drawRun(GraphicsContext g, double width, double height, long start, double top, int first, int end) {
        int points = end - first;
        double[] xs = new double[points + 2];
        double[] ys = new double[points + 2];
        for (int i = 0; i < points; i++) {
            xs[i] = x(series.nanos(first + i), start, width);
            ys[i] = y(series.value(first + i), height, top);
        }
        xs[points] = xs[points - 1];
        xs[points + 1] = xs[0];
        ys[points] = y(0, height, top);
        ys[points + 1] = ys[points];
        Color colour = line.getValue();
        g.setFill(colour.deriveColor(0, 1, 1, AREA));
        g.fillPolygon(xs, ys, points + 2);
        g.setStroke(colour);
        g.setLineWidth(1.5);
        g.strokePolyline(xs, ys, points);
    }

    private void drawLabels(GraphicsContext g, double height, double top) {
        g.setFill(label.getValue());
        g.setFont(Font.font(LABEL_SIZE));
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.TOP);
        for (double value : List.of(top / 2, top)) {
            g.fillText(figures.mark(value), 0, y(value, height, top) + 1);
        }
    }

    private double x(long nanos, long start, double width) {
        return (nanos - start) * width / span.toNanos();
    }

    private static double y(double value, double height, double top) {
        return height - GAP - value / top * (height - 2 * GAP);
    }

    /** On the middle of a pixel, so that a line of one pixel is one pixel wide. */
    private static double crisp(double at) {
        return Math.floor(at) + 0.5;
    }

    /** 1, 2 or 5 times a power of ten. */
    static double niceTop(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 2, 5}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return CSS.getCssMetaData();
    }
}
