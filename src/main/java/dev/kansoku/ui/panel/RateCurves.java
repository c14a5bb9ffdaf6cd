package dev.kansoku.ui.panel;

import dev.kansoku.chat.Turn;
import dev.kansoku.measure.Series;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tokens per second of the turns that run, a curve each. A curve has several turns one after the other, interrupted in
 * between.
 */
final class RateCurves {

    /** As many as can be told apart. More than these seldom write at the same time; they are then not drawn. */
    static final int MOST = 3;

    private final List<Series> curves;
    private final Map<Turn, Series> taken = new HashMap<>();

    /** @param capacity values kept of each curve, 16 bytes each */
    RateCurves(int capacity) {
        curves = Stream.generate(() -> new Series(capacity)).limit(MOST).toList();
    }

    /** The first of them is used whenever it is free. */
    List<Series> all() {
        return curves;
    }

    void add(Turn turn, long nanos, double perSecond) {
        if (!taken.containsKey(turn)) {
            curves.stream()
                    .filter(curve -> !taken.containsValue(curve))
                    .findFirst()
                    .ifPresent(curve -> taken.put(turn, curve));
        }
        Series curve = taken.get(turn);
        if (curve != null) {
            curve.add(nanos, perSecond);
        }
    }

    void end(Turn turn, long nanos) {
        Series curve = taken.remove(turn);
        if (curve != null) {
            curve.add(nanos, Double.NaN);
        }
    }
}
