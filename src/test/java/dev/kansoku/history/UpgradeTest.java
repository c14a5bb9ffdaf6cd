package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.history.HistoryState.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of an earlier version. */
@Timeout(60)
class UpgradeTest {

    @TempDir
    private Path folder;

    private Path file;
    private Turn kept;

    @BeforeEach
    void fill() {
        file = folder.resolve("history.db");
        try (var open = new OpenHistory(file)) {
            kept = open.keep("before", "the answer");
            open.awaitKept(kept);
        }
    }

    private static Schema with(String... steps) {
        var all = new ArrayList<>(Schema.CURRENT.steps());
        all.addAll(List.of(steps));
        return new Schema(all);
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> !path.getFileName().toString().matches("history\\.db(-wal|-shm)?"))
                    .toList();
        }
    }

    private static long number(Path path, String query) throws SQLException {
        try (Connection connection = OpenHistory.connect(path);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.getLong(1);
        }
    }

    @Test
    void anUpgradeKeepsEverythingAndLeavesACopyOfWhatWas() throws Exception {
        try (var open = new OpenHistory(new HistoryFile(file, with("ALTER TABLE turns ADD COLUMN liked INTEGER")))) {
            open.awaitKept(kept);
            open.awaitKept(open.keep("after", "another answer"));
        }
        assertThat(number(file, "PRAGMA user_version")).isEqualTo(2);
        assertThat(number(file, "SELECT count(liked IS NULL) FROM turns")).isEqualTo(2);
        assertThat(copies()).hasSize(1);
        Path copy = copies().getFirst();
        assertThat(copy.getFileName().toString()).matches("history\\.db\\.v1-\\d{8}-\\d{6}");
        assertThat(number(copy, "PRAGMA user_version")).isEqualTo(1);
        assertThat(number(copy, "SELECT count(*) FROM turns")).isEqualTo(1);
        if (copy.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aCopyThatWasInterruptedIsNotTakenForOne() throws Exception {
        Files.writeString(OpenHistory.beside(file, ".copying"), "half of a copy");
        try (var open = new OpenHistory(new HistoryFile(file, with("ALTER TABLE turns ADD COLUMN liked INTEGER")))) {
            open.awaitKept(kept);
        }
        assertThat(copies())
                .singleElement()
                .satisfies(copy ->
                        assertThat(number(copy, "SELECT count(*) FROM turns")).isEqualTo(1));
    }

    @Test
    void aStepThatFailsLeavesTheFileAsItWasAndIsTold() throws Exception {
        var failing = with("ALTER TABLE turns ADD COLUMN liked INTEGER; INSERT INTO nowhere VALUES (1)");
        try (var open = new OpenHistory(new HistoryFile(file, failing))) {
            open.keep("meanwhile", "2");
            open.awaitProblem(Problem.UNUSABLE);
            open.awaitKept(kept);
            assertThat(open.recoveries()).isEmpty();
        }
        assertThat(number(file, "PRAGMA user_version")).isEqualTo(1);
        assertThat(number(file, "SELECT count(*) FROM pragma_table_info('turns') WHERE name = 'liked'"))
                .isZero();
        assertThat(copies()).isEmpty();
        try (var open = new OpenHistory(file)) {
            open.awaitSaving();
            open.awaitKept(kept);
        }
    }
}
