package dev.kansoku.measure;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnObserver;
import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.ollama.RunningModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins what is known of a turn, from the client, the server's figures, the list of running models, the process table
 * and the samples of the machine, into one {@link TurnMeasurement}: once, when the turn has ended and its last text was
 * drawn, or 1 s later.
 */
public final class TurnRecorder implements TurnObserver {

    private static final Logger LOG = LoggerFactory.getLogger(TurnRecorder.class);
    private static final Duration DRAWING = Duration.ofSeconds(1);
    private static final Duration ASK_AFTER = Duration.ofMillis(250);

    /** Start times of processes come in clock ticks. */
    private static final Duration CLOCK_TICK = Duration.ofMillis(20);

    /** An older list of running models tells nothing of the moment just before a turn. */
    private static final Duration JUST_BEFORE = Duration.ofSeconds(3);

    private record Recording(ModelSnapshot before, long startedNanos, Instant startedAt) {}

    private final ModelWatch models;
    private final OllamaProcesses processes;
    private final Samples samples;
    private final LoadTimes loadTimes;
    private final Map<Turn, Recording> recordings = new ConcurrentHashMap<>();

    /** Apart from the recordings: the window may be quicker than the events on their way here, or come too late. */
    private final Map<Turn, CompletableFuture<@Nullable Drawing>> drawings =
            Collections.synchronizedMap(new WeakHashMap<>());

    /** By digest: what the model was last asked to run with. */
    private final Map<String, ModelOptions> lastOptions = new ConcurrentHashMap<>();

    private final List<Consumer<TurnMeasurement>> listeners = new CopyOnWriteArrayList<>();

    public TurnRecorder(ModelWatch models, OllamaProcesses processes, Samples samples, LoadTimes loadTimes) {
        this.models = models;
        this.processes = processes;
        this.samples = samples;
        this.loadTimes = loadTimes;
    }

    /** How long the model of a running turn usually takes to be loaded; empty if that is not known. */
    public Optional<Duration> typicalLoad(Turn turn) {
        @Nullable Recording recording = recordings.get(turn);
        return recording == null
                ? Optional.empty()
                : recording
                        .before()
                        .installed(turn.model())
                        .flatMap(model ->
                                loadTimes.typical(model.digest(), turn.options().numCtx()));
    }

    /** Is called once a turn, on a background thread. */
    public void onMeasured(Consumer<TurnMeasurement> listener) {
        listeners.add(listener);
    }

    /** The last text of an ended turn is on the screen. */
    public void drawn(Turn turn, Drawing drawing) {
        drawing(turn).complete(drawing);
    }

    private CompletableFuture<@Nullable Drawing> drawing(Turn turn) {
        return drawings.computeIfAbsent(turn, t -> new CompletableFuture<>());
    }

    @Override
    public boolean hearsChunks() {
        return false;
    }

    @Override
    public void on(TurnEvent event) {
        switch (event) {
            case TurnEvent.Started started ->
                recordings.put(started.turn(), recording(started.models(), started.nanos()));
            case TurnEvent.FirstChunk first -> {}
            case TurnEvent.Chunk chunk -> {}
            case TurnEvent.Ended ended -> measure(ended);
        }
    }

    private Recording recording(ModelSnapshot before, long startedNanos) {
        Instant startedAt = Instant.now().minusNanos(System.nanoTime() - startedNanos);
        return new Recording(before, startedNanos, startedAt);
    }

