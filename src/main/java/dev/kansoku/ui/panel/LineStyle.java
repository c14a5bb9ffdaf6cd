package dev.kansoku.ui.panel;

/** How a line is told from another without its colour. */
public enum LineStyle {
    SOLID(1, 0),
    DASHED(6, 3),
    DOTTED(2, 2);

    private final int on;
    private final int off;

    LineStyle(int on, int off) {
        this.on = on;
        this.off = off;
    }

    /**
     * Whether the line is drawn there, by the place on the axis and not by its length up to there: the pattern moves
     * with the picture.
     *
     * @param place in pixels of the device
     * @param scale pixels of the device per logical one
     */
    boolean isOn(long place, double scale) {
        long period = Math.max(1, Math.round((on + off) * scale));
        return Math.floorMod(place, period) < Math.round(on * scale);
    }

    /** How long a dash and its gap are, in logical pixels. */
    int period() {
        return on + off;
    }
}
