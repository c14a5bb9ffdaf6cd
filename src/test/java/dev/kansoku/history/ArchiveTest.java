package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kansoku.history.ImportException.Kind;
import dev.kansoku.history.ImportException.Place;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.settings.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ArchiveTest {

    private static final String CONVERSATION = "00000000-0000-0000-0000-00000000000";
    private static final String TURN = "10000000-0000-0000-0000-00000000000";

    @TempDir
    private Path folder;

    private Path database(String name) {
        return folder.resolve(name + ".db");
    }

    private static History open(Path file) {
        var history = new History(file, InstantSource.system());
        history.start();
        return history;
    }

    /** All conversations, the trash as well. */
    private Path export(Path database, String name) throws SQLException, IOException {
        Path target = folder.resolve(name + ".json");
        Set<UUID> all;
        try (Sql sql = new HistoryFile(database).openToWrite()) {
            all = Set.copyOf(sql.list(row -> Sql.uuid(row.getBytes(1)), "SELECT uuid FROM conversations"));
        }
        try (History history = open(database);
                HistoryReader reader = history.reader()) {
            var size = reader.exportJson(all, target, done -> {});
            assertThat(size.conversations()).isEqualTo(all.size());
        }
        return target;
    }

    private static ImportResult importInto(Path database, Path file) throws IOException, ImportException {
        try (History history = open(database)) {
            return history.importJson(file, done -> {});
        }
    }

    private static List<String> dump(Path database, String query) throws SQLException, IOException {
        try (Sql sql = new HistoryFile(database).openToWrite()) {
            return sql.list(row -> row.getString(1), query);
        }
    }

    private static int indexed(Path database) throws SQLException, IOException {
        try (Sql sql = new HistoryFile(database).openToWrite()) {
            return IndexedTexts.count(sql);
        }
    }

    // Round trip

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsImportedIsExportedAgainByteByByte(long seed) throws Exception {
        new SampleHistory(seed).fill(database("first"), 60);
        Path first = export(database("first"), "first");

        ImportResult result = importInto(database("second"), first);
        Path second = export(database("second"), "second");

        assertThat(Files.readString(second)).isEqualTo(Files.readString(first));
        assertThat(result.conversations()).isEqualTo(60);
        assertThat(result.turnsThere() + result.turnsElsewhere()).isZero();
    }

    @Test
    void everyKindOfErrorComesBack() throws Exception {
        for (Class<?> kind : OllamaError.class.getPermittedSubclasses()) {
            OllamaError error = SampleHistory.error(kind);
            String turn = turn(1, "\"parent\":null")
                    .replace(
                            "\"state\":\"FINISHED\"",
                            "\"state\":\"FAILED\",\"error\":"
                                    + Json.MAPPER.writerFor(OllamaError.class).writeValueAsString(error));
            Path database = database(kind.getSimpleName());
            importInto(database, file(archive(conversation(1, turn))));
            try (History history = open(database);
                    HistoryReader reader = history.reader()) {
                var opened = reader.open(UUID.fromString(CONVERSATION + 1)).orElseThrow();
                assertThat(opened.conversation().turns().getFirst().error()).isEqualTo(error);
            }
        }
    }

    @Test
    void whatIsImportedIsIndexedAndPutTogether() throws Exception {
        new SampleHistory(7).fill(database("first"), 40);
        importInto(database("second"), export(database("first"), "first"));

        assertThat(dump(database("second"), "SELECT count(*) FROM turns WHERE indexed = 0"))
                .containsExactly("0");
        assertThat(dump(database("second"), "SELECT count(*) FROM parts")).containsExactly("0");
        assertThat(indexed(database("second")))
                .isEqualTo(indexed(database("first")))
                .isPositive();
        assertThat(dump(
                        database("second"),
                        "SELECT group_concat(hex(t.uuid)) FROM turns t WHERE t.id"
                                + " < (SELECT created_at / 1000000 FROM turns x WHERE x.id = t.id)"))
                .as("turns that are numbered before their time")
                .containsExactly((String) null);
    }

    @Test
    void everyExportFitsTheSchema() throws Exception {
        new SampleHistory(8).fill(database("first"), 60);
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("docs/export.schema.json")));

        assertThat(schema.validate(Files.readString(export(database("first"), "first")), InputFormat.JSON))
                .isEmpty();
        assertThat(schema.validate(archive(conversation(1, turn(1, "\"state\":\"RUNNING\""))), InputFormat.JSON))
                .as("a turn that is not over")
                .isNotEmpty();
    }

    @Test
    void halvesOfCharactersBecomeReplacementCharactersEverywhere() throws Exception {
        String broken = "a\uD83Db\uDE42c🙂";
        String mended = "a\uFFFDb\uFFFDc🙂";
        String json = archive(conversation(
                1,
                turn(1, "\"attachments\":[\"x\"]")
                        .replace("\"Hello?\"", "\"a\\uD83Db\\uDE42c🙂\"")
                        .replace("\"Yes.\"", "\"a\\uD83Db\\uDE42c🙂\"")
                        .replace("\"x\"", "\"a\\uD83Db\\uDE42c🙂\"")));
        importInto(database("x"), file(json));

        try (Sql sql = new HistoryFile(database("x")).openToWrite()) {
            sql.atomically(all -> TurnRows.addPart(
                    all, TurnRows.id(all, UUID.fromString(TURN + 1)).orElseThrow(), false, 0, broken));
        }
        assertThat(dump(database("x"), "SELECT prompt FROM turns")).containsExactly(mended);
        assertThat(dump(database("x"), "SELECT answer FROM turns")).containsExactly(mended);
        assertThat(dump(database("x"), "SELECT attachments FROM turns")).containsExactly("[\"" + mended + "\"]");
        assertThat(dump(database("x"), "SELECT text FROM parts")).containsExactly(mended);
        assertThat(Files.readString(export(database("x"), "x")))
                .contains(mended)
                .doesNotContain("?b");
    }

    @Test
    void whatRunsIsExportedAsCutOffWithWhatItHasWritten() throws Exception {
        String running = turn(1, "\"parent\":null").replace("\"Yes.\"", "\"\"");
        importInto(database("x"), file(archive(conversation(1, running))));
        try (History history = open(database("x"));
                HistoryReader reader = history.reader();
                Sql sql = new HistoryFile(database("x")).openToWrite()) {
            assertThat(reader.untrashed()).hasSize(1);
            sql.atomically(all -> {
                long id = TurnRows.id(all, UUID.fromString(TURN + 1)).orElseThrow();
                all.run("UPDATE turns SET state = 'RUNNING', indexed = 0");
                TurnRows.addPart(all, id, false, 0, "So ");
                TurnRows.addPart(all, id, false, 3, "far");
            });
            Path target = folder.resolve("running.json");
            reader.exportJson(reader.untrashed(), target, done -> {});
            assertThat(Files.readString(target)).contains("\"state\":\"CUT_OFF\"", "\"answer\":\"So far\"");
        }
    }

    @Test
    void theTrashIsExportedOnlyIfItIsAskedFor() throws Exception {
        Path file = database("x");
        UUID kept = new SampleHistory(1).plain(file, 1);
        UUID trashed = new SampleHistory(2).plain(file, 1);
        try (History history = open(file);
                HistoryReader reader = history.reader()) {
            history.trash(List.of(trashed));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(reader.untrashed()).containsExactly(kept));
            Path target = folder.resolve("trash.json");
            reader.exportJson(Set.of(trashed), target, done -> {});
            assertThat(Files.readString(target)).contains(trashed.toString(), "\"deletedAt\"");
        }
    }

    // Merge

    @Test
    void importingTwiceChangesNothing() throws Exception {
        new SampleHistory(9).fill(database("first"), 30);
        Path first = export(database("first"), "first");
        ImportResult once = importInto(database("second"), first);
        ImportResult twice = importInto(database("second"), first);

        assertThat(twice).isEqualTo(new ImportResult(0, 0, once.conversations(), once.turns(), 0));
        assertThat(export(database("second"), "second")).hasSameTextualContentAs(first);
    }

    @Test
    void whatIsThereStaysAndWhatIsMissingIsAdded() throws Exception {
        importInto(database("x"), file(archive(conversation(1, turn(1, "\"chosen\":true")))));
        String other = conversation(
                        1,
                        turn(1, "\"chosen\":true").replace("Hello?", "Changed?")
                                + "," + turn(2, "\"chosen\":false")
                                + "," + turn(3, "\"parent\":\"" + TURN + "1\""))
                .replace("A title", "Another title");

        ImportResult result = importInto(database("x"), file(archive(other)));

        assertThat(result).isEqualTo(new ImportResult(0, 2, 1, 1, 0));
        assertThat(dump(database("x"), "SELECT title FROM conversations")).containsExactly("A title");
        assertThat(dump(database("x"), "SELECT prompt FROM turns ORDER BY id"))
                .containsExactly("Hello?", "Hello?", "Hello?");
        assertThat(dump(database("x"), "SELECT chosen FROM turns ORDER BY id")).containsExactly("1", "0", "1");
    }

    @Test
    void theBranchThatIsSeenStaysSeen() throws Exception {
        importInto(database("x"), file(archive(conversation(1, turn(1, "\"chosen\":true")))));
        importInto(database("x"), file(archive(conversation(1, turn(2, "\"chosen\":true")))));

        assertThat(dump(database("x"), "SELECT chosen FROM turns ORDER BY id")).containsExactly("1", "0");
    }

    @Test
    void aTurnOfAnotherConversationIsLeftOutAndWhatFollowsItFollowsItsParent() throws Exception {
        importInto(database("x"), file(archive(conversation(1, turn(2, "\"chosen\":true")))));
        String turns = turn(1, "\"chosen\":true") + "," + turn(2, "\"parent\":\"" + TURN + "1\"") + ","
                + turn(3, "\"parent\":\"" + TURN + "2\"");

        ImportResult result = importInto(database("x"), file(archive(conversation(2, turns))));

        assertThat(result).isEqualTo(new ImportResult(1, 2, 0, 0, 1));
        assertThat(dump(database("x"), "SELECT substr(hex(p.uuid), 32) FROM turns t JOIN turns p ON p.id = t.parent"))
                .containsExactly("1");
    }

    // Bad files

    static String turn(int number, String more) {
        return ("{\"id\":\"" + TURN + number + "\",MORE,\"chosen\":true,\"session\":\"" + TURN + "9\",\"model\":\"m\","
                        + "\"prompt\":\"Hello?\",\"createdAt\":\"2027-01-01T00:00:0" + number
                        + ".000001Z\",\"state\":\"FINISHED\",\"answer\":\"Yes.\"}")
                .replace(more.startsWith("\"chosen\"") ? "\"chosen\":true," : "\n", "")
                .replace(more.startsWith("\"state\"") ? "\"state\":\"FINISHED\"," : "\n", "")
                .replace("MORE", more);
    }

    static String conversation(int number, String turns) {
        return "{\"id\":\"" + CONVERSATION + number + "\",\"title\":\"A title\",\"renamed\":false,"
                + "\"createdAt\":\"2027-01-01T00:00:00Z\",\"activeAt\":\"2027-01-01T00:00:01Z\",\"pinned\":false,\"turns\":[\n"
                + turns + "]}";
    }

    static String archive(String conversations) {
        return "{\"format\":\"kansoku-conversations\",\"version\":1,\"conversations\":[\n" + conversations + "]}";
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("import.json"), json);
    }

    private ImportException refused(String json) throws Exception {
        Path file = file(json);
        Path database = folder.resolve(UUID.randomUUID() + ".db");
        ImportException fault = catchThrowableOfType(ImportException.class, () -> importInto(database, file));
        assertThat(fault).as("importing " + json).isNotNull();
        assertThat(dump(database, "SELECT title FROM conversations"))
                .as("written by " + fault.kind())
                .isEmpty();
        return fault;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            TRUNCATED      | ~~
            NOT_JSON       | Hello
            NOT_AN_EXPORT  | []
            NOT_AN_EXPORT  | {}
            NOT_AN_EXPORT  | {"format":"other","version":1,"conversations":[]}
            NOT_AN_EXPORT  | {"conversations":[],"format":"kansoku-conversations","version":1}
            NEWER_VERSION  | {"format":"kansoku-conversations","version":2,"conversations":[{"what":"ever"}]}
            INVALID        | {"format":"kansoku-conversations","version":0,"conversations":[]}
            INVALID        | {"format":"kansoku-conversations","version":"1","conversations":[]}
            MISSING        | {"format":"kansoku-conversations","version":1}
            INVALID        | {"format":"kansoku-conversations","version":1,"conversations":{}}
            INVALID        | {"format":"kansoku-conversations","version":1,"conversations":[7]}
            TRUNCATED      | {"format":"kansoku-conversations","version":1,"conversations":[
            NOT_JSON       | {"format":"kansoku-conversations","version":1,"conversations":[]} more
            """)
    void whatIsNoExportIsRefused(Kind kind, String json) throws Exception {
        ImportException fault = refused(json);
        assertThat(fault.kind()).isEqualTo(kind);
        assertThat(fault.place().conversation()).isLessThanOrEqualTo(1);
    }

    static Stream<List<Object>> badTurns() {
        String good = turn(2, "\"parent\":\"" + TURN + "1\"");
        return Stream.of(
                List.of(Kind.INVALID, "id", good.replace(TURN + "2", "no id")),
                List.of(Kind.MISSING, "id", good.replace("\"id\":\"" + TURN + "2\",", "")),
                List.of(Kind.DUPLICATE, "id", good.replace(TURN + "2", TURN + "1")),
                List.of(Kind.UNKNOWN_PARENT, "parent", turn(2, "\"parent\":\"" + TURN + "8\"")),
                List.of(Kind.UNKNOWN_PARENT, "parent", turn(2, "\"parent\":\"" + TURN + "2\"")),
                List.of(Kind.INVALID, "chosen", turn(2, "\"chosen\":true")),
                List.of(Kind.INVALID, "chosen", good.replace("\"chosen\":true", "\"chosen\":\"yes\"")),
                List.of(Kind.INVALID, "state", good.replace("FINISHED", "SINGING")),
                List.of(Kind.INVALID, "state", good.replace("FINISHED", "RUNNING")),
                List.of(Kind.MISSING, "answer", good.replace(",\"answer\":\"Yes.\"", "")),
                List.of(Kind.MISSING, "prompt", good.replace("\"Hello?\"", "null")),
                List.of(Kind.INVALID, "createdAt", good.replace("2027-", "1969-")),
                List.of(Kind.INVALID, "createdAt", good.replace("2027-", "noon ")),
                List.of(Kind.INVALID, "continuedFrom", good.replace("\"state\"", "\"continuedFrom\":5,\"state\"")),
                List.of(Kind.INVALID, "continuedFrom", good.replace("\"state\"", "\"continuedFrom\":-1,\"state\"")),
                List.of(Kind.INVALID, "error", good.replace("\"state\"", "\"error\":{\"kind\":\"Odd\"},\"state\"")),
                List.of(
                        Kind.MISSING,
                        "error.serverSaid",
                        good.replace("\"state\"", "\"error\":{\"kind\":\"OutOfMemory\"},\"state\"")),
                List.of(Kind.MISSING, "attachments", good.replace("\"state\"", "\"attachments\":[null],\"state\"")),
                List.of(
                        Kind.MISSING,
                        "measurement.segments",
                        good.replace(
                                "\"state\"",
                                "\"measurement\":{\"sentAt\":\"2027-01-01T00:00:00Z\",\"outcome\":\"SUCCESS\",\"demo\":false,"
                                        + "\"local\":true,\"verdict\":\"WARM\"},\"state\"")),
                List.of(
                        Kind.INVALID,
                        "measurement.segments.wall",
                        good.replace(
                                "\"state\"",
                                "\"measurement\":{\"sentAt\":\"2027-01-01T00:00:00Z\",\"outcome\":\"SUCCESS\",\"demo\":false,"
                                        + "\"local\":true,\"verdict\":\"WARM\",\"segments\":{\"parts\":[],\"wall\":-1.5,"
                                        + "\"implausible\":false}},\"state\"")));
    }

    @Test
    void aTurnThatCannotBeIsRefusedWithItsPlace() throws Exception {
        for (List<Object> bad : badTurns().toList()) {
            String turns = turn(1, "\"parent\":null") + ",\n" + bad.get(2);
            String all =
                    conversation(3, turn(3, "\"parent\":null").replace("13", "14")) + ",\n" + conversation(1, turns);

            ImportException fault = refused(archive(all.replaceFirst(TURN + "3", TURN + "7")));

            assertThat(fault.kind()).as("kind of " + bad).isEqualTo(bad.get(0));
            assertThat(fault.place()).as("place of " + bad).isEqualTo(new Place(2, 2, 6, (String) bad.get(1)));
            assertThat(fault)
                    .as("without what the file says")
                    .hasMessageNotContaining("Hello")
                    .hasNoCause();
        }
    }

    @Test
    void aConversationThatCannotBeIsRefused() throws Exception {
        String good = conversation(1, "");
        assertThat(refused(archive(good + "," + good)).kind()).isEqualTo(Kind.DUPLICATE);
        assertThat(refused(archive(good.replace("\"A title\"", "null"))).place().field())
                .isEqualTo("title");
        assertThat(refused(archive(good.replace("\"pinned\":false,", "")))
                        .place()
                        .field())
                .isEqualTo("pinned");
        assertThat(refused(archive("{}")).kind()).isEqualTo(Kind.MISSING);
        assertThat(refused(archive(conversation(1, turn(1, "\"parent\":null")) + ","
                                + conversation(2, turn(1, "\"parent\":null"))))
                        .kind())
                .as("a turn in two conversations")
                .isEqualTo(Kind.DUPLICATE);
    }

    @Test
    void fieldsThatANewerProgramAddedAreIgnored() throws Exception {
        String json = archive(conversation(1, turn(1, "\"colour\":{\"deep\":[1]}"))
                        .replace("\"title\"", "\"tags\":[\"a\"],\"title\""))
                .replace("\"version\"", "\"by\":{\"x\":1},\"version\"");
        assertThat(importInto(database("x"), file(json))).isEqualTo(new ImportResult(1, 1, 0, 0, 0));
    }

    @Test
    void aTextMayBeLongerThanParsersLike() throws Exception {
        String json = archive(conversation(1, turn(1, "\"parent\":null").replace("Yes.", "y".repeat(21_000_000))));
        assertThat(importInto(database("x"), file(json)).turns()).isEqualTo(1);
        assertThat(dump(database("x"), "SELECT length(answer) FROM turns")).containsExactly("21000000");
    }

    @Test
    void nothingIsImportedWhileTheHistoryIsNotSaving() throws Exception {
        Path database = database("newer");
        try (Sql sql = new HistoryFile(database).openToWrite()) {
            sql.script("PRAGMA user_version = 99");
        }
        Path file = file(archive(conversation(1, "")));
        try (History history = open(database)) {
            assertThatThrownBy(() -> history.importJson(file, done -> {}))
                    .isInstanceOfSatisfying(
                            ImportException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_SAVING));
        }
    }

    @Test
    void whatIsSaidMeanwhileIsSavedBetweenTheSteps() throws Exception {
        UUID long1 = new SampleHistory(1).plain(database("first"), 1_000);
        Path first = export(database("first"), "first");
        var steps = new ConcurrentLinkedQueue<Long>();
        try (History history = open(database("second"))) {
            history.importJson(first, steps::add);
            try (HistoryReader reader = history.reader()) {
                assertThat(reader.open(long1).orElseThrow().conversation().path())
                        .hasSize(1_000);
            }
        }
        assertThat(steps).hasSizeGreaterThanOrEqualTo(10).last().isEqualTo(1_000L);
    }

    // The file

    @Test
    void anExportThatFailsHarmsNoOlderFile() throws Exception {
        Path target = Files.writeString(folder.resolve("older.json"), "older");
        new SampleHistory(1).plain(database("x"), 3);
        try (Sql sql = new HistoryFile(database("x")).openToWrite()) {
            sql.run("UPDATE turns SET options = 'no JSON' WHERE id = (SELECT max(id) FROM turns)");
        }
        try (History history = open(database("x"));
                HistoryReader reader = history.reader()) {
            Set<UUID> all = reader.untrashed();
            assertThatThrownBy(() -> reader.exportJson(all, target, done -> {})).isInstanceOf(IOException.class);
        }
        assertThat(target).hasContent("older");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.endsWith(".tmp"));
        }
    }

    @Test
    void nobodyElseCanReadTheExport() throws Exception {
        new SampleHistory(1).plain(database("x"), 1);
        Path target = export(database("x"), "x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
    }

    @Test
    void aStreamThatBreaksLeavesNoHalfFile() {
        Path target = folder.resolve("half");
        assertThatThrownBy(() -> PrivateFiles.write(target, out -> {
                    out.write(1);
                    throw new IOException("full");
                }))
                .hasMessage("full");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aSetOfIdsKnowsWhatIsInIt() {
        var ids = new IdSet();
        for (int round = 0; round < 2; round++) {
            for (long i = 0; i < 5_000; i++) {
                assertThat(ids.add(new UUID(i % 70, i))).isEqualTo(round == 0);
            }
        }
    }
}
