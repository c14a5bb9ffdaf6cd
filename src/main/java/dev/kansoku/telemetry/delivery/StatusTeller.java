package dev.kansoku.telemetry.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners how far messages have come, one after the other on a thread of its own, at most four times a second. */
final class StatusTeller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusTeller.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Supplier<DeliveryStatus> status;
    private final List<Consumer<DeliveryStatus>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("telemetry-status").factory(),
            // After the end there is nobody to tell.
            new ThreadPoolExecutor.DiscardPolicy());

    StatusTeller(Supplier<DeliveryStatus> status) {
        this.status = status;
    }

    void add(Consumer<DeliveryStatus> listener) {
        thread.execute(() -> {
            listeners.add(listener);
            tell(listener);
        });
    }

    void changed() {
        if (pending.compareAndSet(false, true)) {
            var _ = thread.schedule(this::tellAll, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tellAll() {
        // Before the status is read: what changes after that is told next time.
        pending.set(false);
        listeners.forEach(this::tell);
    }

    private void tell(Consumer<DeliveryStatus> listener) {
        try {
            listener.accept(status.get());
        } catch (RuntimeException e) {
            LOG.error("A listener to the delivery failed", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
