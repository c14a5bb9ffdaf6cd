package dev.kansoku.ollama;

import java.io.IOException;
import java.util.function.LongSupplier;
import okio.Buffer;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes into lines at {@code \n} and nowhere else, and knows when each was complete. What is no UTF-8 becomes
 * U+FFFD; blank lines are left out.
 */
final class LineReader {

    private static final int READ_SIZE = 8 * 1024;

    private final Source source;
    private final long maxBytes;
    private final LongSupplier clock;
    private final Buffer buffer = new Buffer();
    private long arrivedNanos;
    private boolean atEnd;

    /** @param clock tells, right after a read from the source, when those bytes had come */
    LineReader(Source source, long maxBytes, LongSupplier clock) {
        this.source = source;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /**
     * The next line that is not blank, without its end; {@code null} at the end of the stream.
     *
     * @throws LineTooLongException if the line has more bytes than allowed
     */
    @Nullable
    String next() throws IOException {
        long searched = 0;
        while (true) {
            long newline = buffer.indexOf((byte) '\n', searched);
            if ((newline < 0 ? buffer.size() : newline) > maxBytes) {
                throw new LineTooLongException();
            }
            if (newline >= 0) {
                String line = buffer.readUtf8(newline);
                buffer.skip(1);
                if (!line.isBlank()) {
                    return line;
                }
                searched = 0;
                continue;
            }
            searched = buffer.size();
            if (atEnd || source.read(buffer, READ_SIZE) < 0) {
                atEnd = true;
                String rest = buffer.readUtf8();
                return rest.isBlank() ? null : rest;
            }
            arrivedNanos = clock.getAsLong();
        }
    }

    /** Time of the read that completed the last line returned. */
    long arrivedNanos() {
        return arrivedNanos;
    }

    /** Whether the stream ended with the last line returned, so that it may be the head of one. */
    boolean isAtEnd() {
        return atEnd;
    }

    /** What has been read but not returned yet: for telling what it is that is no line of ours. */
    String rest() {
        return buffer.readUtf8();
    }

    static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
