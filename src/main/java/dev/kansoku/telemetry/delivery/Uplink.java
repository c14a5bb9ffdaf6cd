package dev.kansoku.telemetry.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits, one message at a time on a thread of its own. The signals take turns, so that none has to wait for
 * another one that the Collector does not take.
 */
final class Uplink {

    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    /** Programs that were stopped by the same outage do not all come back at the same moment. */
    private static final double JITTER = 0.2;

    private final Spool spool;
    private final MetricsSlot metrics;
    private final Ledger ledger;
    private final Backoff backoff;
    private final SentMessages sent;
    private final InstantSource clock;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("telemetry-uplink").unstarted(this::run);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Signal, CollectorSender> senders = new EnumMap<>(Signal.class);

    /** Whose turn is next; whoever had it goes to the end. */
    private final List<Signal> turns = new ArrayList<>(List.of(Signal.values()));

    private boolean sending;
    private boolean closed;
    private long failures;
    private @Nullable Duration pause;

    /** {@link System#nanoTime}; nothing is sent before it. */
    private long notBefore = System.nanoTime();

    Uplink(Spool spool, MetricsSlot metrics, Ledger ledger, Backoff backoff, SentMessages sent, InstantSource clock) {
        this.spool = spool;
        this.metrics = metrics;
        this.ledger = ledger;
        this.backoff = backoff;
        this.sent = sent;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /** From now on the signal goes this way. */
    void connect(Signal signal, Transport transport, Duration timeout) {
        var sender = new CollectorSender(signal, transport, timeout, sent, clock);
        lock.lock();
        try {
            CollectorSender before = closed ? sender : senders.put(signal, sender);
            if (before != null) {
                before.shutDown();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is sent until there are other senders. */
    void disconnect() {
        lock.lock();
        try {
            senders.values().forEach(CollectorSender::shutDown);
            senders.clear();
            endPause();
        } finally {
            lock.unlock();
        }
    }

    /** There may be a new message. It does not shorten a pause. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Past everything that waits, and during a pause, which a success ends. */
    Answer sendNow(Signal signal, byte[] message) {
        CollectorSender sender;
        lock.lock();
        try {
            sender = senders.get(signal);
        } finally {
            lock.unlock();
        }
        if (sender == null) {
            return Answers.notNow(DeliveryProblem.Kind.UNREACHABLE, "no exporter for " + signal);
        }
        Answer answer = sender.send(message);
        record(sender, answer);
        return answer;
    }

    /**
     * Begins at once, even in a pause, and waits until all is sent that has somewhere to go, or an attempt has failed: the
     * next one would as well.
     */
    void flush(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        lock.lock();
        try {
            long failuresBefore = failures;
            endPause();
            long left = longest.toNanos();
            while ((sending || sendable() != null) && !closed && failures == failuresBefore && left > 0) {
                changed.awaitNanos(left);
                left = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Breaks off what is on its way, and waits for the thread, but no longer than this. */
    void close(Duration longest) {
        lock.lock();
        try {
            closed = true;
            senders.values().forEach(CollectorSender::shutDown);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (thread.getState() != Thread.State.NEW) {
                var _ = thread.join(longest);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (CollectorSender sender = next(); sender != null; sender = next()) {
            try {
                sendOne(sender);
            } catch (RuntimeException e) {
                LOG.error("Sending failed", e);
                failed();
            } finally {
                lock.lock();
                try {
                    sending = false;
                    changed.signalAll();
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** Waits until there is something to send and it may be sent. {@code null}: it never will. */
    private @Nullable CollectorSender next() {
        lock.lock();
        try {
            while (!closed) {
                CollectorSender sender = sendable();
                long wait = notBefore - System.nanoTime();
                if (sender == null) {
                    changed.await();
                } else if (wait > 0) {
                    changed.awaitNanos(wait);
                } else {
                    turns.remove(sender.signal());
                    turns.add(sender.signal());
                    sending = true;
                    return sender;
                }
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The sender of the signal whose turn it is, of those of which something waits. */
    private @Nullable CollectorSender sendable() {
        for (Signal signal : turns) {
            CollectorSender sender = senders.get(signal);
            if (sender != null && (signal == Signal.METRICS ? metrics.waits() : spool.waits(signal))) {
                return sender;
            }
        }
        return null;
    }

    private void sendOne(CollectorSender sender) {
        Outgoing message = sender.signal() == Signal.METRICS ? metrics.take() : spool.take(sender.signal());
        if (message == null) {
            return;
        }
        Answer answer = sender.send(message.bytes());
        switch (answer) {
            // Nobody knows which part of it arrived.
            case Answer.Acknowledged acknowledged when acknowledged.rejected() > 0 -> message.refused();
            case Answer.Acknowledged _ -> message.acknowledged();
            case Answer.Refused _ -> {
                message.refused();
                ledger.dropped(1);
            }
            case Answer.NotNow _ -> {
                message.notNow();
                if (!sender.isShutDown()) {
                    failed();
                }
            }
        }
        record(sender, answer);
    }

    private void record(CollectorSender sender, Answer answer) {
        switch (answer) {
            case Answer.Acknowledged acknowledged -> {
                lock.lock();
                try {
                    endPause();
                } finally {
                    lock.unlock();
                }
                if (acknowledged.rejected() > 0) {
                    LOG.warn("The Collector did not take {} items of {}", acknowledged.rejected(), sender.signal());
                }
                ledger.acknowledged(clock.instant());
            }
            case Answer.Refused refused -> ledger.problem(refused.problem());
            case Answer.NotNow notNow -> {
                // That we hung up ourselves is no problem of anybody's.
                if (!sender.isShutDown()) {
                    ledger.problem(notNow.problem());
                }
            }
        }
    }

    private void failed() {
        lock.lock();
        try {
            failures++;
            pause = backoff.after(pause);
            double share = 1 + ThreadLocalRandom.current().nextDouble(-JITTER, JITTER);
            notBefore = System.nanoTime() + (long) (pause.toNanos() * share);
        } finally {
            lock.unlock();
        }
    }

    private void endPause() {
        pause = null;
        notBefore = System.nanoTime();
        changed.signalAll();
    }
}
