package dev.kansoku.ui.panel;

import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.measure.ChunkRate;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.Sample;
import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.Series;
import dev.kansoku.measure.TurnMeasurement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** What the live panel shows: the turn that runs in the open conversation, and the last one that ended. */
public final class PanelViewModel {

    static final Duration SAMPLE_EVERY = Duration.ofMillis(250);

    /** Enough for the longest span; 16 bytes each. */
    private static final int CAPACITY = (int) TimeSpan.HOUR.duration().dividedBy(SAMPLE_EVERY);

    /** A turn that runs. */
    public static final class Running {
        private final Turn turn;
        private final long startedNanos;
        private final boolean demo;
        private final ChunkRate rate = new ChunkRate();
        private Phase phase = Phase.CONNECTING;
        private @Nullable Long firstChunkNanos;

        private Running(TurnEvent.Started started) {
            turn = started.turn();
            startedNanos = started.nanos();
            demo = started.models().demo();
        }

        public Turn turn() {
            return turn;
        }

        public long startedNanos() {
            return startedNanos;
        }

        /** Whether the demo engine answers. */
        public boolean isDemo() {
            return demo;
        }

        public Phase phase() {
            return phase;
        }

        /** What is certain while the turn runs: how long nothing came, and how long it has been writing. */
        public List<Segment> segmentsSoFar(long nowNanos) {
            if (firstChunkNanos == null) {
                return List.of(new Segment(SegmentKind.UNKNOWN, since(startedNanos, nowNanos)));
            }
            return List.of(
                    new Segment(SegmentKind.UNKNOWN, since(startedNanos, firstChunkNanos)),
                    new Segment(SegmentKind.DECODE, since(firstChunkNanos, nowNanos)));
        }

        private static Duration since(long from, long to) {
            return Duration.ofNanos(Math.max(0, to - from));
        }

        public double chunksPerSecond(long nowNanos) {
            return phase == Phase.WRITING ? rate.perSecond(nowNanos) : 0;
        }
    }

    private final Map<Conversation, Running> running = new HashMap<>();
    private final Map<Conversation, TurnMeasurement> measured = new HashMap<>();
    private final Series tokensPerSecond = new Series(CAPACITY);
    private final TurnMarks turnMarks = new TurnMarks();
    private final UsageSeries usage = new UsageSeries();
    private final ReadOnlyLongWrapper sampledNanos = new ReadOnlyLongWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Running> now = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable TurnMeasurement> last = new ReadOnlyObjectWrapper<>();
    private @Nullable Conversation open;

    /** The turn that runs in the open conversation. */
    public ReadOnlyObjectProperty<@Nullable Running> nowProperty() {
        return now.getReadOnlyProperty();
    }

    /** What the open conversation's last turn took. */
    public ReadOnlyObjectProperty<@Nullable TurnMeasurement> lastProperty() {
        return last.getReadOnlyProperty();
    }

    /** Chunks per second while a turn writes, sampled by {@link #tick}; {@link Double#NaN} between turns. */
    public Series tokensPerSecond() {
        return tokensPerSecond;
    }

    /** When turns of the conversations that were open began. */
    public TurnMarks turnMarks() {
        return turnMarks;
    }

    /** What machine and processes used. */
    public UsageSeries usage() {
        return usage;
    }

    /** {@link System#nanoTime()} of the last sample. */
    public ReadOnlyLongProperty sampledNanosProperty() {
        return sampledNanos.getReadOnlyProperty();
    }

    public void sampled(Sample sample) {
        usage.add(sample);
        sampledNanos.set(sample.nanos());
    }

    public void open(Conversation conversation) {
        open = conversation;
        // The curve of one conversation does not go on in another.
        interrupt();
        follow();
    }

    public void on(TurnEvent event) {
        Conversation conversation = event.turn().conversation();
        switch (event) {
            case TurnEvent.Started started -> {
                running.put(conversation, new Running(started));
                if (conversation.equals(open)) {
                    turnMarks.began(started.turn().requestId(), started.nanos());
                }
                follow();
            }
            case TurnEvent.FirstChunk first -> {
                Running turn = running.get(conversation);
                if (turn != null) {
                    turn.firstChunkNanos = first.nanos();
                    turn.phase = Phase.WRITING;
                }
            }
            case TurnEvent.Chunk chunk -> {
                Running turn = running.get(conversation);
                if (turn != null) {
                    turn.rate.arrived(chunk.chunks(), chunk.lastNanos());
                }
            }
            case TurnEvent.Ended ended -> {
                running.remove(conversation);
                if (conversation.equals(open)) {
                    interrupt();
                }
                follow();
            }
        }
    }

    public void phase(Turn turn, Phase phase) {
        Running known = running.get(turn.conversation());
        if (known != null && known.turn == turn) {
            known.phase = phase;
        }
    }

    public void measured(TurnMeasurement measurement) {
        measured.put(measurement.turn().conversation(), measurement);
        turnMarks.judged(measurement.turn().requestId(), measurement.verdict());
        follow();
    }

    /** Takes one sample of the running turn; to be called about four times a second while there is one. */
    public void tick(long nowNanos) {
        Running turn = now.get();
        if (turn != null) {
            tokensPerSecond.add(nowNanos, turn.chunksPerSecond(nowNanos));
        }
    }

    private void interrupt() {
        tokensPerSecond.add(System.nanoTime(), Double.NaN);
    }

    private void follow() {
        now.set(open == null ? null : running.get(open));
        last.set(open == null ? null : measured.get(open));
    }
}
