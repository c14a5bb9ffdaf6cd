package dev.kansoku.ui.panel;

import java.util.Arrays;

/**
 * Pixels of the device, premultiplied ARGB, whose columns are those of a time axis. Moving on in time moves what was
 * drawn, and leaves only the new columns to draw.
 */
final class Picture {

    private final int width;
    private final int height;
    private final int[] pixels;
    private long right;

    Picture(int width, int height) {
        this.width = width;
        this.height = height;
        pixels = new int[width * height];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int[] pixels() {
        return pixels;
    }

    long left() {
        return right - width + 1;
    }

    long right() {
        return right;
    }

    /** Makes another column the last one. What stands in columns that were not there before is undefined. */
    void moveTo(long column) {
        long by = column - right;
        right = column;
        if (by > 0 && by < width) {
            for (int row = 0; row < height; row++) {
                System.arraycopy(pixels, row * width + (int) by, pixels, row * width, width - (int) by);
            }
        }
    }

    void clear(long from, long to) {
        for (int row = 0; row < height; row++) {
            Arrays.fill(pixels, index(from, row), index(to, row) + 1, 0);
        }
    }

    private int index(long column, int row) {
        return row * width + (int) (column - left());
    }

    /**
     * Lays a colour over a pixel.
     *
     * @param argb not premultiplied
     * @param coverage how much of the pixel is coloured, 0 to 1
     */
    void blend(long column, int row, int argb, double coverage) {
        int alpha = (int) Math.round((argb >>> 24) * coverage);
        if (alpha == 0) {
            return;
        }
        int index = index(column, row);
        int below = pixels[index];
        pixels[index] = (over(255, below >>> 24, alpha) << 24)
                | (over((argb >> 16) & 0xFF, (below >> 16) & 0xFF, alpha) << 16)
                | (over((argb >> 8) & 0xFF, (below >> 8) & 0xFF, alpha) << 8)
                | over(argb & 0xFF, below & 0xFF, alpha);
    }

    private static int over(int above, int below, int alpha) {
        return (above * alpha + below * (255 - alpha) + 127) / 255;
    }
}
