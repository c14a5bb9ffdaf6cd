package dev.kansoku.measure;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnObserver;
import dev.kansoku.measure.Machine.ProcessCounters;
import dev.kansoku.measure.OllamaProcesses.Runner;
import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in which {@link Phase} each turn is. While a turn waits for its first token, or a stopped one still keeps the
 * server busy, it looks every 300 ms; else it does nothing.
 */
public final class PhaseWatch implements TurnObserver {

    private static final Logger LOG = LoggerFactory.getLogger(PhaseWatch.class);
    private static final Duration TICK = Duration.ofMillis(300);
    private static final Duration SNAPSHOT_AGE = Duration.ofMillis(500);
    private static final Duration BUDGET = Duration.ofMillis(250);

    /** A runner that uses less than this share of one core has nothing to do. */
    private static final double IDLE_SHARE = 0.2;

    private static final Duration LONGEST_STOP = Duration.ofMinutes(5);

    private static final class Watched {
        private final Instant startedAt;
        private final long startedNanos;
        private final boolean listedBefore;
        private Phase phase = Phase.CONNECTING;
        private @Nullable Long stoppedNanos;
        private @Nullable Duration runnerCpu;
        private long runnerCpuNanos;

        private Watched(TurnEvent.Started started) {
            startedAt = Instant.now().minusNanos(System.nanoTime() - started.nanos());
            startedNanos = started.nanos();
            ModelSnapshot before = started.models();
            listedBefore =
                    !before.isKnown() || before.running(started.turn().model()).isPresent();
        }
    }

    private final ModelWatch models;
    private final OllamaProcesses processes;
    private final Map<Turn, Watched> turns = new HashMap<>();
    private final List<BiConsumer<Turn, Phase>> listeners = new CopyOnWriteArrayList<>();
    private boolean watching;
    private long newestStart;

    public PhaseWatch(ModelWatch models, OllamaProcesses processes) {
        this.models = models;
        this.processes = processes;
    }

    /** Is called at every change of a turn's phase, on a background thread. */
    public void onPhase(BiConsumer<Turn, Phase> listener) {
        listeners.add(listener);
    }

    @Override
    public boolean hearsChunks() {
        return false;
    }

    @Override
    public synchronized void on(TurnEvent event) {
        Turn turn = event.turn();
        switch (event) {
            case TurnEvent.Started started -> {
                turns.put(turn, new Watched(started));
                newestStart = started.nanos();
                tell(turn, Phase.CONNECTING);
                watch();
            }
            case TurnEvent.FirstChunk first -> {
                // With one slot, as Ollama has by default, the stopped ones before this are over; with more nothing
                // tells.
                stoppedOf(turn.model()).forEach(this::end);
                become(turn, Phase.WRITING);
            }
            case TurnEvent.Chunk chunk -> {}
            case TurnEvent.Stopped stopped -> {
                Watched watched = turns.get(turn);
                // What never reached the server keeps it from nothing; what another turn makes the runner do hides
                // what this one does.
                if (stopped.timeline().connected() == null || isAnotherWriting(turn)) {
                    end(turn);
                } else if (watched != null) {
                    watched.stoppedNanos = System.nanoTime();
                    become(turn, Phase.STOPPING);
                    watch();
                }
            }
            case TurnEvent.Ended ended -> end(turn);
        }
    }

    private List<Turn> stoppedOf(String model) {
        return turns.entrySet().stream()
                .filter(e -> e.getValue().stoppedNanos != null)
                .map(Map.Entry::getKey)
                .filter(turn -> ModelName.same(turn.model(), model))
                .toList();
    }

    private boolean isAnotherWriting(Turn turn) {
        return turns.entrySet().stream()
                .anyMatch(e -> e.getValue().phase == Phase.WRITING
                        && e.getKey() != turn
                        && ModelName.same(e.getKey().model(), turn.model()));
    }

