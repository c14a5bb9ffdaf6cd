package dev.kansoku.telemetry;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnObserver;
import dev.kansoku.measure.Sample;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.privacy.MaskedText;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import dev.kansoku.settings.Stored;
import dev.kansoku.telemetry.delivery.Answer;
import dev.kansoku.telemetry.delivery.Backoff;
import dev.kansoku.telemetry.delivery.Delivery;
import dev.kansoku.telemetry.delivery.DeliveryStatus;
import dev.kansoku.telemetry.delivery.SentMessage;
import dev.kansoku.telemetry.delivery.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches telemetry on and off, as the settings, the environment and the user will have it, and hands what it hears to the
 * SDK while it is on. None of its methods waits for anything, but for {@link #test} and {@link #close}; listeners are
 * called on any thread.
 */
public final class TelemetryControl implements TurnObserver, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TelemetryControl.class);

    /** Where its parts lie, and whom it asks. */
    public record Surroundings(
            Map<String, String> environment,
            Path spool,
            Path crashFiles,
            UUID session,
            Supplier<ModelSnapshot> models,
            LongSupplier machineMemory) {}

    /** Closing the window may take 2 s in all. */
    private static final Duration LONGEST_CLOSE = Duration.ofMillis(1_600);

    /** How long a turn that was ended by closing the window may take to be measured. */
    private static final Duration LAST_TURN = Duration.ofMillis(1_300);

    private static final Duration LONGEST_FORGET = Duration.ofSeconds(5);

    /** Turns that end close together are told of in one message. */
    private static final Duration BETWEEN_METRICS = Duration.ofSeconds(5);

    private final Stored<TelemetrySettings> settings;
    private final Stored<Installation> installation;
    private final Token token;
    private final Masker masker;
    private final Surroundings surroundings;
    private final Delivery delivery;
    private final List<Consumer<? super TelemetryState>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger activeTurns = new AtomicInteger();
    private final Object lastTurn = new Object();
    private int unmeasuredTurns;

    /** One thread for all that telemetry does but sending, so that turns are told of in their order. */
    private final ScheduledThreadPoolExecutor executor;

    private volatile TelemetryState state = new TelemetryState.Off();

    // Known to the executor's thread alone
    private @Nullable Telemetry telemetry;
    private @Nullable OtelConfig config;
    private final Set<String> declined = new HashSet<>();
    private Instant since = Instant.MAX;
    private @Nullable Instant shown;
    private boolean metricsDue;
    private long metricsNanos = System.nanoTime() - BETWEEN_METRICS.toNanos();

    public TelemetryControl(
            Stored<TelemetrySettings> settings,
            Stored<Installation> installation,
            Token token,
            Masker masker,
            Surroundings surroundings) {
        this.settings = settings;
        this.installation = installation;
        this.token = token;
        this.masker = masker;
        this.surroundings = surroundings;
        delivery = new Delivery(surroundings.spool(), Backoff.DEFAULT, InstantSource.system());
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("telemetry").factory(), new ThreadPoolExecutor.DiscardPolicy());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        installation.update(Installation::withId);
    }

    /** Begins, if it may. */
    public void start() {
        settings.subscribe(changed -> reconsider());
        token.onChanged(this::reconsider);
        reconsider();
    }

    // What the window shows and changes

    public TelemetryState state() {
        return state;
    }

    /** Tells the state now, and every change of it. */
    public void onState(Consumer<? super TelemetryState> listener) {
        listeners.add(listener);
        listener.accept(state);
    }

    /** The user has seen what is sent to this endpoint, and agrees. */
    public void agree(String endpoint) {
        execute(() -> declined.remove(endpoint));
        settings.update(before -> before.withAgreedEndpoint(endpoint));
    }

    /** The user does not want anything sent to this endpoint; what waits for it is deleted. */
    public void decline(String endpoint) {
        execute(() -> declined.add(endpoint));
        settings.update(before -> endpoint.equals(before.agreedEndpoint()) ? before.withAgreedEndpoint(null) : before);
        reconsider();
    }

    /** Is told now, and whenever it changes, at most a few times a second. */
    public void onStatus(Consumer<DeliveryStatus> listener) {
        delivery.onStatus(listener);
    }

    /** What left the program since its start, the newest last; as many of the last messages as fit into 2 MB. */
    public List<SentMessage> sent() {
        return delivery.sent();
    }

    /** Sends a log event that says nothing, and waits for the answer, at most some seconds: not for the FX thread. */
    public Answer test() {
        return delivery.sendNow(Signal.LOGS, TestMessage.bytes(installation()));
    }

    /**
     * Deletes what waits to be sent and what is remembered of what was sent, and goes on with what it hears from now on. Waits
     * until the turns that have ended are told of, at most some seconds: not for the FX thread.
     */
    public void forget() {
        awaitLastTurn(System.nanoTime());
        var forgotten = new CountDownLatch(1);
        execute(() -> {
            try {
                endForGood();
                delivery.forget();
                consider();
            } finally {
                forgotten.countDown();
            }
        });
        try {
            if (!forgotten.await(LONGEST_FORGET.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Telemetry is not forgotten yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By which the Collector's side knows this installation. */
    public UUID installation() {
        return Objects.requireNonNull(installation.get().id());
    }

    /** What would be sent of a text. Takes some milliseconds. */
    public MaskedText masked(String text, TextLevel level) {
        return masker.mask(text, level);
    }

    // What it hears

    @Override
    public boolean hearsChunks() {
        return false;
    }

    @Override
    public void on(TurnEvent event) {
        switch (event) {
            case TurnEvent.Started started -> {
                activeTurns.incrementAndGet();
                synchronized (lastTurn) {
                    unmeasuredTurns++;
                }
            }
            case TurnEvent.Ended ended -> activeTurns.decrementAndGet();
            case TurnEvent.FirstChunk first -> {}
            case TurnEvent.Chunk chunk -> {}
        }
    }

    public void measured(TurnMeasurement measurement) {
        Instant end = measurement.sentAt().plus(measurement.segments().wall());
        execute(() -> {
            try {
                if (telemetry != null && end.isAfter(since)) {
                    telemetry.measured(measurement);
                    sendMetricsSoon();
                }
            } finally {
                synchronized (lastTurn) {
                    unmeasuredTurns--;
                    lastTurn.notifyAll();
                }
            }
        });
    }

    public void sampled(Sample sample) {
        execute(() -> {
            if (telemetry != null) {
                telemetry.sampled(sample);
            }
        });
    }

    /** The first picture of the window was there. */
    public void shown(Instant at) {
        execute(() -> {
            shown = at;
            tellShown();
        });
    }

    /** Once a run. */
    private void tellShown() {
        if (telemetry != null && shown != null) {
            telemetry.shown(shown);
            shown = null;
        }
    }

    /**
     * A button was used; says nothing unless the user wants that told.
     *
     * @param widget its name in the program's own files
     */
    public void clicked(String widget) {
        execute(() -> {
            if (telemetry != null && settings.get().clicks()) {
                telemetry.events().clicked(widget);
            }
        });
    }

    // On and off

    private void reconsider() {
        execute(this::consider);
    }

    private void consider() {
        OtelConfig wanted;
        try {
            wanted = OtelConfig.of(
                    surroundings.environment(), settings.get(), token.read().orElse(null));
        } catch (IOException | IllegalArgumentException e) {
            end();
            become(new TelemetryState.Unusable(String.valueOf(e.getMessage())));
            return;
        }
        String endpoint = wanted.endpoint();
        if (wanted.isOff()) {
            endForGood();
            become(new TelemetryState.Off());
        } else if (declined.contains(endpoint)) {
            endForGood();
            become(new TelemetryState.Declined(endpoint, wanted.fromEnvironment()));
        } else if (!endpoint.equals(settings.get().agreedEndpoint())) {
            end();
            become(new TelemetryState.Asking(endpoint, wanted.fromEnvironment()));
        } else if (!wanted.equals(config)) {
            end();
            begin(wanted);
        }
    }

    private void begin(OtelConfig wanted) {
        try {
            delivery.start();
            delivery.proxy(wanted.proxy());
            var sources = new Telemetry.Sources(
                    surroundings.session(),
                    Resources.of(installation(), surroundings.machineMemory().getAsLong()),
                    surroundings.models(),
                    activeTurns::get,
                    () -> settings.get().level());
            var begun = new Telemetry(wanted, sources, masker, installation, delivery, this::metricsAnnounced);
            telemetry = begun;
            config = wanted;
            since = Instant.now();
            begun.events().sessionStarted();
            tellCrashes(begun);
            tellShown();
            begun.flushEvents();
            sendMetricsSoon();
            become(new TelemetryState.On(wanted.endpoint(), wanted.fromEnvironment()));
        } catch (IllegalArgumentException e) {
            delivery.disconnect();
            become(new TelemetryState.Unusable(String.valueOf(e.getMessage())));
        }
    }

    /** Those since the last one that was told; at first those that are there were before anybody agreed. */
    private void tellCrashes(Telemetry begun) {
        List<Crash> crashes = Crash.in(surroundings.crashFiles());
        @Nullable String last = installation.get().lastCrash();
        if (last != null) {
            crashes.stream().filter(crash -> crash.file().compareTo(last) > 0).forEach(begun.events()::crashed);
        }
        String newest = crashes.isEmpty() ? "" : crashes.getLast().file();
        installation.update(before -> before.withLastCrash(newest));
    }

    /** What waits and what is told now is sent when there is an endpoint again. */
    private void end() {
        delivery.disconnect();
        finish();
    }

    /** Nothing is sent any more, and nothing waits: what the SDK still hands over is thrown away. */
    private void endForGood() {
        delivery.discard();
        finish();
    }

    /** What fails must not stop what comes after it, nor go unseen. */
    private void execute(Runnable task) {
        executor.execute(() -> attempt(task));
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("Telemetry failed", e);
        }
    }

    private void finish() {
        if (telemetry != null) {
            telemetry.events().sessionEnded();
            telemetry.close();
            telemetry = null;
            config = null;
        }
    }

    private void become(TelemetryState next) {
        if (!next.equals(state)) {
            state = next;
            listeners.forEach(listener -> listener.accept(next));
        }
    }

    // Metrics between their regular times

    private void metricsAnnounced() {
        execute(this::sendMetricsSoon);
    }

    private void sendMetricsSoon() {
        if (!metricsDue) {
            metricsDue = true;
            long wait = metricsNanos + BETWEEN_METRICS.toNanos() - System.nanoTime();
            var _ = executor.schedule(() -> attempt(this::sendMetrics), Math.max(0, wait), TimeUnit.NANOSECONDS);
        }
    }

    private void sendMetrics() {
        metricsDue = false;
        metricsNanos = System.nanoTime();
        if (telemetry != null) {
            telemetry.flushMetrics();
        }
    }

    /** Tells of what has ended and sends what it can, for at most 1.6 s. What is left is sent by the next run. */
    @Override
    public void close() {
        long begin = System.nanoTime();
        awaitLastTurn(begin);
        execute(this::finish);
        executor.shutdown();
        try {
            if (!executor.awaitTermination(left(begin).toNanos(), TimeUnit.NANOSECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delivery.close(left(begin));
    }

    private void awaitLastTurn(long begin) {
        try {
            synchronized (lastTurn) {
                long left = LAST_TURN.toNanos();
                while (unmeasuredTurns > 0 && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(lastTurn, left);
                    left = begin + LAST_TURN.toNanos() - System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration left(long begin) {
        Duration left = LONGEST_CLOSE.minusNanos(System.nanoTime() - begin);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
