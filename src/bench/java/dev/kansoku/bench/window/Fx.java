package dev.kansoku.bench.window;

import com.sun.javafx.tk.RenderJob;
import com.sun.javafx.tk.Toolkit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import javafx.application.Platform;

/** The FX thread and what comes after it. */
final class Fx {

    /** No pulse and no answer of the FX thread takes longer, unless it hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Fx() {}

    static <T> T ask(Supplier<T> question) {
        return await("the FX thread", PATIENCE, CompletableFuture.supplyAsync(question, Platform::runLater));
    }

    static void run(Runnable action) {
        ask(() -> {
            action.run();
            return true;
        });
    }

    /** @throws IllegalStateException if it does not come in time */
    static <T> T await(String what, Duration most, CompletableFuture<T> coming) {
        try {
            return coming.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("Waited in vain for " + what + ".", e);
        }
    }

    /**
     * Tells when the picture of the pulse that runs now has been handed to the X server. Without a GPU that is done in three
     * steps, each in the queue of its thread: the FX thread ends the pulse and hands it to the renderer, that paints it, and
     * the FX thread hands the pixels on. Waiting in each queue behind them costs the FX thread two small events.
     */
    static void whenPresented(LongConsumer told) {
        Platform.runLater(() -> {
            var _ = Toolkit.getToolkit()
                    .addRenderJob(new RenderJob(() -> Platform.runLater(() -> told.accept(System.nanoTime()))));
        });
    }
}
