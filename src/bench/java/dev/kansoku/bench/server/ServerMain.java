package dev.kansoku.bench.server;

import dev.kansoku.ollama.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives one {@link Reply} to every prompt. Prints its address, and ends with its standard input: that is, with the process
 * that started it, however that ends.
 */
public final class ServerMain {

    /** Shorter waits cost more than they are worth; the pieces that are due meanwhile go out one right after the other. */
    private static final long LEAST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

    private static final String MODEL = "tinyllama:latest";

    private ServerMain() {}

    /**
     * Serves until standard input ends.
     *
     * @param arguments the {@link Reply.Kind}
     */
    @SuppressWarnings("SystemOut") // Whoever started this process reads the address there.
    public static void main(String... arguments) throws IOException {
        Reply reply = Reply.of(Reply.Kind.valueOf(arguments[0]));
        List<String> lines = reply.chunks().stream().map(ScriptedServer::chunk).toList();
        String done = ScriptedServer.done(1_000, 5, 26, 5, lines.size(), 900);
        try (ScriptedServer server = ScriptedServer.start()) {
            server.on("/api/ps", exchange -> exchange.json(200, ScriptedServer.running(MODEL)));
            server.on("/api/show", exchange -> exchange.json(200, details()));
            server.on("/api/chat", exchange -> {
                exchange.stream();
                long start = System.nanoTime();
                for (int i = 0; i < lines.size(); i++) {
                    if (reply.perSecond() > 0) {
                        awaitNanos(start + i * TimeUnit.SECONDS.toNanos(1) / reply.perSecond());
                    }
                    exchange.line(lines.get(i));
                }
                exchange.line(done);
                exchange.end();
            });
            System.out.println(server.address().display());
            while (System.in.read() >= 0) {
                // Nobody has anything to say.
            }
        }
    }

    private static String details() {
        return "{\"modelfile\":\"FROM /models/blobs/sha256-" + ScriptedServer.digest(MODEL) + "\",\"details\":{}}";
    }

    private static void awaitNanos(long due) {
        long left = due - System.nanoTime();
        while (left >= LEAST_WAIT) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
    }
}
