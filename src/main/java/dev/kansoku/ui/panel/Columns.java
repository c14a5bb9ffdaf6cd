package dev.kansoku.ui.panel;

import java.time.Duration;

/**
 * Time cut into columns of pixels. A column is always the same stretch of time, so a picture moves by whole columns, and
 * one that was drawn stays right.
 *
 * @param originNanos where column 0 begins, by {@link System#nanoTime()}
 */
record Columns(long originNanos, long nanosPerColumn) {

    static Columns of(long originNanos, Duration span, int width) {
        return new Columns(originNanos, Math.ceilDiv(span.toNanos(), width));
    }

    long at(long nanos) {
        return Math.floorDiv(nanos - originNanos, nanosPerColumn);
    }

    long start(long column) {
        return originNanos + column * nanosPerColumn;
    }

    /** How many columns a moment lies right of the beginning of one. */
    double offset(long nanos, long column) {
        return (double) (nanos - start(column)) / nanosPerColumn;
    }
}
