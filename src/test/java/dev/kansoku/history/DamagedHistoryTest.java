package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what SQLite has written. */
@Timeout(120)
class DamagedHistoryTest {

    private static final int PAGE = 4096;
    private static final int CONVERSATIONS = 200;

    @TempDir
    private Path folder;

    private Path file;
    private final Map<UUID, Turn> turns = new HashMap<>();
    private final List<Turn> firsts = new ArrayList<>();

    @BeforeEach
    void place() {
        file = folder.resolve("history.db");
    }

    /** Two turns in each conversation, of which some are longer than a page. */
    private void fill() {
        var random = new Random(7);
        try (var open = new OpenHistory(file)) {
            for (int i = 0; i < CONVERSATIONS; i++) {
                var maker = new TurnMaker();
                for (int j = 0; j < 2; j++) {
                    Turn turn = maker.turn(
                            Turn.State.FINISHED,
                            "question-%d-%d about the weather".formatted(i, j),
                            "",
                            ("answer-%d-%d ".formatted(i, j) + "word ".repeat(random.nextInt(2000))).strip());
                    turns.put(turn.requestId(), open.keep(turn));
                    if (j == 0) {
                        firsts.add(turn);
                    }
                }
            }
            open.history().rename(firsts.get(77).conversation().id(), "a-title-of-its-own");
            open.awaitKept(firsts.getLast());
        }
    }

