package dev.kansoku.measure;

import dev.kansoku.chat.Timeline;
import dev.kansoku.ollama.ReplyFigures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one turn. They follow each other without a gap and add up to {@link #wall()} within 1 ms.
 *
 * @param parts in the order of {@link SegmentKind}; what is not listed is not known, which is not the same as 0
 * @param implausible the server's figures do not fit into what the client saw; the parts are then the client's alone
 */
public record Segments(List<Segment> parts, Duration wall, boolean implausible) {

    /** Clocks of two processes: an excess up to this is rounding. */
    private static final Duration TOLERANCE = Duration.ofMillis(1);

    public Segments {
        parts = List.copyOf(parts);
    }

    /**
     * Joins what the client saw with what the server said.
     *
     * @param figures what the server said in its last line, if it came to that
     * @param drawnNanos when the last text was drawn, if it was
     */
    public static Segments of(Timeline timeline, @Nullable ReplyFigures figures, @Nullable Long drawnNanos) {
        long end = drawnNanos == null || drawnNanos - timeline.last() < 0 ? timeline.last() : drawnNanos;
        Duration wall = Duration.ofNanos(end - timeline.sent());
        var parts = new ArrayList<Segment>();
        boolean implausible = false;
        if (timeline.connected() == null) {
            parts.add(between(SegmentKind.CONNECT, timeline.sent(), timeline.last()));
        } else {
            parts.add(between(SegmentKind.CONNECT, timeline.sent(), timeline.connected()));
            Duration seen = Duration.ofNanos(timeline.last() - timeline.connected());
            implausible = figures != null && said(figures).minus(seen).compareTo(TOLERANCE) > 0;
            Optional<List<Segment>> server = figures == null || implausible ? Optional.empty() : server(seen, figures);
            parts.addAll(server.orElseGet(() -> client(timeline)));
        }
        if (drawnNanos != null) {
            parts.add(between(SegmentKind.DRAW, timeline.last(), end));
        }
        return new Segments(parts, wall, implausible);
    }

    public Optional<Duration> duration(SegmentKind kind) {
        return parts.stream()
                .filter(part -> part.kind() == kind)
                .map(Segment::duration)
                .findFirst();
    }

    /** Decode speed by the server's own figures; nothing for less than two tokens, or where they do not fit. */
    public OptionalDouble tokensPerSecond(@Nullable ReplyFigures figures) {
        if (figures == null || figures.evalCount() == null || figures.eval() == null || implausible) {
            return OptionalDouble.empty();
        }
        long nanos = figures.eval().toNanos();
        return figures.evalCount() < 2 || nanos == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(figures.evalCount() * 1e9 / nanos);
    }

    /** What the server accounts for, as far as it says so. */
    private static Duration said(ReplyFigures figures) {
        return orZero(figures.load()).plus(orZero(figures.promptEval())).plus(orZero(figures.eval()));
    }

    private static Duration orZero(@Nullable Duration duration) {
        return duration == null ? Duration.ZERO : duration;
    }

    /** What the server's figures make of the time from connection to last byte; empty if they say too little. */
    private static Optional<List<Segment>> server(Duration seen, ReplyFigures figures) {
        Duration load = figures.load();
        Duration decode = figures.eval();
        if (load == null || decode == null) {
            return Optional.empty();
        }
        @Nullable Duration promptEval = figures.promptEval();
        Duration rest = seen.minus(said(figures));
        Duration remaining = rest.isNegative() ? Duration.ZERO : rest;
        if (promptEval == null) {
            return Optional.of(List.of(
                    new Segment(SegmentKind.LOAD, load),
                    new Segment(SegmentKind.UNKNOWN, remaining),
                    new Segment(SegmentKind.DECODE, decode)));
        }
        return Optional.of(List.of(
                new Segment(SegmentKind.LOAD, load),
                new Segment(SegmentKind.WAIT, remaining),
                new Segment(SegmentKind.PROMPT_EVAL, promptEval),
                new Segment(SegmentKind.DECODE, decode)));
    }

    private static List<Segment> client(Timeline timeline) {
        long connected = timeline.connected() == null ? timeline.sent() : timeline.connected();
        if (timeline.firstChunk() == null) {
            return List.of(between(SegmentKind.UNKNOWN, connected, timeline.last()));
        }
        return List.of(
                between(SegmentKind.UNKNOWN, connected, timeline.firstChunk()),
                between(SegmentKind.DECODE, timeline.firstChunk(), timeline.last()));
    }

    private static Segment between(SegmentKind kind, long from, long to) {
        return new Segment(kind, Duration.ofNanos(to - from));
    }
}
