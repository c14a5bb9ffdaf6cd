package dev.kansoku.measure;

import dev.kansoku.chat.ModelSnapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the machine, Ollama's processes and the program itself, as often as somebody needs it, on a thread of its own.
 * It is {@link Pace#OFF} at first.
 */
public final class Sampler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

    private final Meter meter;
    private final Samples samples = new Samples();
    private final List<Consumer<Sample>> listeners = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private Pace pace = Pace.OFF;
    private boolean closed;

    // Of the sampler's thread alone

    /** {@link System#nanoTime()} of the last sample's beginning. */
    private @Nullable Long lastNanos;

    private boolean failureTold;
    private boolean listenerTold;

    /**
     * @param models what the server in use last said of itself
     * @param gpu what the GPUs do, if that is known; must not take long
     * @param frames how quickly the window draws
     */
    public Sampler(
            Machine machine,
            OllamaProcesses processes,
            Supplier<ModelSnapshot> models,
            Supplier<Sample.@Nullable Gpu> gpu,
            FrameTimes frames) {
        meter = new Meter(machine, processes, models, gpu, frames);
    }

    public void start() {
        // Reading files holds on to the thread below a virtual one.
        Thread.ofPlatform().daemon().name("sampler").start(this::run);
    }

    /** Changes how often it looks. A sample that is due by the new pace is taken at once. */
    public void pace(Pace next) {
        lock.lock();
        try {
            if (next != pace) {
                pace = next;
                change.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Is called with every sample, one after the other, on the sampler's thread. */
    public void onSample(Consumer<Sample> listener) {
        listeners.add(listener);
    }

    /** What was sampled lately. */
    public Samples samples() {
        return samples;
    }

    private void run() {
        while (awaitNext()) {
            try {
                Sample sample = meter.read();
                samples.add(sample);
                tell(sample);
            } catch (RuntimeException e) {
                if (!failureTold) {
                    failureTold = true;
                    LOG.error("The machine could not be looked at; this is only said once", e);
                }
            }
        }
    }

    /** {@code false} once the sampler is closed. */
    private boolean awaitNext() {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                if (pace.interval() == null) {
                    change.await();
                } else {
                    long left =
                            lastNanos == null ? 0 : lastNanos + pace.interval().toNanos() - now;
                    if (left <= 0) {
                        lastNanos = now;
                        return true;
                    }
                    change.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            closed = true;
        } finally {
            lock.unlock();
        }
        return false;
    }

    private void tell(Sample sample) {
        for (Consumer<Sample> listener : listeners) {
            try {
                listener.accept(sample);
            } catch (RuntimeException e) {
                if (!listenerTold) {
                    listenerTold = true;
                    LOG.error("A listener to samples failed; this is only said once", e);
                }
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