    private static int find(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private void overwrite(long from, byte[] with) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(with), from);
        }
    }

    private static byte[] garbage(int length) {
        byte[] garbage = new byte[length];
        new Random(11).nextBytes(garbage);
        return garbage;
    }

    private void damagePageWith(String text, String how) throws IOException {
        int at = find(Files.readAllBytes(file), text);
        assertThat(at).as("place of " + text).isPositive();
        byte[] page = how.equals("zeros") ? new byte[PAGE] : garbage(PAGE);
        overwrite((long) at / PAGE * PAGE, page);
    }

    /** What is there is what was said, once, and can be gone on with. */
    private int assertReadable(OpenHistory open) {
        int found = 0;
        var conversations = open.listed();
        for (ConversationSummary conversation : conversations) {
            for (Turn turn : open.turns(conversation.id())) {
                Turn said = Objects.requireNonNull(turns.get(turn.requestId()), "never said");
                assertThat(turn.prompt().text()).isEqualTo(said.prompt().text());
                assertThat(turn.answer().toString()).isEqualTo(said.answer().toString());
                found++;
            }
        }
        Turn another = open.keep("one more question", "one more answer");
        open.awaitKept(another);
        open.awaitSaving();
        return found;
    }

    private Recovery recovery(OpenHistory open) {
        open.await("the recovery", () -> !open.recoveries().isEmpty());
        assertThat(open.recoveries()).as("told once").hasSize(1);
        Recovery recovery = open.recoveries().getFirst();
        assertThat(recovery.file()).isEqualTo(file);
        assertThat(recovery.setAside().getFileName().toString()).matches("history\\.db\\.damaged-\\d{8}-\\d{6}");
        assertThat(recovery.setAside()).exists();
        return recovery;
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeros", "garbage"})
    void ofAPageOfTurnsOnlyItsTurnsAreLost(String how) throws Exception {
        fill();
        damagePageWith("question-100-1", how);
        try (var open = new OpenHistory(file)) {
            open.listed();
            firsts.forEach(turn -> open.turns(turn.conversation().id()));
            Recovery recovery = recovery(open);
            assertThat(recovery.turns()).isGreaterThan(turns.size() * 9 / 10).isLessThan(turns.size());
            assertThat(recovery.conversations()).isEqualTo(CONVERSATIONS);
            assertThat(assertReadable(open)).isEqualTo((int) recovery.turns());
        }
        OpenHistory.run(file, "INSERT INTO search (search) VALUES ('integrity-check')", "PRAGMA integrity_check");
    }

    @Test
    void turnsWithoutTheirConversationGetAnotherOne() throws Exception {
        fill();
        damagePageWith("a-title-of-its-own", "zeros");
        try (var open = new OpenHistory(file)) {
            open.listed();
            Recovery recovery = recovery(open);
            assertThat(recovery.turns()).isEqualTo(turns.size());
            assertThat(recovery.conversations()).isEqualTo(CONVERSATIONS);
            assertThat(open.listed())
                    .extracting(ConversationSummary::title)
                    .contains("question-77-0 about the weather")
                    .hasSize(CONVERSATIONS);
            assertThat(assertReadable(open)).isEqualTo(turns.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no database at all, but somebody's text in its place. ", "garbage", "SQLite format 3"})
    void whatCannotBeReadIsSetAsideAndTheHistoryBeginsAnew(String what) throws Exception {
        byte[] bytes =
                what.equals("garbage") ? garbage(3 * PAGE) : what.repeat(100).getBytes(StandardCharsets.UTF_8);
        Files.write(file, bytes);
        try (var open = new OpenHistory(file)) {
            Recovery recovery = recovery(open);
            assertThat(recovery.turns()).isZero();
            assertThat(recovery.setAside()).hasBinaryContent(bytes);
            assertThat(assertReadable(open)).isZero();
        }
    }

    @Test
    void aFileThatEndsTooEarlyIsReadAsFarAsItGoes() throws Exception {
        fill();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() * 2 / 3 / PAGE * PAGE);
        }
        try (var open = new OpenHistory(file)) {
            open.listed();
            firsts.forEach(turn -> open.turns(turn.conversation().id()));
            Recovery recovery = recovery(open);
            assertThat(recovery.turns()).isBetween(turns.size() / 3L, turns.size() - 1L);
            assertThat(assertReadable(open)).isEqualTo((int) recovery.turns());
        }
    }

    @Test
    void aLogThatIsGarbageOrCutOffIsNoDamage() throws Exception {
        try (var open = new OpenHistory(file)) {
            Turn turn = open.keep("kept", "in the file");
            turns.put(turn.requestId(), turn);
            open.awaitKept(turn);
        }
        Files.write(OpenHistory.beside(file, "-wal"), garbage(10_000));
        try (var open = new OpenHistory(file)) {
            assertThat(assertReadable(open)).isEqualTo(1);
            assertThat(open.recoveries()).isEmpty();
        }
    }

    @Test
    void aReplyThatRunsWhileTheFileIsFoundDamagedIsKeptWhole() throws Exception {
        fill();
        Turn running = new TurnMaker().running("what runs");
        try (var open = new OpenHistory(file)) {
            open.begin(running);
            open.grow(running, "It begins ");
            open.awaitWritten(running);
            // Into the file itself, from which another connection has to read it.
            OpenHistory.run(file, "PRAGMA wal_checkpoint(TRUNCATE)");
            damagePageWith("question-100-1", "garbage");
            damagePageWith("what runs", "garbage");
            try (HistoryReader other = open.history().reader()) {
                firsts.forEach(turn -> other.open(turn.conversation().id()));
            }
            recovery(open);
            open.grow(running, "and goes on ");
            open.awaitWritten(running);
            open.grow(running, "to its end.");
            TurnMaker.end(running, Turn.State.STOPPED);
            open.end(running);
            open.awaitKept(running);
        }
        try (var open = new OpenHistory(file)) {
            assertThat(open.answer(running)).isEqualTo("It begins and goes on to its end.");
            assertThat(open.turns(running.conversation().id()).getFirst().state())
                    .isEqualTo(Turn.State.STOPPED);
        }
    }

    @Test
    void aReplyThatWasCutOffIsPutTogether() throws Exception {
        fill();
        Turn running = new TurnMaker().running("what was cut off");
        try (var open = new OpenHistory(file)) {
            open.begin(running);
            open.grow(running, "one ");
            open.awaitWritten(running);
            open.grow(running, "two");
            open.awaitWritten(running);
        }
        damagePageWith("question-100-1", "zeros");
        try (var open = new OpenHistory(file)) {
            firsts.forEach(turn -> open.turns(turn.conversation().id()));
            recovery(open);
            assertThat(open.answer(running)).isEqualTo("one two");
            assertThat(open.turns(running.conversation().id()).getFirst().state())
                    .isEqualTo(Turn.State.CUT_OFF);
        }
    }

    @Test
    void aRecoveryThatWasInterruptedBetweenTwoNamesIsFinished() throws Exception {
        fill();
        Files.move(file, OpenHistory.beside(file, ".recovered"));
        Files.write(OpenHistory.beside(file, "-wal"), garbage(5000));
        try (var open = new OpenHistory(file)) {
            assertThat(assertReadable(open)).isEqualTo(turns.size());
        }
    }

    @Test
    void aChangeThatCanNeverBeWrittenDoesNotKeepOthersFromIt() throws Exception {
        try (var open = new OpenHistory(file)) {
            open.awaitSaving();
            OpenHistory.run(
                    file,
                    "CREATE TRIGGER refuse BEFORE INSERT ON turns WHEN NEW.prompt = 'refused' BEGIN SELECT"
                            + " RAISE(ABORT, 'refused'); END");
            Turn before = open.keep("before", "1");
            open.keep("refused", "2");
            Turn after = open.keep("after", "3");
            open.awaitKept(before);
            open.awaitKept(after);
            open.awaitSaving();
            assertThat(open.recoveries()).isEmpty();
        }
    }
}
