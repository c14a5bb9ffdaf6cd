package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.history.HistoryState.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What happens while the file cannot be written. */
@Timeout(60)
class HistoryFaultsTest {

    private static final String LONG = "a long answer ".repeat(1000).strip();

    @TempDir
    private Path folder;

    private Path data;
    private Path file;

    @BeforeEach
    void place() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        file = data.resolve("history.db");
    }

    private static List<String> titles(OpenHistory open) {
        return open.listed().stream().map(ConversationSummary::title).sorted().toList();
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** As if the disk held no more than so many pages. */
    private static final class SmallFile extends HistoryFile {
        private volatile int pages;

        SmallFile(Path path, int pages) {
            super(path);
            this.pages = pages;
        }

        @Override
        Sql openToWrite() throws SQLException, IOException {
            Sql sql = super.openToWrite();
            sql.list(row -> row.getLong(1), "PRAGMA max_page_count = " + pages);
            return sql;
        }
    }

    @Test
    void whileTheDiskIsFullWhatIsSaidWaits() {
        var small = new SmallFile(file, 40);
        try (var open = new OpenHistory(small)) {
            Turn first = open.keep("first", "short");
            open.awaitKept(first);
            for (int i = 0; i < 20; i++) {
                open.keep("long " + i, LONG);
            }
            open.awaitProblem(Problem.DISK_FULL);
            assertThat(open.answer(first)).as("what can be read meanwhile").isEqualTo("short");
            Turn last = open.keep("last", "also short");

            small.pages = 100_000;
            open.awaitSaving();
            open.awaitKept(last);
            assertThat(titles(open)).hasSize(22).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a disk that is really full needs tmpfs")
    void onADiskThatIsReallyFullWhatIsSaidWaits() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()) == 0,
                "SKIPPED: nobody but root can mount a small disk; whileTheDiskIsFullWhatIsSaidWaits stands in");
        try {
            try (var open = new OpenHistory(disk.resolve("history.db"))) {
                Turn first = open.keep("first", "short");
                open.awaitKept(first);
                for (int i = 0; i < 60; i++) {
                    open.keep("long " + i, LONG);
                }
                open.awaitProblem(Problem.DISK_FULL);
                Turn last = open.keep("last", "also short");

                assertThat(run("mount", "-o", "remount,size=64m", disk.toString()))
                        .isZero();
                open.awaitSaving();
                open.awaitKept(last);
                assertThat(titles(open)).hasSize(62).doesNotHaveDuplicates();
                assertThat(open.recoveries()).isEmpty();
            }
        } finally {
            run("umount", disk.toString());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void aFullDiskDoesNotKeepTheProgramFromClosing() {
        var open = new OpenHistory(new SmallFile(file, 30));
        for (int i = 0; i < 20; i++) {
            open.keep("long " + i, LONG);
        }
        open.awaitProblem(Problem.DISK_FULL);
        long begin = System.nanoTime();
        open.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions of POSIX")
    void aFolderThatIsReadOnlyIsReadAndWhatIsSaidWaits() throws Exception {
        try (var open = new OpenHistory(file)) {
            open.awaitKept(open.keep("before", "1"));
        }
        permit(file, "r--------");
        permit(data, "r-x------");
        Unprivileged.run(data, () -> {
            try (var open = new OpenHistory(file)) {
                Turn turn = open.keep("meanwhile", "2");
                open.awaitProblem(Problem.READ_ONLY);
                assertThat(titles(open)).containsExactly("before");

                permit(data, "rwx------");
                permit(file, "rw-------");
                open.awaitSaving();
                open.awaitKept(turn);
                assertThat(titles(open)).containsExactly("before", "meanwhile");
            }
        });
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions of POSIX")
    void ofAReadOnlyFolderNothingIsLostThatStandsInTheLog() throws Exception {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (var open = new OpenHistory(file)) {
            open.awaitKept(open.keep("in the file", "1"));
            // As after a kill: the last of it is in the log alone, which is emptied once after a start.
            do {
                open.awaitKept(open.keep("in the log", "2"));
                for (String ending : List.of("", "-wal")) {
                    Files.copy(
                            OpenHistory.beside(file, ending),
                            copy.resolve("history.db" + ending),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            } while (Files.size(copy.resolve("history.db-wal")) == 0);
        }
        permit(copy, "r-x------");
        Unprivileged.run(copy, () -> {
            try (var open = new OpenHistory(copy.resolve("history.db"))) {
                open.awaitProblem(Problem.READ_ONLY);
                permit(copy, "rwx------");
                open.awaitSaving();
                assertThat(titles(open)).contains("in the log").containsOnlyOnce("in the file");
                assertThat(open.recoveries()).isEmpty();
            }
        });
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions of POSIX")
    void whereNoFileCanBeMadeWhatIsSaidWaits() throws Exception {
        permit(data, "r-x------");
        Unprivileged.run(data, () -> {
            try (var open = new OpenHistory(file)) {
                Turn turn = open.keep("meanwhile", "1");
                open.awaitProblem(Problem.READ_ONLY);
                permit(data, "rwx------");
                open.awaitKept(turn);
                open.awaitSaving();
            }
        });
    }

    @Test
    void whileAnotherProgramHasTheFileWhatIsSaidWaits() throws Exception {
        try (var open = new OpenHistory(file)) {
            Turn before = open.keep("before", "1");
            open.awaitKept(before);
            Turn turn;
            try (Connection other = OpenHistory.connect(file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN EXCLUSIVE");
                turn = open.keep("meanwhile", "2");
                open.awaitProblem(Problem.LOCKED);
                assertThat(titles(open)).containsExactly("before");
                statement.execute("COMMIT");
            }
            open.awaitSaving();
            open.awaitKept(turn);
            assertThat(titles(open)).containsExactly("before", "meanwhile");
        }
    }

    @Test
    void whatWasCutOffIsPutTogetherAlsoIfTheFileWasLockedAtFirst() throws Exception {
        var running = new TurnMaker().running("cut off");
        try (var open = new OpenHistory(file)) {
            open.begin(running);
            open.grow(running, "some text");
            open.awaitWritten(running);
        }
        try (Connection other = OpenHistory.connect(file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            try (var open = new OpenHistory(file)) {
                open.awaitProblem(Problem.LOCKED);
                statement.execute("COMMIT");
                open.awaitSaving();
                open.awaitKept(running);
            }
        }
    }

    @Test
    void aFileOfANewerVersionIsReadAndLeftAsItIs() throws Exception {
        try (var open = new OpenHistory(file)) {
            open.awaitKept(open.keep("before", "1"));
        }
        OpenHistory.run(file, "PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(file);
        try (var open = new OpenHistory(file)) {
            open.keep("meanwhile", "2");
            open.awaitProblem(Problem.NEWER_VERSION);
            assertThat(titles(open)).containsExactly("before");
            assertThat(open.turns(open.listed().getFirst().id())).hasSize(1);
        }
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void withoutAFolderWhatIsSaidWaits() throws Exception {
        Path notAFolder = Files.writeString(folder.resolve("in-the-way"), "");
        try (var open = new OpenHistory(notAFolder.resolve("history.db"))) {
            Turn turn = open.keep("meanwhile", "1");
            open.awaitProblem(Problem.UNUSABLE);
            assertThat(titles(open)).isEmpty();
            Files.delete(notAFolder);
            open.awaitSaving();
            open.awaitKept(turn);
        }
    }

    @Test
    void aFolderInThePlaceOfTheFileIsTold() throws Exception {
        Files.createDirectory(file);
        try (var open = new OpenHistory(file)) {
            open.awaitProblem(Problem.UNUSABLE);
            assertThat(titles(open)).isEmpty();
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions of POSIX")
    void nobodyElseCanReadAnyOfItsFiles() throws Exception {
        Path made = folder.resolve("new/data");
        try (var open = new OpenHistory(made.resolve("history.db"))) {
            open.awaitKept(open.keep("private", "1"));
            assertThat(permissions(made)).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(made)) {
                assertThat(files.toList())
                        .hasSize(3)
                        .allSatisfy(each -> assertThat(permissions(each))
                                .as(each.toString())
                                .isEqualTo("rw-------"));
            }
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
