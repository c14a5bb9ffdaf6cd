package dev.kansoku.ui.panel;

import java.time.Instant;
import java.time.InstantSource;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/**
 * The time that all charts of a window show: how much of it, up to when, and the instant that is looked at. Times are
 * {@link System#nanoTime()}.
 */
public final class TimeAxis {

    private final InstantSource source;
    private final long originNanos;
    private final ObjectProperty<TimeSpan> span = new SimpleObjectProperty<>(TimeSpan.FIVE_MINUTES);
    private final BooleanProperty paused = new SimpleBooleanProperty();
    private final ReadOnlyLongWrapper right = new ReadOnlyLongWrapper();
    private final ObjectProperty<@Nullable Long> crosshair = new SimpleObjectProperty<>();
    private WallClock clock;

    /**
     * @param source tells the time of day
     * @param nowNanos the right edge until it is moved
     */
    public TimeAxis(InstantSource source, long nowNanos) {
        this.source = source;
        originNanos = nowNanos;
        right.set(nowNanos);
        clock = new WallClock(nowNanos, source.instant());
    }

    public ObjectProperty<TimeSpan> spanProperty() {
        return span;
    }

    /** While it is set, {@link #advance} leaves the right edge where it is. */
    public BooleanProperty pausedProperty() {
        return paused;
    }

    /** The newest moment shown. */
    public ReadOnlyLongProperty rightProperty() {
        return right.getReadOnlyProperty();
    }

    /** The instant that every chart reads out; {@code null} for none. */
    public ObjectProperty<@Nullable Long> crosshairProperty() {
        return crosshair;
    }

    /** Moves the right edge to now, and with it every chart, unless the axis is paused. */
    public void advance(long nowNanos) {
        if (paused.get()) {
            return;
        }
        clock = clock.correctedBy(new WallClock(nowNanos, source.instant()));
        right.set(nowNanos);
        Long instant = crosshair.get();
        if (instant != null && instant - leftNanos() < 0) {
            crosshair.set(null);
        }
    }

    long rightNanos() {
        return right.get();
    }

    long leftNanos() {
        return right.get() - span.get().duration().toNanos();
    }

    /** The instant looked at, or the right edge if there is none. */
    long readNanos() {
        Long instant = crosshair.get();
        return instant == null ? rightNanos() : instant;
    }

    /** The time of day at a moment of the axis. */
    public Instant instantAt(long nanos) {
        return clock.at(nanos);
    }

    WallClock clock() {
        return clock;
    }

    /** The columns of pixels of a chart that is so many wide. */
    Columns columns(int width) {
        return Columns.of(originNanos, span.get().duration(), width);
    }
}
