package dev.kansoku.instance;

import dev.kansoku.settings.PrivateFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A Unix-domain socket by which a running program is called. To connect is to call, and the answer is "ok": nothing is
 * read, so nobody can say anything wrong or keep anybody waiting.
 *
 * <p>The socket lies in the data folder, or in a private temporary one where it cannot: the path is too long (about 100
 * bytes), or the file system knows no sockets. A file in the data folder says where.
 */
final class Doorbell implements AutoCloseable {

    private static final String ADDRESS = "instance.address";
    private static final String SOCKET = "instance.sock";
    private static final String TEMPORARY = "kansoku-";
    private static final ByteBuffer OK =
            ByteBuffer.wrap("ok".getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();

    /** Without it a program that is out of file descriptors would also keep a processor busy. */
    private static final Duration AFTER_FAILURE = Duration.ofMillis(10);

    private final Path data;
    private final ServerSocketChannel server;

    private Doorbell(Path data, ServerSocketChannel server) {
        this.data = data;
        this.server = server;
    }

    /**
     * Listens from now on. Only for whoever holds the lock: what another run has left is removed.
     *
     * @param rung is told of every call, on another thread
     * @throws IOException if no socket can be made
     * @throws UnsupportedOperationException if this system knows no such sockets
     */
    static Doorbell open(Path data, Runnable rung) throws IOException {
        removeSocket(data);
        var doorbell = new Doorbell(data, ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        try {
            doorbell.bind();
        } catch (IOException e) {
            doorbell.close();
            throw e;
        }
        Thread.ofVirtual().name("doorbell").start(() -> doorbell.answer(rung));
        return doorbell;
    }

    /** The address is written first: whoever finds nobody there tries again, and what is there can be removed. */
    private void bind() throws IOException {
        Path address = data.resolve(ADDRESS);
        PrivateFiles.createFile(address);
        Files.writeString(address, SOCKET);
        try {
            server.bind(UnixDomainSocketAddress.of(data.resolve(SOCKET)));
        } catch (IOException e) {
            Path folder = Files.createTempDirectory(TEMPORARY);
            PrivateFiles.restrict(folder);
            Path socket = folder.resolve(SOCKET);
            Files.writeString(address, socket.toString());
            server.bind(UnixDomainSocketAddress.of(socket));
        }
    }

    private void answer(Runnable rung) {
        while (server.isOpen()) {
            try (SocketChannel caller = server.accept()) {
                // So few bytes never wait for the caller to read them.
                caller.write(OK.duplicate());
            } catch (IOException e) {
                // The caller is gone already, or this end was closed.
                LockSupport.parkNanos(AFTER_FAILURE.toNanos());
                continue;
            }
            rung.run();
        }
    }

    /**
     * Calls the program that listens for this folder.
     *
     * @param patience how long to wait for its answer
     * @return whether it has answered
     */
    static boolean ring(Path data, Duration patience) {
        var call = new FutureTask<>(() -> call(data));
        Thread.ofVirtual().name("caller").start(call);
        try {
            return call.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            call.cancel(true);
        }
    }

    private static boolean call(Path data) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket(data)))) {
            ByteBuffer answer = ByteBuffer.allocate(OK.remaining());
            int read = 0;
            while (read >= 0 && answer.hasRemaining()) {
                read = channel.read(answer);
            }
            return answer.flip().equals(OK);
        }
    }

    /** Where somebody listens, or did. */
    private static Path socket(Path data) throws IOException {
        return data.resolve(Files.readString(data.resolve(ADDRESS)));
    }

    /** Nothing else, whatever the file with the address may say. */
    private static void removeSocket(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(SOCKET));
        Path address = data.resolve(ADDRESS);
        if (Files.exists(address)) {
            try {
                Path socket = socket(data);
                Path folder = socket.getParent();
                if (socket.endsWith(SOCKET)
                        && folder != null
                        && String.valueOf(folder.getFileName()).startsWith(TEMPORARY)) {
                    Files.deleteIfExists(socket);
                    Files.deleteIfExists(folder);
                }
            } catch (IOException | InvalidPathException e) {
                // What lies about in a temporary folder does no harm.
            }
            Files.delete(address);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            removeSocket(data);
        } catch (IOException e) {
            // The next run removes it.
        }
    }
}
