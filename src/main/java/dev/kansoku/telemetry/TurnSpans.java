package dev.kansoku.telemetry;

import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trace for each turn, made when the turn has ended, so that every one of its spans has an end. Those of the server lie
 * where its durations put them, between those of the client.
 */
final class TurnSpans {

    private static final Map<SegmentKind, String> OF_THE_SERVER = Map.of(
            SegmentKind.LOAD, Names.MODEL_LOAD,
            SegmentKind.PROMPT_EVAL, Names.PROMPT_EVAL,
            SegmentKind.DECODE, Names.MODEL_INFERENCE);

    private final Tracer tracer;

    TurnSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    /** The context of the call of the server, for what belongs to it. */
    Context record(TurnReport turn) {
        Attributes attributes = TurnAttributes.of(turn);
        Instant end = turn.sentAt().plus(turn.segments().wall());
        Instant lastByte = end.minus(duration(turn, SegmentKind.DRAW));
        Span whole = start(Names.TURN, SpanKind.INTERNAL, Context.root(), turn.sentAt(), attributes);
        Context inTurn = Context.root().with(whole);
        Span chat = start(Names.CHAT + " " + turn.model(), SpanKind.CLIENT, inTurn, turn.sentAt(), attributes);
        Context inChat = inTurn.with(chat);
        boolean hasServerFigures = turn.segments().duration(SegmentKind.LOAD).isPresent();
        Instant begin = turn.sentAt();
        for (Segment segment : turn.segments().parts()) {
            Instant next = begin.plus(segment.duration());
            @Nullable String name = OF_THE_SERVER.get(segment.kind());
            if (hasServerFigures && name != null) {
                start(name, SpanKind.INTERNAL, inChat, begin, common(turn)).end(next);
            } else if (segment.kind() == SegmentKind.DRAW) {
                start(Names.DRAW, SpanKind.INTERNAL, inTurn, begin, common(turn))
                        .end(next);
            }
            begin = next;
        }
        if (turn.outcome() == Outcome.ERROR || turn.outcome() == Outcome.INCOMPLETE) {
            chat.setStatus(StatusCode.ERROR);
            whole.setStatus(StatusCode.ERROR);
        }
        chat.end(lastByte);
        whole.end(end);
        return inChat;
    }

    private static Attributes common(TurnReport turn) {
        return TurnAttributes.identity(turn);
    }

    private static Duration duration(TurnReport turn, SegmentKind kind) {
        return turn.segments().duration(kind).orElse(Duration.ZERO);
    }

    private Span start(String name, SpanKind kind, Context parent, Instant begin, Attributes attributes) {
        return tracer.spanBuilder(name)
                .setParent(parent)
                .setSpanKind(kind)
                .setStartTimestamp(begin)
                .setAllAttributes(attributes)
                .startSpan();
    }
}
