package dev.kansoku.ui.telemetry;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Works something out in the background whenever it is asked anew, as by every key. What was overtaken is left out, and
 * its result never shown.
 */
final class NewestOnly<Q, A> {

    private final Background background;
    private final Function<Q, A> work;
    private final Consumer<A> answer;
    private final AtomicLong newest = new AtomicLong();

    NewestOnly(Background background, Function<Q, A> work, Consumer<A> answer) {
        this.background = background;
        this.work = work;
        this.answer = answer;
    }

    void ask(Q question) {
        long mine = newest.incrementAndGet();
        background.quick().execute(() -> {
            if (mine != newest.get()) {
                return;
            }
            A result = work.apply(question);
            background.back().execute(() -> {
                if (mine == newest.get()) {
                    answer.accept(result);
                }
            });
        });
    }
}
