package dev.kansoku.ui.panel;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws lines and marks into a {@link Picture}, and only the columns in which something changed. Its memory is that of
 * the picture: four bytes a pixel.
 */
final class Plot {

    /**
     * What is to be seen. If any of it changes, all is drawn anew.
     *
     * @param top of the scale
     */
    record View(Columns columns, double top, List<TurnMark> marks, Ink ink) {}

    private final List<ChartLine> lines;
    private final double scale;
    private final Picture picture;
    private final PlotRows rows;
    private final CurvePainter curves;
    private final MarkPainter marks;

    /** Of each line, how many of the values it ever had lay left of the right edge. */
    private final long[] drawn;

    /** Of each line, how many of the values it ever had were no longer kept. */
    private final long[] forgotten;

    private @Nullable View view;

    /**
     * @param width in pixels of the device
     * @param height in pixels of the device
     * @param scale pixels of the device per logical one
     */
    Plot(List<ChartLine> lines, int width, int height, double scale) {
        this.lines = lines;
        this.scale = scale;
        picture = new Picture(width, height);
        rows = PlotRows.of(height, scale);
        curves = new CurvePainter(picture, rows, scale);
        marks = new MarkPainter(picture, rows, scale);
        drawn = new long[lines.size()];
        forgotten = new long[lines.size()];
    }

    Picture picture() {
        return picture;
    }

    double scale() {
        return scale;
    }

    PlotRows rows() {
        return rows;
    }

    /**
     * Brings the picture up to date.
     *
     * @param rightNanos the moment of the last column; what is newer is not drawn
     * @return whether the picture changed
     */
    boolean draw(View next, long rightNanos) {
        long right = next.columns().at(rightNanos);
        long moved = right - picture.right();
        boolean isAnew = !next.equals(view) || moved < 0 || moved >= picture.width();
        long old = picture.right();
        view = next;
        picture.moveTo(right);
        long from = isAnew ? picture.left() : Math.min(old + 1, firstOfNew(next.columns(), rightNanos));
        long faded = isAnew ? picture.left() - 1 : lastOfForgotten(next.columns());
        remember(rightNanos);
        if (faded >= picture.left()) {
            paint(next, picture.left(), faded, rightNanos);
        }
        if (from <= right) {
            paint(next, from, right, rightNanos);
        }
        return isAnew || moved > 0 || from <= right || faded >= picture.left();
    }

    /** The first column that values touch that were not drawn yet. */
    private long firstOfNew(Columns columns, long rightNanos) {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < drawn.length; i++) {
            ChartLine line = lines.get(i);
            long oldest = line.series().added() - line.series().size();
            if (oldest + line.endAt(rightNanos) > drawn[i]) {
                // Where the line went on from; or its new beginning.
                int index = (int) Math.max(0, drawn[i] - 1 - oldest);
                first = Math.min(first, columns.at(line.series().nanos(index)) - curves.margin());
            }
        }
        return first;
    }

    /** The last column that is touched by a line whose oldest values are no longer there. */
    private long lastOfForgotten(Columns columns) {
        long last = Long.MIN_VALUE;
        for (int i = 0; i < forgotten.length; i++) {
            ChartLine line = lines.get(i);
            if (line.series().added() - line.series().size() > forgotten[i]) {
                last = Math.max(last, columns.at(line.series().nanos(0)) + curves.margin());
            }
        }
        return Math.min(last, picture.right());
    }

    private void remember(long rightNanos) {
        for (int i = 0; i < drawn.length; i++) {
            ChartLine line = lines.get(i);
            forgotten[i] = line.series().added() - line.series().size();
            drawn[i] = forgotten[i] + line.endAt(rightNanos);
        }
    }

    private void paint(View shown, long first, long to, long rightNanos) {
        long from = Math.max(first, picture.left());
        Columns columns = shown.columns();
        picture.clear(from, to);
        paintGrid(from, to, shown.ink().grid());
        Collection<TurnMark> thinned = marks.thinned(shown.marks(), columns);
        marks.paintLines(thinned, columns, from, to, shown.ink().marks());
        for (int i = 0; i < lines.size(); i++) {
            ChartLine line = lines.get(i);
            var points = Envelope.of(line.series(), columns, from - curves.margin(), to + curves.margin(), rightNanos);
            curves.paint(
                    points,
                    columns,
                    from,
                    to,
                    shown.top(),
                    line,
                    shown.ink().lines().get(i));
        }
        marks.paintShapes(thinned, columns, from, to, shown.ink().marks());
    }

    private void paintGrid(long from, long to, int argb) {
        int thickness = Math.max(1, (int) Math.round(scale));
        for (double share : new double[] {0, 0.5, 1}) {
            int row = rows.row(share, 1);
            for (int i = row; i < row + thickness; i++) {
                for (long column = from; column <= to; column++) {
                    picture.blend(column, i, argb, 1);
                }
            }
        }
    }
}