    private void measure(TurnEvent.Ended ended) {
        Turn turn = ended.turn();
        @Nullable Recording started = recordings.remove(turn);
        // One that never started is measured all the same: with what little is known of it.
        Recording recording =
                started == null ? recording(ModelSnapshot.none(models.latest().server()), System.nanoTime()) : started;
        @Nullable
        Drawing drawn = drawing(turn)
                .completeOnTimeout(null, DRAWING.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        TurnMeasurement measurement = measurement(ended, recording, drawn);
        for (Consumer<TurnMeasurement> listener : listeners) {
            try {
                listener.accept(measurement);
            } catch (RuntimeException e) {
                LOG.error("A listener to measurements failed", e);
            }
        }
    }

    private TurnMeasurement measurement(TurnEvent.Ended ended, Recording recording, @Nullable Drawing drawn) {
        Turn turn = ended.turn();
        Timeline timeline = ended.timeline();
        @Nullable ReplyFigures figures = ended instanceof TurnEvent.Finished finished ? finished.figures() : null;
        @Nullable OllamaError error = ended instanceof TurnEvent.Failed failed ? failed.error() : null;
        Segments segments = Segments.of(timeline, figures, drawn == null ? null : drawn.lastNanos());
        @Nullable
        Duration firstToken =
                timeline.firstChunk() == null ? null : Duration.ofNanos(timeline.firstChunk() - timeline.sent());
        ModelSnapshot now = models.fresh(ASK_AFTER, ASK_AFTER);
        // What another server has in memory has nothing to do with this turn.
        ModelSnapshot after = now.server().equals(recording.before().server()) ? now : recording.before();
        return new TurnMeasurement(
                turn,
                Instant.now().minusNanos(System.nanoTime() - timeline.sent()),
                outcome(ended),
                recording.before().demo(),
                recording.before().server().isLoopback(),
                after.version(),
                verdict(turn, recording, after, figures, segments, firstToken),
                segments,
                firstToken,
                drawn == null ? null : drawn.chunkToGlass(),
                after.running(turn.model()).map(RunningModel::contextLength).orElse(null),
                resources(timeline, turn.model(), recording.before(), after),
                figures,
                error);
    }

    /** A model that is unloaded at once is no longer listed afterwards. */
    private @Nullable TurnResources resources(
            Timeline timeline, String model, ModelSnapshot before, ModelSnapshot after) {
        @Nullable
        Double gpuShare = after.running(model)
                .or(() -> before.running(model))
                .flatMap(RunningModel::gpuShare)
                .orElse(null);
        return TurnResources.of(
                samples.between(timeline.sent(), timeline.last()),
                after.blob(model).orElse(null),
                after.demo() ? null : gpuShare);
    }

    private static Outcome outcome(TurnEvent.Ended ended) {
        return switch (ended) {
            case TurnEvent.Finished f -> Outcome.SUCCESS;
            case TurnEvent.Incomplete i -> Outcome.INCOMPLETE;
            case TurnEvent.Stopped s -> Outcome.STOPPED;
            case TurnEvent.Failed f -> Outcome.ERROR;
        };
    }

    private LoadVerdict verdict(
            Turn turn,
            Recording recording,
            ModelSnapshot after,
            @Nullable ReplyFigures figures,
            Segments segments,
            @Nullable Duration firstToken) {
        Optional<InstalledModel> installed = after.installed(turn.model());
        if (figures == null || installed.isEmpty() || installed.get().isCloud()) {
            return LoadVerdict.UNKNOWN;
        }
        String digest = installed.get().digest();
        @Nullable
        Integer contextLength =
                after.running(turn.model()).map(RunningModel::contextLength).orElse(null);
        @Nullable Duration load = load(figures, segments);
        var signals = new LoadSignals(
                listed(turn, recording),
                load,
                loadTimes.threshold(digest, contextLength),
                runnerYounger(turn, recording.startedAt(), after),
                haveOptionsChanged(turn, digest, recording.before(), after),
                unaccounted(segments, figures, firstToken));
        LoadVerdict verdict = signals.verdict();
        if (load != null && !recording.before().demo()) {
            loadTimes.learn(turn.model(), digest, contextLength, verdict, load);
        }
        return verdict;
    }

    /** One that took longer than the whole turn tells nothing. */
    private static @Nullable Duration load(ReplyFigures figures, Segments segments) {
        @Nullable Duration load = figures.load();
        return load == null || load.compareTo(segments.wall()) > 0 ? null : load;
    }

    private static @Nullable Boolean listed(Turn turn, Recording recording) {
        ModelSnapshot before = recording.before();
        if (!before.isKnown() || before.age(recording.startedNanos()).compareTo(JUST_BEFORE) > 0) {
            return null;
        }
        return before.running(turn.model())
                .filter(model -> !hasExpired(model, recording.startedAt()))
                .isPresent();
    }

    private static boolean hasExpired(RunningModel model, Instant at) {
        return model.expiresAt() != null && model.expiresAt().isBefore(at);
    }

    private @Nullable Boolean runnerYounger(Turn turn, Instant startedAt, ModelSnapshot after) {
        try {
            return after.blob(turn.model())
                    .flatMap(blob -> processes.look(after).runner(blob))
                    .map(runner -> runner.process().startedAt().isAfter(startedAt.minus(CLOCK_TICK)))
                    .orElse(null);
        } catch (RuntimeException e) {
            LOG.warn("The processes of this machine cannot be read", e);
            return null;
        }
    }

    /** Those that a running model cannot change: the server loads it anew (server/sched.go, needsReload). */
    private boolean haveOptionsChanged(Turn turn, String digest, ModelSnapshot before, ModelSnapshot after) {
        ModelOptions now = turn.options();
        @Nullable ModelOptions last = lastOptions.put(digest, now);
        boolean asked = last != null
                && !(Objects.equals(last.numCtx(), now.numCtx())
                        && Objects.equals(last.numGpu(), now.numGpu())
                        && Objects.equals(last.numThread(), now.numThread()));
        return asked || contextChanged(turn.model(), before, after);
    }

    private static boolean contextChanged(String model, ModelSnapshot before, ModelSnapshot after) {
        @Nullable
        Integer then = before.running(model).map(RunningModel::contextLength).orElse(null);
        @Nullable
        Integer now = after.running(model).map(RunningModel::contextLength).orElse(null);
        return then != null && now != null && !then.equals(now);
    }

    private static @Nullable Duration unaccounted(
            Segments segments, ReplyFigures figures, @Nullable Duration firstToken) {
        Optional<Duration> connect = segments.duration(SegmentKind.CONNECT);
        if (firstToken == null || connect.isEmpty() || figures.load() == null || figures.promptEval() == null) {
            return null;
        }
        return firstToken.minus(connect.get()).minus(figures.load()).minus(figures.promptEval());
    }
}
