package dev.kansoku.telemetry.delivery;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latest metrics and no others: they are cumulative, so a later message says all that the one before it said. */
final class MetricsSlot {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsSlot.class);

    private @Nullable Metrics latest;
    private @Nullable Metrics taken;

    /** Replaces what waits. */
    synchronized void put(byte[] message, Runnable whenAcknowledged) {
        latest = new Metrics(message, whenAcknowledged);
    }

    synchronized boolean waits() {
        return latest != null;
    }

    synchronized @Nullable Outgoing take() {
        taken = latest;
        latest = null;
        return taken;
    }

    /** How many are here, that which was taken included: none or one, because of two the later one replaces the other. */
    synchronized int size() {
        return latest == null && taken == null ? 0 : 1;
    }

    synchronized void discard() {
        latest = null;
        taken = null;
    }

    private synchronized void done(Metrics metrics) {
        if (taken == metrics) {
            taken = null;
        }
    }

    private synchronized void putBack(Metrics metrics) {
        if (taken == metrics) {
            taken = null;
            if (latest == null) {
                latest = metrics;
            }
        }
    }

    private final class Metrics implements Outgoing {

        private final byte[] bytes;
        private final Runnable whenAcknowledged;

        Metrics(byte[] bytes, Runnable whenAcknowledged) {
            this.bytes = bytes;
            this.whenAcknowledged = whenAcknowledged;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public void acknowledged() {
            done(this);
            try {
                whenAcknowledged.run();
            } catch (RuntimeException e) {
                LOG.error("Whoever waited for metrics to arrive failed", e);
            }
        }

        @Override
        public void refused() {
            done(this);
        }

        @Override
        public void notNow() {
            putBack(this);
        }
    }
}
