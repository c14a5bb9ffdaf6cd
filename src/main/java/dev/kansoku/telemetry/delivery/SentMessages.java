package dev.kansoku.telemetry.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last messages that left, as many as fit. */
final class SentMessages {

    private static final int MOST_BYTES = 2 << 20;

    private final Deque<SentMessage> messages = new ArrayDeque<>();
    private long bytes;

    synchronized void add(SentMessage message) {
        messages.add(message);
        bytes += message.size();
        while (bytes > MOST_BYTES) {
            bytes -= messages.remove().size();
        }
    }

    synchronized void clear() {
        messages.clear();
        bytes = 0;
    }

    /** Oldest first. */
    synchronized List<SentMessage> all() {
        return List.copyOf(messages);
    }
}
