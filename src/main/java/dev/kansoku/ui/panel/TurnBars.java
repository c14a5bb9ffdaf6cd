package dev.kansoku.ui.panel;

import dev.kansoku.ui.common.VerdictMark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * A bar for each of the last turns, side by side: as many as there is room for. It is laid out anew when a turn ends, and
 * costs nothing in between. Its colours come from CSS, one class a part.
 */
final class TurnBars extends Region implements Chart {

    /**
     * A piece of a bar; the first one stands at the bottom.
     *
     * @param style its style class
     */
    record Part(String style, double value) {}

    private static final double LEAST_SLOT = 12;
    private static final double MOST_SLOT = 36;
    private static final double BAR_SHARE = 0.7;
    private static final double MARK = 9;
    private static final double THINNEST = 1;
    private static final PseudoClass POINTED = PseudoClass.getPseudoClass("pointed");

    private final ValueScale scale;
    private final Function<TurnSummary, List<Part>> parts;
    private final Consumer<@Nullable TurnSummary> look;

    /** Above the bars, for the marks. */
    private final double lane;

    private final ObjectProperty<@Nullable TurnSummary> pointed = new SimpleObjectProperty<>();
    private final List<Region> grid = List.of(line("grid-line"), line("grid-line"), line("grid-line"));
    private final ScaleLabel topLabel = new ScaleLabel();
    private final ScaleLabel middleLabel = new ScaleLabel();
    private List<TurnSummary> turns = List.of();
    private List<Double> levels = List.of();
    private List<Bar> bars = List.of();
    private List<Region> levelLines = List.of();
    private @Nullable Supplier<String> text;

    /**
     * @param parts of the bar of a turn; none where there is nothing to show
     * @param marked whether each bar has a mark shaped by the turn's verdict
     * @param look is told which turn the user wants to look at; {@code null} for none
     */
    TurnBars(
            ValueScale scale,
            Function<TurnSummary, List<Part>> parts,
            boolean marked,
            Consumer<@Nullable TurnSummary> look) {
        this.scale = scale;
        this.parts = parts;
        this.look = look;
        lane = marked ? PlotRows.LANE : 0;
        getStyleClass().add("turn-bars");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setFocusTraversable(true);
        widthProperty().subscribe(width -> fill());
        addEventHandler(MouseEvent.MOUSE_MOVED, e -> look.accept(at(e.getX())));
        addEventHandler(MouseEvent.MOUSE_EXITED, e -> look.accept(null));
        addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        focusedProperty().subscribe((before, focused) -> {
            if (!focused) {
                look.accept(null);
            }
        });
        pointed.subscribe(turn -> {
            markPointed();
            notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        });
        fill();
    }

    private static Region line(String style) {
        var line = new Region();
        line.getStyleClass().add(style);
        line.setManaged(false);
        line.setMouseTransparent(true);
        return line;
    }

    /** @param description what a screen reader says of the chart, or of the turn that is looked at */
    void describe(Supplier<String> description) {
        text = description;
    }

    /**
     * Shows other turns.
     *
     * @param next the newest last
     * @param lines at which heights a line goes through all bars
     */
    void show(List<TurnSummary> next, List<Double> lines) {
        turns = next;
        levels = lines;
        fill();
    }

    /** The turn that is looked at. */
    ObjectProperty<@Nullable TurnSummary> pointedProperty() {
        return pointed;
    }

    private void fill() {
        int room = (int) Math.max(1, Math.floor(getWidth() / LEAST_SLOT));
        List<TurnSummary> shown = turns.subList(Math.max(0, turns.size() - room), turns.size());
        bars = shown.stream()
                .map(turn -> new Bar(turn, parts.apply(turn), lane > 0))
                .toList();
        markPointed();
        levelLines = levels.stream().map(level -> line("level-line")).toList();
        var children = new ArrayList<Node>(grid);
        children.addAll(bars);
        children.addAll(levelLines);
        children.addAll(List.of(topLabel, middleLabel));
        getChildren().setAll(children);
        if (pointed.get() != null && !shown.contains(pointed.get())) {
            pointed.set(null);
        }
        requestLayout();
    }

    private void markPointed() {
        bars.forEach(bar -> bar.pseudoClassStateChanged(POINTED, bar.turn.equals(pointed.get())));
    }

