package dev.kansoku.ollama;

import dev.kansoku.ollama.OllamaError.TimedOut.Waiting;
import dev.kansoku.ollama.ReadTimes.TimedSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Watches one call: how far it has come, and when. Travels as a tag of its request. */
final class CallWatch extends EventListener {

    private final LiveCalls liveCalls;
    private volatile long connectedNanos;
    private volatile @Nullable TimedSocket socket;
    private volatile boolean answered;
    private volatile boolean connecting;
    private volatile boolean foundDead;

    CallWatch(LiveCalls liveCalls) {
        this.liveCalls = liveCalls;
    }

    /** {@link System#nanoTime()} at which a connection, pooled or new, was there; 0 before. */
    long connectedNanos() {
        return connectedNanos;
    }

    /**
     * {@link System#nanoTime()} of the last read from the socket.
     *
     * @param unknown returned where there is no socket, or not one of ours (TLS)
     */
    long lastReadNanos(long unknown) {
        TimedSocket timed = socket;
        return timed == null ? unknown : timed.lastReadNanos();
    }

    Waiting waitingFor() {
        if (answered) {
            return Waiting.NEXT_CHUNK;
        }
        return connectedNanos == 0 ? Waiting.CONNECTION : Waiting.FIRST_BYTE;
    }

    @Override
    public void callStart(Call call) {
        liveCalls.started(call);
    }

    @Override
    public void callEnd(Call call) {
        liveCalls.ended(call);
    }

    @Override
    public void callFailed(Call call, IOException e) {
        liveCalls.ended(call);
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        connecting = true;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        // OkHttp asks a pooled connection whether it still lives only when it has been idle for ten seconds, and saves
        // the call otherwise by sending it again; what has a body must not be sent again.
        foundDead = !connecting && call.request().body() != null && isDead(connection.socket());
        connecting = false;
        socket = connection.socket() instanceof TimedSocket timed ? timed : null;
        connectedNanos = foundDead ? 0 : System.nanoTime();
    }

    /**
     * Whether the call failed because the connection it was given from the pool was found dead before anything was
     * sent: then it can be made again. Asking forgets it.
     */
    boolean mayTryAgain() {
        boolean again = foundDead;
        foundDead = false;
        return again;
    }

    /** An idle connection is silent; one that says anything, or its end, is of no use. It is closed then. */
    private static boolean isDead(Socket socket) {
        try {
            int timeout = socket.getSoTimeout();
            try {
                socket.setSoTimeout(1);
                socket.getInputStream().read();
            } catch (SocketTimeoutException e) {
                return false;
            } finally {
                socket.setSoTimeout(timeout);
            }
            socket.close();
        } catch (IOException e) {
            // As dead as can be.
        }
        return true;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        answered = true;
    }
}
