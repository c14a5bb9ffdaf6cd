package dev.kansoku.ui.panel;

import dev.kansoku.measure.LoadVerdict;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Draws where turns began: a shape in the lane above the curves, and a dotted line down to 0. */
final class MarkPainter {

    /** Two shapes that are closer, in logical pixels, could not be told apart. */
    private static final int LEAST_DISTANCE = 10;

    private static final int LINE_ALPHA = 0x90;

    private final Picture picture;
    private final PlotRows rows;
    private final double scale;

    MarkPainter(Picture picture, PlotRows rows, double scale) {
        this.picture = picture;
        this.rows = rows;
        this.scale = scale;
    }

    /** How many columns around its moment a mark can touch. */
    int margin() {
        return (int) Math.ceil((MarkShape.RADIUS + 1) * scale);
    }

    /** Of marks too close to each other the one that says most; which ones those are depends on their times alone. */
    Collection<TurnMark> thinned(List<TurnMark> marks, Columns columns) {
        long cell = Math.round(LEAST_DISTANCE * scale);
        SortedMap<Long, TurnMark> byCell = new TreeMap<>();
        for (TurnMark mark : marks) {
            byCell.merge(
                    Math.floorDiv(columns.at(mark.nanos()), cell),
                    mark,
                    (one, other) -> weight(other.verdict()) > weight(one.verdict()) ? other : one);
        }
        return byCell.values();
    }

    private static int weight(@Nullable LoadVerdict verdict) {
        return switch (verdict) {
            case COLD -> 4;
            case RELOAD -> 3;
            case QUEUED -> 2;
            case UNKNOWN -> 1;
            case null -> 1;
            case WARM -> 0;
        };
    }

    void paintLines(Collection<TurnMark> marks, Columns columns, long from, long to, int argb) {
        int tint = (argb & 0xFFFFFF) | (LINE_ALPHA << 24);
        long thickness = Math.max(1, Math.round(scale));
        paint(marks, columns, from, to, (mark, column) -> {
            long right = column - columns.at(mark.nanos()) + thickness / 2;
            if (right >= 0 && right < thickness) {
                for (int row = rows.top(); row <= rows.base(); row++) {
                    if (LineStyle.DOTTED.isOn(row, scale)) {
                        picture.blend(column, row, tint, 1);
                    }
                }
            }
        });
    }

    void paintShapes(Collection<TurnMark> marks, Columns columns, long from, long to, int argb) {
        double middle = Math.floor((rows.top() - 1) / 2.0) + 0.5;
        paint(marks, columns, from, to, (mark, column) -> {
            MarkShape shape = MarkShape.of(mark.verdict());
            double x = (column - columns.at(mark.nanos())) / scale;
            for (int row = 0; row < rows.top(); row++) {
                double distance = shape.distance(x, (row + 0.5 - middle) / scale) * scale;
                picture.blend(column, row, argb, Math.clamp(0.5 - distance, 0, 1));
            }
        });
    }

    /** Visits those of the columns that a mark can touch. */
    private void paint(
            Collection<TurnMark> marks, Columns columns, long from, long to, ObjLongConsumer<TurnMark> painter) {
        for (TurnMark mark : marks) {
            long middle = columns.at(mark.nanos());
            long end = Math.min(to, middle + margin());
            for (long column = Math.max(from, middle - margin()); column <= end; column++) {
                painter.accept(mark, column);
            }
        }
    }
}
