package dev.kansoku.ui.chat;

import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.SegmentStyle;
import dev.kansoku.ui.common.Words;
import java.time.Duration;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Where the time of one turn went: its segments to scale, one below the other, and what the figures come from. */
final class WaterfallView extends VBox {

    /** Counts only the tokens that were not in its cache (fixed in 0.30.1). */
    private static final String COUNTS_UNCACHED = "0.30.0";

    private final Words words;
    private final Figures figures;
    private final GridPane bars = new GridPane();
    private final FlowPane sources = new FlowPane();
    private final Label version = new Label();

    WaterfallView(Words words, Figures figures) {
        this.words = words;
        this.figures = figures;
        getStyleClass().add("waterfall");
        bars.getStyleClass().add("waterfall-bars");
        sources.getStyleClass().add("waterfall-sources");
        version.getStyleClass().add("caption");
        version.setWrapText(true);
        var fixed = new ColumnConstraints();
        fixed.setMinWidth(USE_PREF_SIZE);
        var growing = new ColumnConstraints();
        growing.setHgrow(Priority.ALWAYS);
        growing.setFillWidth(true);
        bars.getColumnConstraints().addAll(fixed, growing, rightAligned(), rightAligned());
        getChildren().addAll(bars, sources, version);
    }

    private static ColumnConstraints rightAligned() {
        var column = new ColumnConstraints();
        column.setMinWidth(USE_PREF_SIZE);
        column.setHalignment(HPos.RIGHT);
        return column;
    }

    void show(TurnMeasurement measurement) {
        bars.getChildren().clear();
        Duration wall = measurement.segments().wall();
        @Nullable Duration firstToken = measurement.timeToFirstToken();
        Duration begin = Duration.ZERO;
        int row = 0;
        for (Segment segment : measurement.segments().parts()) {
            var bar = new Bar(begin, segment, firstToken, wall);
            add(row++, name(segment), bar, figures.duration(segment.duration()), share(segment.duration(), wall));
            begin = begin.plus(segment.duration());
        }
        add(row, new Label(words.get("waterfall.all")), new Region(), figures.duration(wall), "");
        sources.getChildren().setAll(server(measurement), client(measurement));
        version.setText(
                measurement.serverVersion() == null
                        ? words.get("waterfall.versionUnknown")
                        : words.get("waterfall.version", measurement.serverVersion()));
    }

    private void add(int row, Label name, Region bar, String seconds, String share) {
        var time = new Label(seconds);
        var part = new Label(share);
        List.of(time, part).forEach(label -> label.getStyleClass().add("figure"));
        GridPane.setValignment(bar, VPos.CENTER);
        bars.addRow(row, name, bar, time, part);
    }

    private Label name(Segment segment) {
        var swatch = new Region();
        swatch.getStyleClass().addAll("swatch", "segment", SegmentStyle.of(segment.kind()));
        return new Label(words.get("segment." + Keys.of(segment.kind())), swatch);
    }

    private String share(Duration part, Duration wall) {
        return wall.isZero() ? "" : figures.share((double) part.toNanos() / wall.toNanos());
    }

    private VBox server(TurnMeasurement measurement) {
        ReplyFigures said = measurement.figures();
        if (said == null) {
            return source("waterfall.server", line("waterfall.nothingSaid"));
        }
        return source(
                "waterfall.server",
                line("waterfall.total", duration(said.total())),
                line("waterfall.load", duration(said.load())),
                line("waterfall.prompt", duration(said.promptEval()), promptTokens(said, measurement.serverVersion())),
                line("waterfall.writing", duration(said.eval()), tokens(said.evalCount())));
    }

    private VBox client(TurnMeasurement measurement) {
        Duration wall = measurement.segments().wall();
        @Nullable
        Duration draw = measurement.segments().duration(SegmentKind.DRAW).orElse(null);
        return source(
                "waterfall.client",
                line(
                        "waterfall.connected",
                        duration(measurement
                                .segments()
                                .duration(SegmentKind.CONNECT)
                                .orElse(null))),
                line("waterfall.firstToken", duration(measurement.timeToFirstToken())),
                line("waterfall.lastByte", duration(draw == null ? wall : wall.minus(draw))),
                line("waterfall.drawn", duration(draw == null ? null : wall), duration(measurement.chunkToGlass())));
    }

    private VBox source(String title, Label... lines) {
        var head = new Label(words.get(title));
        head.getStyleClass().add("caption");
        var box = new VBox(head);
        box.getChildren().addAll(lines);
        return box;
    }

    private Label line(String key, Object... arguments) {
        return new Label(words.get(key, arguments));
    }

    private String duration(@Nullable Duration duration) {
        return duration == null ? words.get("unknown") : figures.duration(duration);
    }

    private String tokens(@Nullable Long count) {
        return count == null ? words.get("unknown") : words.get("waterfall.tokens", figures.count(count));
    }

    private String promptTokens(ReplyFigures said, @Nullable String serverVersion) {
        @Nullable Long count = said.promptEvalCount();
        @Nullable Long cached = said.promptEvalCachedCount();
        if (count == null) {
            return words.get("unknown");
        }
        if (COUNTS_UNCACHED.equals(serverVersion)) {
            return words.get("waterfall.uncachedTokens", figures.count(count));
        }
        return cached == null
                ? words.get("waterfall.tokens", figures.count(count))
                : words.get("waterfall.cachedTokens", figures.count(count), figures.count(cached));
    }

    /** One segment where it stands on the axis of its turn, and the mark of the first token. */
    private static final class Bar extends Region {

        private static final double THINNEST = 2;
        private static final double HEIGHT = 10;

        private final Duration begin;
        private final Duration duration;
        private final @Nullable Duration firstToken;
        private final Duration wall;
        private final Region box = new Region();
        private final Region mark = new Region();

        Bar(Duration begin, Segment segment, @Nullable Duration firstToken, Duration wall) {
            this.begin = begin;
            duration = segment.duration();
            this.firstToken = firstToken;
            this.wall = wall;
            getStyleClass().add("waterfall-bar");
            box.getStyleClass().addAll("segment", SegmentStyle.of(segment.kind()));
            mark.getStyleClass().add("waterfall-mark");
            mark.setVisible(firstToken != null);
            box.setVisible(!duration.isZero());
            getChildren().addAll(mark, box);
            setMinHeight(HEIGHT);
        }

        @Override
        protected double computePrefWidth(double height) {
            return 0;
        }

        @Override
        protected void layoutChildren() {
            double left = Math.min(x(begin), getWidth() - THINNEST);
            double width = Math.max(THINNEST, x(begin.plus(duration)) - left);
            double top = snapPositionY((getHeight() - HEIGHT) / 2);
            box.resizeRelocate(snapPositionX(left), top, snapSizeX(width), HEIGHT);
            if (firstToken != null) {
                mark.resizeRelocate(snapPositionX(x(firstToken)), 0, 1, getHeight());
            }
        }

        private double x(Duration at) {
            return wall.isZero() ? 0 : getWidth() * at.toNanos() / wall.toNanos();
        }
    }
}
