package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.ollama.OllamaError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted is in no file any more. */
@Timeout(120)
class DeletionTest {

    @TempDir
    private Path folder;

    private Path file;
    private final Random random = new Random(3);
    private final Set<String> canaries = new TreeSet<>();

    @BeforeEach
    void place() {
        file = folder.resolve("history.db");
    }

    private String latin() {
        String word = random.ints(12, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        canaries.add(word);
        return word;
    }

    /** Of characters that nothing else here has; pairs of them are what a search goes by. */
    private String japanese() {
        String word = random.ints(6, 0x4E00, 0x9F00)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        for (int i = 0; i + 1 < word.length(); i++) {
            canaries.add(word.substring(i, i + 2));
        }
        return word;
    }

    private String text() {
        return "The %s and %s of the weather in %s are %s.".formatted(latin(), japanese(), latin(), japanese());
    }

    private UUID plant(OpenHistory open, int turns) {
        var maker = new TurnMaker();
        Turn turn = open.keep(maker.attached(text(), text(), text(), text()));
        for (int i = 1; i < turns; i++) {
            Turn failed = maker.turn(Turn.State.FINISHED, text(), text(), text() + " ordinary words".repeat(i * 7));
            if (i % 5 == 0) {
                TurnMaker.fail(failed, new OllamaError.ServerFault(500, text()));
            }
            open.keep(failed);
        }
        UUID id = turn.conversation().id();
        open.history().rename(id, text());
        open.history().rename(id, text());
        return id;
    }

    private void fillWithOthers(OpenHistory open, int count) {
        for (int i = 0; i < count; i++) {
            open.keep("An ordinary question number " + i, "ordinary words of an answer " + "and more ".repeat(i));
        }
    }

    private Set<String> found() throws IOException {
        var found = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                String bytes = read(each);
                for (String canary : canaries) {
                    for (var encoding :
                            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                        if (bytes.contains(new String(canary.getBytes(encoding), StandardCharsets.ISO_8859_1))) {
                            found.add(canary + " in " + each.getFileName());
                        }
                    }
                }
            }
        }
        return found;
    }

    /** Nothing stands in one that was deleted in this moment. */
    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private void purge(OpenHistory open, UUID... conversations) {
        List<UUID> all = List.of(conversations);
        open.history().trash(all);
        open.history().purge(all);
        for (UUID id : all) {
            open.await("that it is gone", () -> open.reader().open(id).isEmpty());
        }
    }

    private void awaitNothingFound(OpenHistory open) throws IOException {
        try {
            open.await("that nothing is found", () -> found().isEmpty());
        } catch (ConditionTimeoutException e) {
            assertThat(found()).as("left of what was deleted").isEmpty();
        }
    }

    @Test
    void ofAConversationThatWasPurgedNothingIsLeft() throws Exception {
        try (var open = new OpenHistory(file)) {
            fillWithOthers(open, 50);
            UUID planted = plant(open, 120);
            fillWithOthers(open, 50);
            open.await("the title", () -> open.listed().size() == 101);
            assertThat(canaries).hasSizeGreaterThan(1000);
            assertThat(found()).as("planted").hasSizeGreaterThan(1000);
            purge(open, planted);
            awaitNothingFound(open);
            assertThat(open.listed()).hasSize(100);
        }
        assertThat(found()).isEmpty();
        OpenHistory.run(file, "INSERT INTO search (search) VALUES ('integrity-check')");
    }

    @Test
    void copiesAndDamagedFilesGoToo() throws Exception {
        UUID planted;
        try (var open = new OpenHistory(file)) {
            planted = plant(open, 3);
            open.await("the title", () -> open.listed().size() == 1);
        }
        for (String ending : List.of(
                ".v1-20260101-000000", ".damaged-20260101-000000", ".damaged-20260101-000000-wal", ".copying")) {
            Files.copy(file, OpenHistory.beside(file, ending));
        }
        Path other = Files.writeString(folder.resolve("history.database"), "somebody's");
        try (var open = new OpenHistory(file)) {
            purge(open, planted);
            awaitNothingFound(open);
        }
        assertThat(other).exists();
    }

    @Test
    void whileSomebodyReadsTheLogIsEmptiedLater() throws Exception {
        try (var open = new OpenHistory(file)) {
            UUID planted = plant(open, 3);
            open.await("the title", () -> open.listed().size() == 1);
            try (Connection other = OpenHistory.connect(file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN");
                try (ResultSet row = statement.executeQuery("SELECT count(*) FROM turns")) {
                    assertThat(row.getInt(1)).isEqualTo(3);
                }
                purge(open, planted);
                assertThat(found()).as("still to be seen by the other one").isNotEmpty();
                statement.execute("COMMIT");
                // Nothing else is written.
                awaitNothingFound(open);
            }
        }
    }

    @Test
    void ourOwnReadersDoNotKeepTheLogFromBeingEmptied() throws Exception {
        try (var open = new OpenHistory(file)) {
            fillWithOthers(open, 50);
            UUID planted = plant(open, 30);
            open.await("the title", () -> open.listed().size() == 51);
            var end = new AtomicBoolean();
            Thread reading = Thread.ofPlatform().start(() -> {
                try (HistoryReader reader = open.history().reader()) {
                    while (!end.get()) {
                        reader.list(HistoryReader.Listing.OTHERS, null, 100).forEach(each -> reader.open(each.id()));
                    }
                }
            });
            try {
                purge(open, planted);
                awaitNothingFound(open);
            } finally {
                end.set(true);
                reading.join();
            }
        }
    }

    @Test
    void deletingEverythingLeavesAnEmptyHistoryThatWorks() throws Exception {
        try (var open = new OpenHistory(file)) {
            plant(open, 10);
            plant(open, 10);
            open.await("the titles", () -> open.listed().size() == 2);
            Files.copy(file, OpenHistory.beside(file, ".v1-20260101-000000"));
            open.history().deleteAll().get(20, TimeUnit.SECONDS);
            assertThat(found()).isEmpty();
            assertThat(open.listed()).isEmpty();
            open.awaitKept(open.keep("a new question", "a new answer"));
            assertThat(open.listed()).hasSize(1);
        }
        assertThat(found()).isEmpty();
        var all = new ArrayList<String>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(each -> all.add(each.getFileName().toString()));
        }
        assertThat(all).containsExactly("history.db");
    }
}
