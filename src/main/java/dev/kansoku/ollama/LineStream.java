package dev.kansoku.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** A reply of JSON objects, one a line, as it comes in. Sends the request when first asked for a line. */
final class LineStream {

    /** As in Ollama's own client (api/client.go, maxBufferSize). */
    static final long MOST_LINE_BYTES = 8L * 1024 * 1024;

    record Line(ObjectNode json, long readNanos) {}

    private final Call call;
    private final CallWatch watch;
    private final Duration idle;
    private final boolean loopback;
    private final String model;

    /** Held while a thread reads; what it guards is touched by nobody else. */
    private final ReentrantLock reading = new ReentrantLock();

    private @Nullable Response response;
    private @Nullable LineReader lines;
    private boolean ended;
    private boolean anyLine;

    private volatile long sentNanos;
    private volatile long lastReadNanos;

    LineStream(Call call, CallWatch watch, Duration idle, boolean loopback, String model) {
        this.call = call;
        this.watch = watch;
        this.idle = idle;
        this.loopback = loopback;
        this.model = model;
    }

    /** The next object; {@code null} at the end, and once the stream is closed. */
    @Nullable
    Line next() throws OllamaException {
        reading.lock();
        try {
            Line line = ended || isClosed() ? null : read();
            if (line == null) {
                end();
            }
            return isClosed() ? null : line;
        } catch (IOException e) {
            end();
            if (Thread.currentThread().isInterrupted()) {
                call.cancel();
            }
            if (isClosed()) {
                return null;
            }
            throw e instanceof OllamaException known ? known : Replies.lost(e, loopback, watch);
        } finally {
            reading.unlock();
            releaseIfClosed();
        }
    }

    private @Nullable Line read() throws IOException {
        Response reply = response;
        LineReader reader = lines;
        if (reply == null || reader == null) {
            sentNanos = System.nanoTime();
            reply = call.execute();
            response = reply;
            noteRead();
            Replies.refuseUnlessGood(reply, model);
            reader = new LineReader(Replies.source(reply), MOST_LINE_BYTES, this::noteRead);
            lines = reader;
        }
        // A deadline, not a timeout: bytes that trickle in within a line do not put it off.
        reply.body().source().timeout().deadline(idle.toNanos(), TimeUnit.NANOSECONDS);
        String text = reader.next();
        if (text == null) {
            return null;
        }
        ObjectNode json;
        try {
            json = Wire.object(text);
        } catch (JsonProcessingException e) {
            throw new OllamaException(unreadable(reply, reader, text), null);
        }
        Replies.refuseError(reply, json, model);
        anyLine = true;
        return new Line(json, reader.arrivedNanos());
    }

    private OllamaError unreadable(Response reply, LineReader reader, String text) {
        if (!anyLine) {
            return Replies.unreadable(reply, text + '\n' + reader.rest());
        }
        return reader.isAtEnd() ? new OllamaError.ConnectionLost("") : new OllamaError.Protocol("");
    }

    private long noteRead() {
        long nanos = watch.lastReadNanos(System.nanoTime());
        lastReadNanos = nanos;
        return nanos;
    }

    /** Says that the last line of interest has come; the connection is kept if the reply ends within 100 ms. */
    void finish() {
        if (reading.tryLock()) {
            try {
                end();
            } finally {
                reading.unlock();
            }
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        Response reply = response;
        if (reply != null) {
            // Reads on to the end, for 100 ms at most (okhttp3.internal, DISCARD_STREAM_TIMEOUT_MILLIS).
            reply.close();
            lastReadNanos = watch.lastReadNanos(lastReadNanos);
        }
    }

    long sentNanos() {
        return sentNanos;
    }

    long connectedNanos() {
        return watch.connectedNanos();
    }

    long lastReadNanos() {
        return lastReadNanos;
    }

    boolean isClosed() {
        return call.isCanceled();
    }

    void close() {
        call.cancel();
        releaseIfClosed();
    }

    /** A body may only be closed by the thread that reads it, or when none does. */
    private void releaseIfClosed() {
        if (isClosed()) {
            finish();
        }
    }
}
