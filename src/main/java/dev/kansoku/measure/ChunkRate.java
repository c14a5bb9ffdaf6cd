package dev.kansoku.measure;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Chunks per second of a running reply, over the last second or so. A chunk is about a token, so this serves the live
 * curve; the figure of a finished reply comes from the server ({@link TurnMeasurement#tokensPerSecond()}).
 */
public final class ChunkRate {

    private static final long WINDOW_NANOS = 1_500_000_000L;

    private record Arrival(long nanos, int chunks) {}

    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private int chunks;

    public void arrived(int count, long nanos) {
        arrivals.addLast(new Arrival(nanos, count));
        chunks += count;
        forgetBefore(nanos - WINDOW_NANOS);
    }

    /** 0 before the second arrival. */
    public double perSecond(long nowNanos) {
        forgetBefore(nowNanos - WINDOW_NANOS);
        Arrival oldest = arrivals.peekFirst();
        if (oldest == null || nowNanos - oldest.nanos() <= 0) {
            return 0;
        }
        return (chunks - oldest.chunks()) * 1e9 / (nowNanos - oldest.nanos());
    }

    private void forgetBefore(long nanos) {
        Arrival oldest;
        while ((oldest = arrivals.peekFirst()) != null && oldest.nanos() - nanos < 0) {
            arrivals.removeFirst();
            chunks -= oldest.chunks();
        }
    }
}
