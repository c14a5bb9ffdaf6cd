package dev.kansoku.ui.panel;

/**
 * Where values stand in a picture, in rows of pixels of the device: above the scale is a lane for marks, below it room
 * for the width of a line.
 *
 * @param top the row of the scale's top
 * @param base the row of 0
 */
record PlotRows(int top, int base) {

    /** In logical pixels. */
    static final int LANE = 12;

    static PlotRows of(int height, double scale) {
        int base = height - 1 - (int) Math.round(scale);
        return new PlotRows(Math.min((int) Math.round(LANE * scale), base), base);
    }

    /** A whole row, so that a line is crisp where nothing changes. */
    int row(double value, double scaleTop) {
        double share = Math.clamp(value / scaleTop, 0, 1);
        return base - (int) Math.round(share * (base - top));
    }
}
