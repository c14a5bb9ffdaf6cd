package dev.kansoku.ui.common;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Works something out in the background whenever it is asked anew, as by every key. What was overtaken is left out, and
 * its result never shown.
 */
public final class NewestOnly<Q, A> {

    private final Executor background;
    private final Executor back;
    private final Function<Q, A> work;
    private final Consumer<A> answer;
    private final AtomicLong newest = new AtomicLong();

    /**
     * Asks nothing yet.
     *
     * @param background does one thing after the other
     * @param back where the answer is wanted
     */
    public NewestOnly(Executor background, Executor back, Function<Q, A> work, Consumer<A> answer) {
        this.background = background;
        this.back = back;
        this.work = work;
        this.answer = answer;
    }

    public void ask(Q question) {
        long mine = newest.incrementAndGet();
        background.execute(() -> {
            if (mine != newest.get()) {
                return;
            }
            A result = work.apply(question);
            back.execute(() -> {
                if (mine == newest.get()) {
                    answer.accept(result);
                }
            });
        });
    }

    /** What was asked so far is not answered any more. */
    public void forget() {
        newest.incrementAndGet();
    }
}
