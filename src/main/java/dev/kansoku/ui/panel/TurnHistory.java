package dev.kansoku.ui.panel;

import dev.kansoku.measure.Latencies;
import dev.kansoku.measure.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The turns that ended since the program was started, and some before: the last ones themselves, all others only in the
 * percentiles. */
final class TurnHistory {

    private static final double HALF = 50;
    private static final double NEARLY_ALL = 95;

    /**
     * What there is to show.
     *
     * @param turns the oldest first
     * @param count of the answers that came to their end, which the percentiles are about
     * @param median of their latency; zero without any
     * @param p95 of their latency; zero without any
     */
    record Shown(List<TurnSummary> turns, long count, Duration median, Duration p95) {

        static final Shown NOTHING = new Shown(List.of(), 0, Duration.ZERO, Duration.ZERO);
    }

    private final List<TurnSummary> turns = new ArrayList<>();
    private Latencies latencies = new Latencies();

    /** An answer that was stopped or failed says nothing of how long answers take. */
    void add(TurnSummary turn, Outcome outcome) {
        if (turns.size() == PanelViewModel.MOST_TURNS) {
            turns.removeFirst();
        }
        turns.add(turn);
        if (outcome == Outcome.SUCCESS) {
            latencies.add(turn.segments().wall());
        }
    }

    void clear() {
        turns.clear();
        latencies = new Latencies();
    }

    Shown shown() {
        return new Shown(
                List.copyOf(turns), latencies.count(), latencies.percentile(HALF), latencies.percentile(NEARLY_ALL));
    }
}
