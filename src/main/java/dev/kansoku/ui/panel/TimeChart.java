package dev.kansoku.ui.panel;

import dev.kansoku.measure.Series;
import java.nio.IntBuffer;
import java.util.List;
import java.util.function.DoubleFunction;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.Styleable;
import javafx.css.StyleableObjectProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Scene;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Lines over time: the one component that every chart over time uses. It follows its {@link TimeAxis} while its window
 * shows, and draws only what is new. Its colours come from CSS.
 */
public final class TimeChart extends Region implements Chart {

    private static final StyleablePropertyFactory<TimeChart> CSS =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());
    private static final CssMetaData<TimeChart, Color> GROUND =
            CSS.createColorCssMetaData("-kansoku-ground", chart -> chart.ground, Color.TRANSPARENT);
    private static final CssMetaData<TimeChart, Color> GRID =
            CSS.createColorCssMetaData("-kansoku-grid", chart -> chart.grid, Color.GRAY);
    private static final CssMetaData<TimeChart, Color> MARK =
            CSS.createColorCssMetaData("-kansoku-mark", chart -> chart.mark, Color.GRAY);
    private static final List<CssMetaData<TimeChart, Color>> LINES =
            List.of(lineColour(0), lineColour(1), lineColour(2));

    /** Stands for a value that there is not. */
    static final String NONE = "–";

    private final StyleableObjectProperty<Color> ground = colour(GROUND);
    private final StyleableObjectProperty<Color> grid = colour(GRID);
    private final StyleableObjectProperty<Color> mark = colour(MARK);
    private final List<StyleableObjectProperty<Color>> lineColours =
            LINES.stream().map(this::colour).toList();

    private final TimeAxis axis;
    private final TurnMarks marks;
    private final ValueScale scale;
    private final DoubleFunction<String> format;
    private final List<ChartLine> lines;
    private final ReadOnlyObjectWrapper<List<String>> values;

    private final ImageView view = new ImageView();
    private final ScaleLabel topLabel = new ScaleLabel();
    private final ScaleLabel middleLabel = new ScaleLabel();
    private final TimeLabels timeLabels = new TimeLabels();
    private final Region crosshair = new Region();
    private final CrosshairInput input = new CrosshairInput(this);
    private @Nullable Plot plot;
    private @Nullable PixelBuffer<IntBuffer> buffer;
    private double scaleX = 1;
    private double scaleY = 1;
    private double shownTop;
    private @Nullable ChartText text;

    /**
     * @param marks gets a mark at each of its turns
     * @param format a value of any of the lines, with its unit
     * @param lines at most three, because there are colours for three
     */
    public TimeChart(
            TimeAxis axis, TurnMarks marks, ValueScale scale, DoubleFunction<String> format, List<ChartLine> lines) {
        if (lines.size() > LINES.size()) {
            throw new IllegalArgumentException(lines.size() + " lines");
        }
        this.axis = axis;
        this.marks = marks;
        this.scale = scale;
        this.format = format;
        this.lines = List.copyOf(lines);
        values = new ReadOnlyObjectWrapper<>(lines.stream().map(line -> NONE).toList());
        getStyleClass().add("time-chart");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        view.setManaged(false);
        view.setSmooth(false);
        timeLabels.setManaged(false);
        timeLabels.setVisible(false);
        crosshair.getStyleClass().add("crosshair");
        crosshair.setManaged(false);
        crosshair.setMouseTransparent(true);
        crosshair.setVisible(false);
        getChildren().setAll(view, topLabel, middleLabel, timeLabels, crosshair);
        follow();
    }

    private static CssMetaData<TimeChart, Color> lineColour(int line) {
        return CSS.createColorCssMetaData(
                "-kansoku-line-" + (line + 1), chart -> chart.lineColours.get(line), Color.GRAY);
    }

    private StyleableObjectProperty<Color> colour(CssMetaData<TimeChart, Color> data) {
        return new SimpleStyleableObjectProperty<>(data, this, data.getProperty(), data.getInitialValue(this)) {
            @Override
            protected void invalidated() {
                // All colours of a theme come together.
                requestLayout();
            }
        };
    }

    /** Only while the window shows: an axis lives longer than the views of it. */
    private void follow() {
        ObservableValue<Window> window = sceneProperty().flatMap(Scene::windowProperty);
        ObservableValue<Boolean> shown = window.flatMap(Window::showingProperty).orElse(false);
        axis.rightProperty().when(shown).subscribe(right -> {
            draw();
            input.axisMoved();
        });
        axis.spanProperty().when(shown).subscribe(span -> draw());
        marks.marksProperty().when(shown).subscribe(changed -> draw());
        axis.crosshairProperty().when(shown).subscribe(instant -> {
            showCrosshair();
            notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        });
        window.flatMap(Window::renderScaleXProperty).subscribe(scaled -> requestLayout());
        window.flatMap(Window::renderScaleYProperty).subscribe(scaled -> requestLayout());
    }

    /** Says the chart's name, and lets a screen reader say what it shows. */
    public void describe(String name, ChartText how) {
        setAccessibleText(name);
        text = how;
    }

    /** Shows the time of day below the chart. */
    public void showTimes() {
        timeLabels.setVisible(true);
        getStyleClass().add("timed");
    }

    /**
     * The values of the lines at the instant looked at, or the newest ones if none is; with their unit, and a dash where
     * there is none.
     */
    public ReadOnlyObjectProperty<List<String>> valuesProperty() {
        return values.getReadOnlyProperty();
    }

    public List<ChartLine> lines() {
        return lines;
    }

    TimeAxis axis() {
        return axis;
    }

    @Override
    public Region view() {
        return this;
    }

    @Override
    public Color ground() {
        return ground.get();
    }

    @Override
    public String csv() {
        return new ChartCsv(lines, axis.clock()).between(axis.leftNanos(), axis.rightNanos());
    }

    String text(double value) {
        return Double.isNaN(value) ? NONE : format.apply(value);
    }

    @Override
    protected void layoutChildren() {
        Scene scene = getScene();
        Window window = scene == null ? null : scene.getWindow();
        scaleX = window == null ? 1 : window.getRenderScaleX();
        scaleY = window == null ? 1 : window.getRenderScaleY();
        double below = timeLabels.isVisible() ? TimeLabels.HEIGHT : 0;
        int width = (int) Math.round(getWidth() * scaleX);
        int height = (int) Math.round((getHeight() - below) * scaleY);
        if (width <= 0 || height <= PlotRows.LANE * scaleY) {
            plot = null;
            view.setImage(null);
            return;
        }
        if (plot == null
                || plot.picture().width() != width
                || plot.picture().height() != height
                || plot.scale() != scaleX) {
            resizePicture(width, height);
        }
        timeLabels.resizeRelocate(0, height / scaleY, getWidth(), below);
        shownTop = Double.NaN;
        draw();
    }

    private void resizePicture(int width, int height) {
        var next = new Plot(lines, width, height, scaleX);
        buffer = new PixelBuffer<>(
                width, height, IntBuffer.wrap(next.picture().pixels()), PixelFormat.getIntArgbPreInstance());
        plot = next;
        view.setImage(new WritableImage(buffer));
        // A pixel of the picture is one of the device.
        view.setFitWidth(width / scaleX);
        view.setFitHeight(height / scaleY);
    }

    private void draw() {
        if (plot == null || buffer == null) {
            return;
        }
        long left = axis.leftNanos();
        long right = axis.rightNanos();
        double top = scale.fit(
                lines.stream().mapToDouble(line -> line.max(left, right)).max().orElse(0));
        var shown = new Plot.View(columns(plot), top, marks.marksProperty().get(), ink());
        if (plot.draw(shown, right)) {
            buffer.updateBuffer(all -> null);
        }
        if (top != shownTop) {
            shownTop = top;
            showMark(topLabel, top, plot);
            showMark(middleLabel, top / 2, plot);
        }
        if (timeLabels.isVisible()) {
            Columns columns = columns(plot);
            long first = plot.picture().left();
            timeLabels.show(axis, nanos -> (columns.at(nanos) - first) / scaleX);
        }
        showCrosshair();
    }

    private Columns columns(Plot drawn) {
        return axis.columns(drawn.picture().width());
    }

    private Ink ink() {
        return new Ink(
                argb(grid.get()),
                argb(mark.get()),
                lineColours.stream().map(colour -> argb(colour.get())).toList());
    }

    private static int argb(Color colour) {
        return ((int) Math.round(colour.getOpacity() * 255) << 24)
                | ((int) Math.round(colour.getRed() * 255) << 16)
                | ((int) Math.round(colour.getGreen() * 255) << 8)
                | (int) Math.round(colour.getBlue() * 255);
    }

    /** Just below its line of the grid. */
    private void showMark(ScaleLabel label, double value, Plot drawn) {
        label.show(scale.label(value), drawn.rows().row(value, shownTop) / scaleY + 1);
    }

    private void showCrosshair() {
        Long instant = axis.crosshairProperty().get();
        if (plot != null && instant != null) {
            long column = columns(plot).at(instant) - plot.picture().left();
            double height = plot.picture().height() / scaleY;
            crosshair.resizeRelocate(column / scaleX, 0, Math.max(1, Math.round(scaleX)) / scaleX, height);
        }
        crosshair.setVisible(instant != null);
        values.set(lines.stream()
                .map(line -> text(line.near(axis.readNanos(), axis.rightNanos())))
                .toList());
    }

    /** Moves the crosshair of all charts to a place in this one. */
    void pointAt(double x) {
        if (plot == null) {
            return;
        }
        Picture picture = plot.picture();
        long column = Math.clamp(picture.left() + (long) Math.floor(x * scaleX), picture.left(), picture.right());
        Columns columns = columns(plot);
        long middle = columns.start(column) + columns.nanosPerColumn() / 2;
        axis.crosshairProperty().set(middle - axis.rightNanos() > 0 ? axis.rightNanos() : middle);
    }

    /**
     * Moves the crosshair of all charts to the first line's next value, but at least by what can be seen.
     *
     * @param direction -1 to the left, 1 to the right
     */
    void step(int direction) {
        if (plot == null || lines.isEmpty()) {
            return;
        }
        Columns columns = columns(plot);
        Series series = lines.getFirst().series();
        int end = lines.getFirst().endAt(axis.rightNanos());
        Long from = axis.crosshairProperty().get();
        int next = end - 1;
        if (from != null) {
            long column = columns.at(from);
            next = direction < 0
                    ? series.firstFrom(columns.start(column)) - 1
                    : series.firstFrom(columns.start(column + 1));
        }
        if (next >= 0 && next < end && series.nanos(next) - axis.leftNanos() >= 0) {
            axis.crosshairProperty().set(series.nanos(next));
        }
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        // In words only when somebody listens.
        return attribute == AccessibleAttribute.TEXT && text != null
                ? text.describe(this, getAccessibleText())
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return CSS.getCssMetaData();
    }
}
