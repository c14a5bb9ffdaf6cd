package dev.kansoku.ui.panel;

import dev.kansoku.measure.LoadRange;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.VerdictMark;
import dev.kansoku.ui.common.Words;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.HPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** How long models take to be loaded, cold above warm: a bar up to the median, and a line from the shortest to the longest. */
final class LoadBars extends GridPane implements Chart {

    /** More models than this would hide those that count. */
    private static final int MOST_ROWS = 6;

    private final Words words;
    private final Figures figures;
    private List<LoadRange> ranges = List.of();

    LoadBars(Words words, Figures figures) {
        this.words = words;
        this.figures = figures;
        getStyleClass().add("load-bars");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        var name = new ColumnConstraints();
        name.setPercentWidth(38);
        var bar = new ColumnConstraints();
        bar.setHgrow(Priority.ALWAYS);
        var value = new ColumnConstraints();
        value.setMinWidth(USE_PREF_SIZE);
        value.setHalignment(HPos.RIGHT);
        getColumnConstraints().setAll(name, bar, value);
    }

    /** @param all those that count most first */
    void show(List<LoadRange> all) {
        ranges = all.stream().limit(MOST_ROWS).toList();
        Duration longest =
                ranges.stream().map(LoadRange::most).max(Duration::compareTo).orElse(Duration.ZERO);
        setAccessibleText(ranges.stream().map(this::sentence).collect(Collectors.joining(words.get("chart.then"))));
        getChildren().clear();
        for (int i = 0; i < ranges.size(); i++) {
            addRow(i, ranges.get(i), longest);
        }
    }

    private void addRow(int row, LoadRange range, Duration longest) {
        var mark = new VerdictMark();
        mark.show(range.verdict());
        var name = new Label(name(range), mark);
        name.setMinWidth(0);
        var value = new Label(figures.duration(range.median()));
        value.getStyleClass().add("figure");
        String whole = sentence(range);
        for (Label label : List.of(name, value)) {
            label.setTooltip(new Tooltip(whole));
            label.setAccessibleText(whole);
        }
        addRow(row, name, new RangeBar(range, longest), value);
    }

    /** With the context window where the same model was loaded with several. */
    private String name(LoadRange range) {
        boolean alone = ranges.stream()
                        .filter(other -> other.model().equals(range.model()))
                        .map(LoadRange::contextLength)
                        .distinct()
                        .count()
                == 1;
        return alone || range.contextLength() == null
                ? range.model()
                : words.get("loads.withContext", range.model(), figures.count(range.contextLength()));
    }

    private String sentence(LoadRange range) {
        if (range.count() == 1) {
            return words.get(
                    "loads.one",
                    name(range),
                    words.get("verdict." + Keys.of(range.verdict())),
                    figures.duration(range.median()));
        }
        return words.get(
                "loads.range",
                name(range),
                words.get("verdict." + Keys.of(range.verdict())),
                figures.duration(range.median()),
                figures.duration(range.least()),
                figures.duration(range.most()),
                figures.count(range.count()));
    }

    @Override
    public Region view() {
        return this;
    }

    @Override
    public String csv() {
        var csv = new StringBuilder();
        Csv.append(
                csv,
                Stream.of(
                        "model",
                        "context_length",
                        "verdict",
                        "least_seconds",
                        "median_seconds",
                        "most_seconds",
                        "loads"));
        ranges.forEach(range -> Csv.append(csv, row(range)));
        return csv.toString();
    }

    private static Stream<String> row(LoadRange range) {
        return Stream.of(
                range.model(),
                range.contextLength() == null ? "" : range.contextLength().toString(),
                TurnCsv.name(range.verdict()),
                TurnCsv.seconds(range.least()),
                TurnCsv.seconds(range.median()),
                TurnCsv.seconds(range.most()),
                String.valueOf(range.count()));
    }

    private static final class RangeBar extends Region {

        private static final double THICKNESS = 8;
        private static final double THINNEST = 2;

        private final LoadRange range;
        private final Duration longest;
        private final Region box = new Region();
        private final Region whisker = new Region();

        private RangeBar(LoadRange range, Duration longest) {
            this.range = range;
            this.longest = longest;
            getStyleClass().addAll("range-bar", range.verdict().name().toLowerCase(Locale.ROOT));
            box.getStyleClass().add("range-box");
            whisker.getStyleClass().add("range-whisker");
            getChildren().addAll(box, whisker);
            setMinHeight(THICKNESS);
        }

        @Override
        protected double computePrefWidth(double height) {
            return 0;
        }

        @Override
        protected void layoutChildren() {
            double middle = snapPositionY(getHeight() / 2);
            double left = x(range.least());
            box.resizeRelocate(0, middle - THICKNESS / 2, Math.max(THINNEST, x(range.median())), THICKNESS);
            whisker.resizeRelocate(left, middle - 0.5, x(range.most()) - left, 1);
        }

        private double x(Duration duration) {
            return longest.isZero() ? 0 : snapPositionX(getWidth() * duration.toNanos() / longest.toNanos());
        }
    }
}
