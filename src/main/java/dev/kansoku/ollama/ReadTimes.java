package dev.kansoku.ollama;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that note when they were last read. OkHttp and Okio read ahead into buffers; a time taken above them would
 * be that of whoever empties the buffer, and a slow reader would push the times of all that had long arrived.
 */
final class ReadTimes extends SocketFactory {

    /** A socket that knows when bytes, or the end of the stream, last came out of it. */
    static final class TimedSocket extends Socket {

        private volatile long lastReadNanos = System.nanoTime();

        long lastReadNanos() {
            return lastReadNanos;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int read = super.read();
                    lastReadNanos = System.nanoTime();
                    return read;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int read = super.read(bytes, offset, length);
                    lastReadNanos = System.nanoTime();
                    return read;
                }
            };
        }
    }

    @Override
    public Socket createSocket() {
        return new TimedSocket();
    }

    // OkHttp connects its sockets itself; the rest is what the type demands.

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }
}