    private void watch() {
        if (!watching) {
            watching = true;
            Thread.ofVirtual().name("phase-watch").start(this::run);
        }
    }

    private void run() {
        while (isNeeded()) {
            try {
                look();
            } catch (RuntimeException e) {
                LOG.error("The phases of turns could not be looked at", e);
            }
            LockSupport.parkNanos(TICK.toNanos());
        }
    }

    private synchronized boolean isNeeded() {
        watching = turns.values().stream().anyMatch(w -> w.phase != Phase.WRITING);
        return watching;
    }

    private void look() {
        ModelSnapshot snapshot = models.fresh(oldestUseful(), BUDGET);
        OllamaProcesses.Running running = processes.look(snapshot);
        synchronized (this) {
            List.copyOf(turns.keySet()).forEach(turn -> look(turn, snapshot, running));
        }
    }

    /** What was seen before a turn began tells nothing of it. */
    private synchronized Duration oldestUseful() {
        Duration sinceStart = Duration.ofNanos(System.nanoTime() - newestStart);
        return sinceStart.compareTo(SNAPSHOT_AGE) < 0 ? sinceStart : SNAPSHOT_AGE;
    }

    private void look(Turn turn, ModelSnapshot snapshot, OllamaProcesses.Running running) {
        Watched watched = turns.get(turn);
        if (watched == null || watched.phase == Phase.WRITING) {
            return;
        }
        Optional<ProcessCounters> runner =
                snapshot.blob(turn.model()).flatMap(running::runner).map(Runner::process);
        if (watched.stoppedNanos != null) {
            if (!isBusy(watched, watched.stoppedNanos, runner)) {
                end(turn);
            }
        } else {
            become(turn, waitingPhase(turn, watched, snapshot, runner));
        }
    }

    private Phase waitingPhase(Turn turn, Watched watched, ModelSnapshot snapshot, Optional<ProcessCounters> runner) {
        if (!snapshot.isKnown() || snapshot.takenNanos() - watched.startedNanos < 0) {
            return watched.phase;
        }
        if (snapshot.installed(turn.model()).filter(InstalledModel::isCloud).isPresent()) {
            // It is never listed.
            return Phase.WAITING;
        }
        if (snapshot.running(turn.model()).isEmpty()) {
            return Phase.LOADING;
        }
        boolean younger = runner.isPresent() && runner.get().startedAt().isAfter(watched.startedAt);
        if (younger || !watched.listedBefore) {
            return Phase.LOADING_OR_READING;
        }
        return stoppedOf(turn.model()).isEmpty() ? Phase.WAITING : Phase.WAITING_FOR_STOPPED;
    }

    /** Only the processor time of its runner tells; where there is none to be seen, nothing is claimed. */
    private static boolean isBusy(Watched watched, long stoppedNanos, Optional<ProcessCounters> runner) {
        if (runner.isEmpty() || System.nanoTime() - stoppedNanos > LONGEST_STOP.toNanos()) {
            return false;
        }
        Duration cpu = runner.get().cpu();
        long now = runner.get().nanos();
        @Nullable Duration earlier = watched.runnerCpu;
        long elapsed = now - watched.runnerCpuNanos;
        watched.runnerCpu = cpu;
        watched.runnerCpuNanos = now;
        return earlier == null || cpu.minus(earlier).toNanos() > IDLE_SHARE * elapsed;
    }

    private void become(Turn turn, Phase phase) {
        Watched watched = turns.get(turn);
        if (watched != null && watched.phase != phase) {
            watched.phase = phase;
            tell(turn, phase);
        }
    }

    private void end(Turn turn) {
        if (turns.remove(turn) != null) {
            tell(turn, Phase.OVER);
        }
    }

    private void tell(Turn turn, Phase phase) {
        for (BiConsumer<Turn, Phase> listener : listeners) {
            try {
                listener.accept(turn, phase);
            } catch (RuntimeException e) {
                LOG.error("A listener to the phases failed", e);
            }
        }
    }
}
