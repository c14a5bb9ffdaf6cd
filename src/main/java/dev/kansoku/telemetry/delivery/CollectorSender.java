package dev.kansoku.telemetry.delivery;

import dev.kansoku.telemetry.delivery.DeliveryProblem.Kind;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends the messages of one signal and waits for the answers. Records what it sends. */
final class CollectorSender {

    /** The transport is to give up by itself. This much later it is left alone. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Signal signal;
    private final Transport transport;
    private final Duration patience;
    private final SentMessages sent;
    private final InstantSource clock;
    private final Set<Attempt> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean shutDown;

    /** @param timeout after which the transport itself gives up; the SDK's "without end" is nearly 300 years */
    CollectorSender(Signal signal, Transport transport, Duration timeout, SentMessages sent, InstantSource clock) {
        this.signal = signal;
        this.transport = transport;
        this.patience = timeout.compareTo(LONGEST) < 0 ? timeout.plus(GRACE) : LONGEST;
        this.sent = sent;
        this.clock = clock;
    }

    Signal signal() {
        return signal;
    }

    /** Blocks until there is an answer, or there will be none. */
    Answer send(byte[] message) {
        var attempt = new Attempt(message);
        pending.add(attempt);
        try {
            // Asked after shutDown() can see the attempt: one of the two sees the other.
            if (shutDown) {
                return ended();
            }
            transport.send(attempt, attempt.answer::complete);
            return attempt.answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Answers.notNow(Kind.TIMEOUT, "no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answers.notNow(Kind.TIMEOUT, "interrupted");
        } catch (ExecutionException | RuntimeException e) {
            return Answers.failed(e);
        } finally {
            pending.remove(attempt);
        }
    }

    boolean isShutDown() {
        return shutDown;
    }

    /** Breaks off what is on its way; whoever waits for an answer waits no longer. Does not block. */
    void shutDown() {
        shutDown = true;
        // Closing a TLS connection writes to it, and may wait for somebody who no longer reads.
        Thread.ofVirtual().name("telemetry-hang-up").start(transport::shutDown);
        pending.forEach(attempt -> attempt.answer.complete(ended()));
    }

    private static Answer ended() {
        return Answers.notNow(Kind.UNREACHABLE, "closed");
    }

    private final class Attempt implements MessageWriter {

        private final byte[] message;

        private final CompletableFuture<Answer> answer = new CompletableFuture<>();

        Attempt(byte[] message) {
            this.message = message;
        }

        @Override
        public void writeMessage(OutputStream output) throws IOException {
            // Before: when writing breaks off, some of it has left.
            sent.add(new SentMessage(clock.instant(), signal, message));
            output.write(message);
        }

        @Override
        public int getContentLength() {
            return message.length;
        }
    }
}
