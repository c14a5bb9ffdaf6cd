package dev.kansoku.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a turn to one observer. At most one hand-over is pending at a time; chunks that come meanwhile are
 * joined, so an observer that is slow, or throws, costs the turn nothing and holds no growing queue.
 */
final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final TurnObserver observer;
    private final Executor executor;
    private final Deque<TurnEvent> pending = new ArrayDeque<>();
    private boolean scheduled;

    Mailbox(TurnObserver observer, Executor executor) {
        this.observer = observer;
        this.executor = executor;
    }

    void offer(TurnEvent event) {
        if (event instanceof TurnEvent.Chunk && !observer.hearsChunks()) {
            return;
        }
        synchronized (pending) {
            if (event instanceof TurnEvent.Chunk chunk && pending.peekLast() instanceof TurnEvent.Chunk earlier) {
                pending.removeLast();
                pending.addLast(earlier.joinedWith(chunk));
            } else {
                pending.addLast(event);
            }
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        schedule();
    }

    private void schedule() {
        try {
            executor.execute(this::deliver);
        } catch (RejectedExecutionException e) {
            // The observer's side has been shut down: nobody is there to hear.
            LOG.debug("An observer is gone");
        } catch (RuntimeException e) {
            LOG.error("An observer of turns cannot be reached", e);
        }
    }

    private void deliver() {
        List<TurnEvent> batch;
        synchronized (pending) {
            batch = List.copyOf(pending);
            pending.clear();
        }
        for (TurnEvent event : batch) {
            try {
                observer.on(event);
            } catch (RuntimeException | Error e) {
                // Whatever it is: what comes after it, the end above all, must still be told.
                Unforeseen.report(e);
            }
        }
        synchronized (pending) {
            if (pending.isEmpty()) {
                scheduled = false;
                return;
            }
        }
        schedule();
    }
}
