package dev.kansoku.ui.panel;

import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.SegmentStyle;
import dev.kansoku.ui.common.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The segments of a turn: a bar of them, and below it each with its colour, name and time. */
final class SegmentList extends VBox {

    /** So many stand below each other, with room for their names. */
    private static final int FEW = 3;

    private final Words words;
    private final Figures figures;
    private final SegmentBar bar = new SegmentBar();
    private final GridPane legend = new GridPane();
    private final List<Label> values = new ArrayList<>();
    private List<SegmentKind> shown = List.of();

    SegmentList(Words words, Figures figures) {
        this.words = words;
        this.figures = figures;
        getStyleClass().add("segment-list");
        legend.getStyleClass().add("legend");
        getChildren().setAll(bar, legend);
    }

    private static ColumnConstraints column(int of) {
        var column = new ColumnConstraints();
        column.setPercentWidth(100.0 / of);
        return column;
    }

    /** Entries stay as long as the segments do: new ones would be styled anew with every tick. */
    void show(List<Segment> segments) {
        bar.show(segments);
        List<SegmentKind> kinds = segments.stream().map(Segment::kind).toList();
        if (!kinds.equals(shown)) {
            shown = kinds;
            values.clear();
            legend.getChildren().clear();
            int columns = kinds.size() <= FEW ? 1 : 2;
            int rows = Math.ceilDiv(kinds.size(), columns);
            legend.getColumnConstraints().setAll(Collections.nCopies(columns, column(columns)));
            for (int i = 0; i < kinds.size(); i++) {
                legend.add(entry(kinds.get(i)), i / rows, i % rows);
            }
        }
        for (int i = 0; i < segments.size(); i++) {
            values.get(i).setText(figures.duration(segments.get(i).duration()));
        }
    }

    private Node entry(SegmentKind kind) {
        var swatch = new Region();
        swatch.getStyleClass().addAll("swatch", "segment", SegmentStyle.of(kind));
        var name = new Label(words.get("segment." + Keys.of(kind)));
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var value = new Label();
        value.getStyleClass().add("figure");
        value.setMinWidth(USE_PREF_SIZE);
        values.add(value);
        var entry = new HBox(swatch, name, space, value);
        entry.getStyleClass().add("legend-row");
        return entry;
    }
}
