package dev.kansoku.ui.panel;

import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.history.KeptMeasurement;
import dev.kansoku.history.KeptTurnMeasurement;
import dev.kansoku.measure.ChunkRate;
import dev.kansoku.measure.KnownLoads;
import dev.kansoku.measure.LoadRange;
import dev.kansoku.measure.LoadTimes;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.Sample;
import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.Series;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.ui.common.UiThread;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * What the live panel shows: the turn that runs in the open conversation and the last one that ended there, and what all
 * turns and the machine were like lately. Lives on the FX thread.
 */
public final class PanelViewModel {

    /** So many turns have a bar: more than a panel that fills a screen has room for. */
    public static final int MOST_TURNS = 200;

    /** Every picture of the charts takes processor time from the model that writes meanwhile. */
    static final Duration SAMPLE_EVERY = Duration.ofSeconds(1);

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
    private final RateCurves rates = new RateCurves(CAPACITY);
    private final TurnMarks turnMarks = new TurnMarks();
    private final UsageSeries usage = new UsageSeries();
    private final TimeAxis axis = new TimeAxis(InstantSource.system(), System.nanoTime());
    private final ReadOnlyLongWrapper tick = new ReadOnlyLongWrapper();
    private final TurnHistory turnHistory = new TurnHistory();
    private final TurnHistory demoHistory = new TurnHistory();
    private final LoadTimes demoLoads = new LoadTimes(KnownLoads.NONE);
    private final ReadOnlyObjectWrapper<TurnHistory.Shown> turns =
            new ReadOnlyObjectWrapper<>(TurnHistory.Shown.NOTHING);
    private final ReadOnlyObjectWrapper<List<LoadRange>> loads = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyIntegerWrapper runningTurns = new ReadOnlyIntegerWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Sample> sample = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Running> now = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable TurnMeasurement> last = new ReadOnlyObjectWrapper<>();
    private Subscription ticking = Subscription.EMPTY;
    private KnownLoads knownLoads = KnownLoads.NONE;
    private boolean isDemoShown;
    private @Nullable Conversation open;

    public PanelViewModel() {
        axis.spanProperty().set(TimeSpan.ONE_MINUTE);
    }

    /** The turn that runs in the open conversation. */
    public ReadOnlyObjectProperty<@Nullable Running> nowProperty() {
        return now.getReadOnlyProperty();
    }

    /** What the last turn took of the branch that is seen in the open conversation. */
    public ReadOnlyObjectProperty<@Nullable TurnMeasurement> lastProperty() {
        return last.getReadOnlyProperty();
    }

    /** How many turns run, in all conversations. */
    public ReadOnlyIntegerProperty runningTurnsProperty() {
        return runningTurns.getReadOnlyProperty();
    }

    /** Chunks per second of the turns that run, {@link Double#NaN} between two of them. */
    List<Series> tokensPerSecond() {
        return rates.all();
    }

    /** The turns that ended: those of the demo engine, or those of Ollama, whichever answered last. */
    ReadOnlyObjectProperty<TurnHistory.Shown> turnsProperty() {
        return turns.getReadOnlyProperty();
    }

    /** How long loads took, in the same way. */
    ReadOnlyObjectProperty<List<LoadRange>> loadsProperty() {
        return loads.getReadOnlyProperty();
    }

    /** When turns began. */
    public TurnMarks turnMarks() {
        return turnMarks;
    }

    /** The time that its charts show. */
    TimeAxis axis() {
        return axis;
    }

    /** Changes once a second while a turn runs. */
    ReadOnlyLongProperty tickProperty() {
        return tick.getReadOnlyProperty();
    }

    /** What machine and processes used. */
    public UsageSeries usage() {
        return usage;
    }

    /** The last one; {@code null} before the first. */
    public ReadOnlyObjectProperty<@Nullable Sample> sampleProperty() {
        return sample.getReadOnlyProperty();
    }

    public void sampled(Sample next) {
        usage.add(next);
        sample.set(next);
    }

    /** What is known of loads by now. */
    public void learnt(KnownLoads known) {
        knownLoads = known;
        showLoads();
    }

    /**
     * Shows another conversation, or another branch of it.
     *
     * @param lastMeasured what its last turn took; {@code null} if that is not known
     */
    public void open(Conversation conversation, @Nullable TurnMeasurement lastMeasured) {
        open = conversation;
        last.set(lastMeasured);
        follow();
    }

    /** What earlier runs of the program have measured, the oldest first. */
    public void restore(List<KeptTurnMeasurement> kept) {
        for (KeptTurnMeasurement each : kept) {
            KeptMeasurement measurement = each.measurement();
            TurnHistory of = measurement.demo() ? demoHistory : turnHistory;
            of.add(TurnSummary.of(each), measurement.outcome());
        }
        turns.set((isDemoShown ? demoHistory : turnHistory).shown());
    }

    /** All turns were deleted, and what was learnt from them. */
    public void forget() {
        turnHistory.clear();
        demoHistory.clear();
        demoLoads.forget();
        knownLoads = KnownLoads.NONE;
        turns.set(TurnHistory.Shown.NOTHING);
        last.set(null);
        showLoads();
    }

    public void on(TurnEvent event) {
        Conversation conversation = event.turn().conversation();
        switch (event) {
            case TurnEvent.Started started -> {
                running.put(conversation, new Running(started));
                turnMarks.began(started.turn().requestId(), started.nanos());
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
                rates.end(ended.turn(), System.nanoTime());
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
        Conversation conversation = measurement.turn().conversation();
        if (conversation.equals(open) && conversation.path().contains(measurement.turn())) {
            last.set(measurement);
        }
        turnMarks.judged(measurement.turn().requestId(), measurement.verdict());
        var summary = TurnSummary.of(measurement);
        isDemoShown = measurement.demo();
        TurnHistory history = isDemoShown ? demoHistory : turnHistory;
        history.add(summary, measurement.outcome());
        turns.set(history.shown());
        if (isDemoShown) {
            learnDemo(measurement);
        }
        showLoads();
        follow();
    }

    /** Its loads train no expectation; they are there to be seen. */
    private void learnDemo(TurnMeasurement measurement) {
        ReplyFigures figures = measurement.figures();
        if (figures != null && figures.load() != null) {
            String model = measurement.turn().model();
            demoLoads.learn(model, model, measurement.contextLength(), measurement.verdict(), figures.load());
        }
    }

    private void showLoads() {
        loads.set((isDemoShown ? demoLoads.known() : knownLoads).ranges());
    }

    private void tick() {
        long now = System.nanoTime();
        running.values().forEach(turn -> rates.add(turn.turn, now, turn.chunksPerSecond(now)));
        tick.set(tick.get() + 1);
    }

    private void follow() {
        if (running.isEmpty() != (runningTurns.get() == 0)) {
            ticking.unsubscribe();
            ticking = running.isEmpty() ? Subscription.EMPTY : UiThread.every(SAMPLE_EVERY, this::tick);
        }
        runningTurns.set(running.size());
        now.set(open == null ? null : running.get(open));
    }
}