    @Override
    protected void layoutChildren() {
        double top = scale.fit(bars.stream().mapToDouble(Bar::value).max().orElse(0));
        double base = getHeight() - 1;
        double height = base - lane;
        for (int i = 0; i < grid.size(); i++) {
            place(grid.get(i), base - height * i / (grid.size() - 1));
        }
        for (int i = 0; i < levels.size(); i++) {
            levelLines.get(i).setVisible(levels.get(i) <= top);
            place(levelLines.get(i), base - height * Math.min(1, levels.get(i) / top));
        }
        double slot = slot();
        double first = left();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double left = snapPositionX(first + i * slot);
            bar.resizeRelocate(left, 0, snapPositionX(first + (i + 1) * slot) - left, base);
            bar.place(height / top, slot * BAR_SHARE);
        }
        topLabel.show(scale.label(top), lane + 1);
        middleLabel.show(scale.label(top / 2), lane + height / 2 + 1);
        boolean hasValues = !bars.isEmpty();
        topLabel.setVisible(hasValues);
        middleLabel.setVisible(hasValues);
    }

    private void place(Region line, double y) {
        line.resizeRelocate(0, snapPositionY(y), getWidth(), 1);
    }

    private double slot() {
        return Math.clamp(getWidth() / Math.max(1, bars.size()), LEAST_SLOT, MOST_SLOT);
    }

    /** The newest one stands at the right edge, as in the charts over time. */
    private double left() {
        return getWidth() - bars.size() * slot();
    }

    private @Nullable TurnSummary at(double x) {
        int index = (int) Math.floor((x - left()) / slot());
        return index >= 0 && index < bars.size() ? bars.get(index).turn : null;
    }

    private void press(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> step(event, -1);
            case RIGHT -> step(event, 1);
            case ESCAPE -> {
                if (pointed.get() != null) {
                    look.accept(null);
                    event.consume();
                }
            }
            default -> {}
        }
    }

    /** From the newest on. */
    private void step(KeyEvent event, int direction) {
        if (!bars.isEmpty()) {
            List<TurnSummary> shown = bars.stream().map(bar -> bar.turn).toList();
            int from = pointed.get() == null ? shown.size() : shown.indexOf(pointed.get());
            look.accept(shown.get(Math.clamp(from + direction, 0, shown.size() - 1)));
        }
        event.consume();
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.TEXT && text != null
                ? text.get()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    @Override
    public Region view() {
        return this;
    }

    @Override
    public String csv() {
        return TurnCsv.of(bars.stream().map(bar -> bar.turn).toList());
    }

    private static final class Bar extends Region {

        private final TurnSummary turn;
        private final List<Part> parts;
        private final List<Region> boxes;
        private final VerdictMark mark = new VerdictMark();

        private Bar(TurnSummary turn, List<Part> parts, boolean marked) {
            this.turn = turn;
            this.parts = parts.stream().filter(part -> part.value() > 0).toList();
            boxes = this.parts.stream().map(part -> box(part.style())).toList();
            getStyleClass().add("turn-bar");
            setManaged(false);
            setMouseTransparent(true);
            mark.show(marked ? turn.verdict() : null);
            mark.setManaged(false);
            getChildren().addAll(boxes);
            getChildren().add(mark);
        }

        private static Region box(String style) {
            var box = new Region();
            box.getStyleClass().addAll("segment", style);
            box.setManaged(false);
            return box;
        }

        private double value() {
            return parts.stream().mapToDouble(Part::value).sum();
        }

        /** @param unit pixels of a value of 1 */
        private void place(double unit, double width) {
            double left = snapPositionX((getWidth() - width) / 2);
            double value = 0;
            double bottom = getHeight();
            for (int i = 0; i < boxes.size(); i++) {
                value += parts.get(i).value();
                // What took any time at all stays visible.
                double top = Math.min(snapPositionY(getHeight() - value * unit), bottom - THINNEST);
                boxes.get(i).resizeRelocate(left, top, snapSizeX(width), bottom - top);
                bottom = top;
            }
            mark.resizeRelocate(
                    snapPositionX((getWidth() - MARK) / 2), snapPositionY(Math.max(0, bottom - MARK - 3)), MARK, MARK);
        }
    }
}
