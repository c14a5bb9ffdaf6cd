package dev.kansoku.telemetry.delivery;

import io.opentelemetry.common.ComponentLoader;
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the messages of the SDK's exporters to the Collector, also when that is away for a while. Spans and log records wait
 * on the disk, and so outlive the program; of metrics only the latest message is kept. A message may arrive twice, if the
 * program or the connection ends between its arrival and the answer. Of each signal the oldest message goes first.
 *
 * <p>All its threads are daemons.
 */
public final class Delivery implements AutoCloseable {

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Spool spool;
    private final MetricsSlot metrics = new MetricsSlot();
    private final SentMessages sent = new SentMessages();
    private final StatusTeller teller;
    private final Uplink uplink;
    private final Intake intake;
    private volatile @Nullable Proxy proxy;
    private boolean started;

    /**
     * Touches nothing yet.
     *
     * @param folder for what waits on the disk, and nothing else; it is made where it is missing
     */
    public Delivery(Path folder, Backoff backoff, InstantSource clock) {
        teller = new StatusTeller(this::status);
        ledger = new Ledger(teller::changed);
        spool = new Spool(folder, Spool.Bounds.DEFAULT, clock, ledger);
        uplink = new Uplink(spool, metrics, ledger, backoff, sent, clock);
        intake = new Intake(spool, metrics, () -> {
            uplink.wake();
            teller.changed();
        });
    }

    /** Looks at what earlier runs have left: it is sent once there is a sender for it. Touches the disk. */
    public synchronized void start() {
        if (!started) {
            started = true;
            spool.recover();
            uplink.start();
        }
    }

    /**
     * What to give to the SDK's autoconfigure module, so that its exporters send through here. Those that it made before for
     * the same signal go on handing messages over, which are sent with the settings of the new ones.
     *
     * @param others for all but the exporters' senders, and for the senders that do the work
     */
    public ComponentLoader senders(ComponentLoader others) {
        return new SenderLoader(others, intake, uplink, () -> proxy);
    }

    /**
     * Sets the HTTP proxy of exporters that are made later. A Collector on this machine is spoken to without it.
     *
     * @param hostAndPort {@code null}: as the JVM is told; with gRPC anything else fails when the exporter is made
     * @throws IllegalArgumentException if it is no host and port
     */
    public void proxy(@Nullable String hostAndPort) {
        proxy = hostAndPort == null ? null : Route.proxy(hostAndPort);
    }

    /** The listener is told now, and on changes at most four times a second, always on the same thread. */
    public void onStatus(Consumer<DeliveryStatus> listener) {
        teller.add(listener);
    }

    /** Does not touch the disk. */
    public DeliveryStatus status() {
        return ledger.status(spool.size() + metrics.size());
    }

    /** The last messages that left, oldest first, as many as fit into 2 MB. One that was sent twice is there twice. */
    public List<SentMessage> sent() {
        return sent.all();
    }

    /**
     * Whoever wants to know which metrics have arrived. There is one.
     *
     * @param listener called on the SDK's thread when a message of metrics is taken over; what it returns is run when the
     *     Collector has acknowledged that very message, and never if a later one has replaced it
     */
    public void onMetricsLeaving(Supplier<Runnable> listener) {
        intake.onMetricsLeaving(listener);
    }

    /** Sends past everything that waits and blocks until there is an answer, no longer than the exporter's timeout. */
    public Answer sendNow(Signal signal, byte[] message) {
        return uplink.sendNow(signal, message.clone());
    }

    /** Breaks off what is on its way, and sends nothing until there are other exporters. */
    public void disconnect() {
        uplink.disconnect();
    }

    /**
     * Deletes all that waits and breaks off what is on its way. What the exporters that there are hand over from now on is
     * thrown away; new ones begin anew. It touches the disk.
     */
    public void discard() {
        uplink.disconnect();
        intake.discard();
        ledger.problem(null);
    }

    /** As {@link #discard}; and what was sent is not remembered either. */
    public void forget() {
        sent.clear();
        discard();
        sent.clear();
    }

    /** As {@link #close(Duration)} with 2 s. */
    @Override
    public void close() {
        close(LONGEST_CLOSE);
    }

    /**
     * Sends what waits for at most this time, then ends. What is then still on the disk is sent after the next start, and so is
     * what the exporters hand over afterwards.
     */
    public void close(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        uplink.flush(longest);
        // The rest is no longer waited for: a thread that does not end is a daemon.
        uplink.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        teller.close();
    }
}
