package dev.kansoku.telemetry.delivery;

import java.time.Instant;

/** Messages as they would be after they have left. */
public final class SentMessageMaker {

    private SentMessageMaker() {}

    /** One that holds nothing, which is a message of OTLP all the same. */
    public static SentMessage empty(Signal signal, Instant at) {
        return new SentMessage(at, signal, new byte[0]);
    }
}
