package dev.kansoku.ui.telemetry;

import java.util.ArrayDeque;
import java.util.Queue;

/** Stands in for the threads of a view model. */
final class Direct {

    private Direct() {}

    /** All at once and here. */
    static final Background BACKGROUND = new Background(Runnable::run, Runnable::run, Runnable::run);

    /** What is to be done in the background, until somebody does it. */
    static final class Later {

        private final Queue<Runnable> waiting = new ArrayDeque<>();

        Background background() {
            return new Background(waiting::add, waiting::add, Runnable::run);
        }

        void doAll() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }
    }
}
