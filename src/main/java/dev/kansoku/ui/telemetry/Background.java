package dev.kansoku.ui.telemetry;

import dev.kansoku.ui.common.UiThread;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way off the FX thread and back.
 *
 * @param quick for what takes milliseconds; one thing after the other, so that the last thing asked for holds
 * @param patient for what waits for the network
 * @param back where the view models live
 */
record Background(Executor quick, Executor patient, Executor back) {

    private static final Executor ONE_BY_ONE = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("telemetry-window").factory());

    /** Platform threads: files and look-ups of host names pin virtual ones. */
    static Background threads() {
        return new Background(
                ONE_BY_ONE,
                command -> Thread.ofPlatform().daemon().name("telemetry-test").start(command),
                UiThread::run);
    }

    <T> void quickly(Supplier<T> question, Consumer<T> answer) {
        ask(quick, question, answer);
    }

    <T> void patiently(Supplier<T> question, Consumer<T> answer) {
        ask(patient, question, answer);
    }

    private <T> void ask(Executor executor, Supplier<T> question, Consumer<T> answer) {
        executor.execute(() -> {
            T result = question.get();
            back.execute(() -> answer.accept(result));
        });
    }
}
