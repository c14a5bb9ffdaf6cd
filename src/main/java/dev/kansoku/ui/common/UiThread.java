package dev.kansoku.ui.common;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/** The way onto the FX thread. Nothing else in the program calls {@link Platform#runLater}. */
public final class UiThread {

    private static final Executor NEXT_PULSE = new NextPulse();

    private UiThread() {}

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

    /**
     * With the next pulse, all that came since the last one together. For what comes more often than it can be seen,
     * like chunks of a reply: the queue of the FX thread never holds more than one entry of it.
     */
    public static Executor nextPulse() {
        return NEXT_PULSE;
    }

    private static final class NextPulse implements Executor {

        private final Queue<Runnable> actions = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean scheduled = new AtomicBoolean();
        private final AnimationTimer timer = new AnimationTimer() {
            @Override
            public void handle(long now) {
                drain();
            }
        };

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
