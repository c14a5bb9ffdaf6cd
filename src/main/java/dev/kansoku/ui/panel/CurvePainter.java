package dev.kansoku.ui.panel;

import java.util.Arrays;

/**
 * Draws a line column by column. A pixel depends only on the values and on its own place, never on what was drawn
 * before or on which columns are drawn together.
 */
final class CurvePainter {

    /** In logical pixels. */
    private static final double LINE_WIDTH = 1.5;

    private static final int AREA_ALPHA = 0x2E;

    private final Picture picture;
    private final PlotRows rows;
    private final double scale;

    /** How far from the middle of a line a pixel can still be touched. */
    private final double reach;

    /** How much of each pixel of one column the line covers, 0 to 1. */
    private final double[] coverage;

    private int firstCovered;
    private int lastCovered;

    CurvePainter(Picture picture, PlotRows rows, double scale) {
        this.picture = picture;
        this.rows = rows;
        this.scale = scale;
        reach = LINE_WIDTH * scale / 2 + 0.5;
        coverage = new double[picture.height()];
    }

    /** How many columns around a value its line can touch. */
    int margin() {
        return (int) Math.ceil(reach) + 1;
    }

    /** Draws the columns from one to another; the points must begin and end {@link #margin()} columns farther out. */
    void paint(Envelope points, Columns columns, long from, long to, double top, ChartLine line, int argb) {
        int near = 0;
        for (long column = from; column <= to; column++) {
            while (near + 1 < points.size() && columns.offset(points.nanos(near + 1), column) < -reach) {
                near++;
            }
            paintColumn(points, near, columns, column, top, line, argb);
        }
    }

    private void paintColumn(
            Envelope points, int near, Columns columns, long column, double top, ChartLine line, int argb) {
        Arrays.fill(coverage, 0);
        firstCovered = coverage.length;
        lastCovered = -1;
        for (int i = near; i < points.size() && columns.offset(points.nanos(i), column) <= 1 + reach; i++) {
            boolean hasNext = points.isPoint(i + 1);
            // A value between two gaps is a line without length.
            if (points.isPoint(i) && (hasNext || !points.isPoint(i - 1))) {
                int end = hasNext ? i + 1 : i;
                double x1 = columns.offset(points.nanos(i), column);
                double y1 = rows.row(points.value(i), top) + 0.5;
                double x2 = columns.offset(points.nanos(end), column);
                double y2 = rows.row(points.value(end), top) + 0.5;
                if (line.filled() && x1 <= 0.5 && x2 > 0.5) {
                    fillBelow(column, y1 + (y2 - y1) * (0.5 - x1) / (x2 - x1), argb);
                }
                cover(column, x1, y1, x2, y2, line.style());
            }
        }
        for (int row = firstCovered; row <= lastCovered; row++) {
            picture.blend(column, row, argb, coverage[row]);
        }
    }

    private void fillBelow(long column, double y, int argb) {
        int tint = (argb & 0xFFFFFF) | (AREA_ALPHA << 24);
        int first = (int) y;
        picture.blend(column, first, tint, first + 1 - y);
        for (int row = first + 1; row <= rows.base(); row++) {
            picture.blend(column, row, tint, 1);
        }
    }

    /** By the distance of the middle of each pixel from the line. */
    private void cover(long column, double x1, double y1, double x2, double y2, LineStyle style) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        // Dashes across the time axis would swallow a jump, or leave it whole.
        boolean isJump = Math.abs(dy) > 2 * style.period() * scale && Math.abs(dy) > 2 * dx;
        if (!isJump && !style.isOn(column, scale)) {
            return;
        }
        double here = dx == 0 ? 0 : Math.clamp((0.5 - reach - x1) / dx, 0, 1);
        double there = dx == 0 ? 1 : Math.clamp((0.5 + reach - x1) / dx, 0, 1);
        int first = (int) Math.max(0, Math.min(y1 + here * dy, y1 + there * dy) - reach);
        int last = (int) Math.min(coverage.length - 1, Math.max(y1 + here * dy, y1 + there * dy) + reach);
        double square = dx * dx + dy * dy;
        for (int row = first; row <= last; row++) {
            if (!isJump || style.isOn(row, scale)) {
                double px = 0.5 - x1;
                double py = row + 0.5 - y1;
                double along = square == 0 ? 0 : Math.clamp((px * dx + py * dy) / square, 0, 1);
                double distance = Math.hypot(px - along * dx, py - along * dy);
                coverage[row] = Math.max(coverage[row], Math.min(1, reach - distance));
            }
        }
        firstCovered = Math.min(firstCovered, first);
        lastCovered = Math.max(lastCovered, last);
    }
}
