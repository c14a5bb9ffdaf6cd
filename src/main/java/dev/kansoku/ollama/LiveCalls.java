package dev.kansoku.ollama;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;

/**
 * The calls of a client that are under way, until their bodies are read or closed. OkHttp's dispatcher forgets a
 * blocking call as soon as its headers have come, which is when a stream begins.
 */
final class LiveCalls {

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Cancels the call if the client is closed. To be asked before anything is sent. */
    void started(Call call) {
        calls.add(call);
        // After it was added: either this sees that the client is closed, or the client sees the call.
        if (closed) {
            call.cancel();
        }
    }

    void ended(Call call) {
        calls.remove(call);
    }

    boolean isClosed() {
        return closed;
    }

    /** Cancels all calls, now and from now on. */
    void close() {
        closed = true;
        calls.forEach(Call::cancel);
    }
}
