package dev.kansoku.ui.common;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The way onto the FX thread. Nothing else in the program calls {@link Platform#runLater}. */
public final class UiThread {

    /** 30 times a second: text that comes faster is read no faster, and every picture costs. */
    private static final long FRAME_NANOS = 33_000_000;

    private static final Executor NEXT_PULSE = new NextPulse(0);
    private static final Executor NEXT_FRAME = new NextPulse(FRAME_NANOS);

    private static final ScheduledExecutorService TICKER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ticker").factory());

    private static volatile Consumer<Duration> frames = apart -> {};

    private UiThread() {}

    /** Tells, on the FX thread, how far apart two pulses were when both of them had something to draw. */
    public static void onFrame(Consumer<Duration> listener) {
        frames = listener;
    }

    /** Soon, or at once if this is the FX thread. */
    public static void run(Runnable action) {
        if (Platform.isFxApplicationThread()) {
            action.run();
        } else {
            later(action);
        }
    }

    /** After the events that are waiting now. */
    public static void later(Runnable action) {
        Platform.runLater(action);
    }

    /** With the next pulse, before it lays anything out. */
    public static Executor nextPulse() {
        return NEXT_PULSE;
    }

    /** When the next pulse has laid out what was changed until now. */
    public static void afterNextPulse(Runnable action) {
        NEXT_PULSE.execute(() -> NEXT_PULSE.execute(action));
    }

    /**
     * With the next picture but no more than 30 times a second, all that came since the last one together. For what
     * comes more often than it can be seen, like chunks of a reply: the queue of the FX thread never holds more than one
     * entry of it.
     */
    public static Executor nextFrame() {
        return NEXT_FRAME;
    }

    /**
     * Every so often on the FX thread. Unlike a {@code Timeline} it keeps no pulses going in between, which would cost
     * a window at rest some percent of a core.
     */
    public static Subscription every(Duration period, Runnable action) {
        var waiting = new AtomicBoolean();
        ScheduledFuture<?> ticks = TICKER.scheduleAtFixedRate(
                () -> {
                    if (waiting.compareAndSet(false, true)) {
                        later(() -> {
                            waiting.set(false);
                            action.run();
                        });
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> ticks.cancel(false);
    }

    private static final class NextPulse implements Executor {

        private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean scheduled = new AtomicBoolean();
        private final long apartNanos;
        private long drainedNanos = System.nanoTime();
        private @Nullable Long pulsedNanos;
        private final AnimationTimer timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                long nanos = System.nanoTime();
                if (pulsedNanos != null) {
                    frames.accept(Duration.ofNanos(nanos - pulsedNanos));
                }
                pulsedNanos = nanos;
                if (nanos - drainedNanos >= apartNanos) {
                    drainedNanos = nanos;
                    drain();
                }
            }
        };

        private NextPulse(long apartNanos) {
            this.apartNanos = apartNanos;
        }

        @Override
        public void execute(Runnable action) {
            actions.add(action);
            if (scheduled.compareAndSet(false, true)) {
                Platform.runLater(timer::start);
            }
        }

        /** Only what was there at the beginning: an action that adds another one does so for the next pulse. */
        private void drain() {
            int waiting = actions.size();
            if (waiting == 0) {
                timer.stop();
                pulsedNanos = null;
                scheduled.set(false);
                if (!actions.isEmpty() && scheduled.compareAndSet(false, true)) {
                    timer.start();
                }
                return;
            }
            for (int i = 0; i < waiting; i++) {
                Runnable action = actions.poll();
                if (action != null) {
                    action.run();
                }
            }
        }
    }
}
