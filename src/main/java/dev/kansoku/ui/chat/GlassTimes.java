package dev.kansoku.ui.chat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How long chunks take from being read to being drawn. For the FX thread. */
final class GlassTimes {

    /** 95 of 100 chunks are drawn at least this fast. */
    private static final double PERCENTILE = 95;

    private static final long LONGEST_MICROS = 60_000_000;
    private static final int DIGITS = 2;

    private final Map<Turn, Histogram> turns = new HashMap<>();
    private final List<TurnEvent.Chunk> waiting = new ArrayList<>();

    /** The rows hold these chunks: the next pulse draws them. */
    void shown(TurnEvent.Chunk chunks) {
        waiting.add(chunks);
    }

    /** A pulse has laid out all that was shown so far. */
    void drawn(long nanos) {
        for (TurnEvent.Chunk chunks : waiting) {
            Histogram times = turns.computeIfAbsent(chunks.turn(), turn -> new Histogram(LONGEST_MICROS, DIGITS));
            // Of chunks that were joined on their way only the first and the last time are known: they came evenly, or
            // nearly so.
            times.recordValue(micros(nanos - chunks.firstNanos()));
            if (chunks.chunks() > 1) {
                times.recordValue(micros(nanos - chunks.lastNanos()));
            }
            if (chunks.chunks() > 2) {
                long middle = (chunks.firstNanos() + chunks.lastNanos()) / 2;
                times.recordValueWithCount(micros(nanos - middle), chunks.chunks() - 2L);
            }
        }
        waiting.clear();
    }

    private static long micros(long nanos) {
        return Math.clamp(nanos / 1000, 0, LONGEST_MICROS);
    }

    /** The turn is over: its 95th percentile; {@code null} if nothing of it was drawn. */
    @Nullable
    Duration end(Turn turn) {
        Histogram times = turns.remove(turn);
        return times == null ? null : Duration.ofNanos(1000 * times.getValueAtPercentile(PERCENTILE));
    }
}
