package dev.kansoku.telemetry.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of the messages since the start of the program. It logs when things begin to go wrong, and when they are well. */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Runnable onChange;
    private long sent;
    private long dropped;
    private @Nullable Instant lastSent;
    private @Nullable DeliveryProblem problem;
    private @Nullable DeliveryProblem disk;

    Ledger(Runnable onChange) {
        this.onChange = onChange;
    }

    void acknowledged(Instant at) {
        synchronized (this) {
            sent++;
            lastSent = at;
        }
        problem(null);
    }

    void dropped(long messages) {
        if (messages > 0) {
            synchronized (this) {
                dropped += messages;
            }
            onChange.run();
        }
    }

    /** Why the last attempt to send failed, or {@code null}. */
    void problem(@Nullable DeliveryProblem now) {
        DeliveryProblem before;
        synchronized (this) {
            before = problem;
            problem = now;
        }
        tell(before, now, "Telemetry does not arrive");
    }

    /** Why a message could not be put on the disk, or {@code null} if the last one could. */
    void disk(@Nullable DeliveryProblem now) {
        DeliveryProblem before;
        synchronized (this) {
            before = disk;
            disk = now;
        }
        tell(before, now, "Telemetry cannot be kept on the disk");
    }

    private void tell(@Nullable DeliveryProblem before, @Nullable DeliveryProblem now, String what) {
        if (now == null) {
            if (before != null) {
                LOG.info("{}: mended", what);
            }
        } else if (before == null || before.kind() != now.kind()) {
            LOG.warn("{}: {} ({})", what, now.kind(), now.detail());
        }
        onChange.run();
    }

    /** The disk goes first: what it does not hold is lost when the program ends, the rest mends itself. */
    synchronized DeliveryStatus status(long waiting) {
        return new DeliveryStatus(sent, waiting, dropped, lastSent, disk == null ? problem : disk);
    }
}
