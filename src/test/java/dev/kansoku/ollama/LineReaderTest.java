package dev.kansoku.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kansoku.ollama.LineReader.LineTooLongException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import okio.Buffer;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private long now;

    @Test
    void onlyALineFeedEndsALine() throws IOException {
        assertThat(lines("a\rb\u2028c\u0085d\u000Be\nf")).containsExactly("a\rb\u2028c\u0085d\u000Be", "f");
    }

    @Test
    void blankLinesAreLeftOutAndACarriageReturnBeforeTheEndDoesNoHarm() throws IOException {
        assertThat(lines("\n\r\n  \n{}\r\n\n\n{ }\n\n")).containsExactly("{}\r", "{ }");
    }

    @Test
    void aLastLineNeedsNoEnd() throws IOException {
        LineReader reader = reader(100, "a\nb");

        assertThat(reader.next()).isEqualTo("a");
        assertThat(reader.isAtEnd()).isFalse();
        assertThat(reader.next()).isEqualTo("b");
        assertThat(reader.isAtEnd()).isTrue();
        assertThat(reader.next()).isNull();
        assertThat(reader.next()).isNull();
    }

    @Test
    void aCharacterMayBeSplitBetweenReads() throws IOException {
        byte[] llama = "🦙\n".getBytes(StandardCharsets.UTF_8);
        Queue<byte[]> reads = new ArrayDeque<>();
        for (byte b : llama) {
            reads.add(new byte[] {b});
        }

        assertThat(all(reader(100, reads))).containsExactly("🦙");
    }

    @Test
    void whatIsNoUtf8IsReplaced() throws IOException {
        Queue<byte[]> reads = new ArrayDeque<>(List.of(new byte[] {'a', (byte) 0xFF, 'b', '\n'}));

        assertThat(all(reader(100, reads))).containsExactly("a\uFFFDb");
    }

    @Test
    void aLineKnowsTheReadThatCompletedIt() throws IOException {
        LineReader reader = reader(100, "a\nb\nc", "c\n", "d");

        reader.next();
        assertThat(reader.arrivedNanos()).isEqualTo(1);
        reader.next();
        assertThat(reader.arrivedNanos()).as("in the same packet").isEqualTo(1);
        reader.next();
        assertThat(reader.arrivedNanos()).as("completed by the second").isEqualTo(2);
        reader.next();
        assertThat(reader.arrivedNanos()).as("ended by the end, not by a read").isEqualTo(3);
    }

    @Test
    void aLineMayBeAsLongAsAllowedButNoLonger() throws IOException {
        assertThat(reader(3, "abc\n").next()).isEqualTo("abc");
        assertThat(reader(3, "abc").next()).isEqualTo("abc");
        assertThatExceptionOfType(LineTooLongException.class)
                .isThrownBy(() -> reader(3, "abcd\n").next());
        assertThatExceptionOfType(LineTooLongException.class)
                .as("without waiting for its end")
                .isThrownBy(() -> reader(3, "ab", "cd", "\n").next());
    }

    private List<String> lines(String text) throws IOException {
        return all(reader(1000, text));
    }

    private static List<String> all(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        return lines;
    }

    private LineReader reader(long maxBytes, String... reads) {
        Queue<byte[]> bytes = new ArrayDeque<>();
        for (String read : reads) {
            bytes.add(read.getBytes(StandardCharsets.UTF_8));
        }
        return reader(maxBytes, bytes);
    }

    private LineReader reader(long maxBytes, Queue<byte[]> reads) {
        Source source = new Source() {
            @Override
            public long read(Buffer sink, long byteCount) {
                byte[] bytes = reads.poll();
                if (bytes == null) {
                    return -1;
                }
                now++;
                sink.write(bytes);
                return bytes.length;
            }

            @Override
            public Timeout timeout() {
                return Timeout.NONE;
            }

            @Override
            public void close() {}
        };
        return new LineReader(source, maxBytes, () -> now);
    }
}
