package dev.kansoku.telemetry.delivery;

import java.time.Instant;

/** A message as it was handed to the socket, before compression. */
public final class SentMessage {

    private final Instant at;
    private final Signal signal;
    private final byte[] bytes;

    SentMessage(Instant at, Signal signal, byte[] bytes) {
        this.at = at;
        this.signal = signal;
        this.bytes = bytes.clone();
    }

    public Instant at() {
        return at;
    }

    public Signal signal() {
        return signal;
    }

    /** How many bytes of protobuf it has. */
    public int size() {
        return bytes.length;
    }

    /** All that stands in it, decoded from its bytes, for a human to read. */
    public String text() {
        return MessageText.of(signal, bytes);
    }
}
