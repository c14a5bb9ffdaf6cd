package dev.kansoku.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of turns in the memory of a program that has told of them: of their texts nothing but what was sent. */
class HeapTest {

    private static final List<Charset> AS_IN_MEMORY =
            List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    /** One more than may be seen of a text. */
    private static final int PIECE = 11;

    private final long seed = Long.getLong("canary.seed", new Random().nextInt(1_000_000));

    @TempDir
    private Path folder;

    @AutoClose
    private final ScriptedCollector collector = ScriptedCollector.start();

    @Test
    void ofATurnThatNobodyHoldsNothingIsLeft() throws Exception {
        assertThat(textsIn(dump("forget")))
                .as("texts in the heap; -Dcanary.seed=%d", seed)
                .isEmpty();
    }

    @Test
    void aTurnThatSomebodyHoldsIsFound() throws Exception {
        assertThat(textsIn(dump(HeapVictim.KEEP)))
                .as("texts in the heap; -Dcanary.seed=%d", seed)
                .containsExactly("prompt 0", "reply 0", "prompt 1", "reply 1", "prompt 2", "reply 2");
    }

    private Path dump(String keep) throws IOException {
        Path dump = folder.resolve("heap.hprof");
        try (ChildJvm program = ChildJvm.start(
                folder.resolve("console.log"),
                HeapVictim.class,
                List.of("-Xmx64m", "-XX:+UseSerialGC"),
                folder.toString(),
                collector.endpoint(),
                String.valueOf(seed),
                keep,
                dump.toString())) {
            program.await(HeapVictim.TOLD);
            collector.await(
                    "the events of all turns",
                    () -> collector.events().stream()
                                    .filter(event -> event.getEventName().equals(Names.TURN_DETAILS))
                                    .count()
                            == HeapVictim.TURNS);
            collector.await(
                    "their spans",
                    () -> collector.spans().stream()
                                    .filter(span -> span.getName().equals(Names.TURN))
                                    .count()
                            == HeapVictim.TURNS);
            program.say("dump");
            program.await(HeapVictim.DUMPED);
        }
        return dump;
    }

    private List<String> textsIn(Path dump) throws IOException {
        // As Latin-1 every byte is a character, and looked for as fast as the machine can.
        String heap = new String(Files.readAllBytes(dump), StandardCharsets.ISO_8859_1);
        var found = new ArrayList<String>();
        for (int n = 0; n < HeapVictim.TURNS; n++) {
            for (String what : List.of("prompt", "reply", "error")) {
                if (isIn(heap, HeapVictim.text(what, n, seed))) {
                    found.add(what + " " + n);
                }
            }
        }
        return found;
    }

    private static boolean isIn(String heap, String text) {
        for (int i = 0; i + PIECE <= text.length(); i += 2 * PIECE) {
            String piece = text.substring(i, i + PIECE);
            for (Charset charset : AS_IN_MEMORY) {
                if (heap.contains(new String(piece.getBytes(charset), StandardCharsets.ISO_8859_1))
                        && charset.newEncoder().canEncode(piece)) {
                    return true;
                }
            }
        }
        return false;
    }
}
