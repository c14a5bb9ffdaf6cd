package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.Segments;
import dev.kansoku.ollama.ModelOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchHitsTest {

    private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");

    @TempDir
    private Path folder;

    private Sql sql;
    private int count;

    @BeforeEach
    void open() throws SQLException, IOException {
        sql = new HistoryFile(folder.resolve("history.db")).openToWrite();
    }

    @AfterEach
    void close() throws SQLException {
        sql.close();
    }

    private UUID conversation(String title) throws SQLException {
        var id = UUID.randomUUID();
        ConversationRows.add(sql, Conversation.restore(id, MONDAY, List.of()), title);
        return id;
    }

    private void turn(
            UUID conversation, String model, LoadVerdict verdict, Turn.State state, String prompt, String answer)
            throws SQLException {
        Instant at = MONDAY.plus(Duration.ofDays(count++));
        var turn = new KeptTurn(
                UUID.randomUUID(),
                UUID.randomUUID(),
                null,
                true,
                model,
                ModelOptions.DEFAULTS,
                Prompt.of(prompt),
                at,
                0,
                false,
                state,
                "",
                answer,
                null);
        long row = TurnRows.add(sql, ConversationRows.id(sql, conversation).orElseThrow(), turn, state);
        TurnRows.measured(sql, row, measurement(at, verdict));
        TurnRows.fold(sql, row, "", answer);
    }

    private void turn(UUID conversation, String prompt, String answer) throws SQLException {
        turn(conversation, "tinyllama", LoadVerdict.WARM, Turn.State.FINISHED, prompt, answer);
    }

    private static KeptMeasurement measurement(Instant at, LoadVerdict verdict) {
        return new KeptMeasurement(
                at,
                Outcome.SUCCESS,
                false,
                true,
                null,
                verdict,
                new Segments(List.of(), Duration.ZERO, false),
                null,
                null,
                null,
                null,
                null);
    }

    private List<String> found(SearchQuery query) throws SQLException {
        return SearchHits.of(sql, query, 10).stream()
                .map(hit -> hit.kind() + " " + hit.snippet().text())
                .toList();
    }

    private List<String> found(String typed) throws SQLException {
        return found(new SearchQuery(typed, null, null, false, null));
    }

    private static SearchQuery only(@Nullable String model, @Nullable LoadVerdict verdict, boolean failed) {
        return new SearchQuery("", model, verdict, failed, null);
    }

    @Test
    void theNewestComesFirstPromptsAndAnswersAlike() throws SQLException {
        UUID conversation = conversation("Talk");
        turn(conversation, "What is Kansoku?", "An instrument.");
        turn(conversation, "Why?", "Because Kansoku shows why.");

        assertThat(found("kansoku")).containsExactly("ANSWER Because Kansoku shows why.", "PROMPT What is Kansoku?");
        assertThat(found("kans")).as("as it is typed").hasSize(2);
        assertThat(found("kansoku why")).containsExactly("ANSWER Because Kansoku shows why.");
    }

    @Test
    void japaneseIsFoundByAnyTwoCharactersAndByOne() throws SQLException {
        turn(conversation("Talk"), "応答時間が長い原因は?", "モデルの読み込みです。");

        assertThat(found("時間")).containsExactly("PROMPT 応答時間が長い原因は?");
        assertThat(found("答時")).hasSize(1);
        assertThat(found("込")).containsExactly("ANSWER モデルの読み込みです。");
        assertThat(found("ﾓﾃﾞﾙ")).as("half-width").hasSize(1);
        assertThat(found("時応")).isEmpty();
    }

    @Test
    void whatWasFoundIsMarked() throws SQLException {
        turn(conversation("Talk"), "the LOAD takes long", "");

        Snippet snippet = SearchHits.of(sql, new SearchQuery("load", null, null, false, null), 10)
                .getFirst()
                .snippet();

        assertThat(snippet.hits()).containsExactly(new TextRange(4, 8));
    }

    @Test
    void onlyNamesThatTheUserGaveAreFoundAsTitles() throws SQLException {
        UUID conversation = conversation("ferret");
        turn(conversation, "ferret", "");
        assertThat(found("ferret")).containsExactly("PROMPT ferret");

        ConversationRows.rename(sql, conversation, "My badger");
        assertThat(found("badger")).containsExactly("TITLE My badger");
        ConversationRows.rename(sql, conversation, "My otter");
        assertThat(found("badger")).isEmpty();
        assertThat(found("otter")).containsExactly("TITLE My otter");
    }

    @Test
    void whatLiesInTheTrashIsNotFoundAndHidesNothing() throws SQLException {
        UUID kept = conversation("kept");
        turn(kept, "apple kept", "");
        UUID thrown = conversation("thrown");
        for (int i = 0; i < 25; i++) {
            turn(thrown, "apple thrown", "");
        }
        ConversationRows.trash(sql, thrown, MONDAY);

        assertThat(found("apple")).containsExactly("PROMPT apple kept");
        ConversationRows.restore(sql, thrown);
        assertThat(found("apple")).hasSize(10);
    }

    @Test
    void whatWasDeletedForGoodIsNotFound() throws SQLException {
        UUID conversation = conversation("Talk");
        for (int i = 0; i < 10; i++) {
            turn(conversation, "pear " + i, "plum " + i);
        }
        int steps = 0;
        while (!ConversationRows.purge(sql, conversation)) {
            steps++;
        }

        assertThat(steps).as("steps before the last").isPositive();
        assertThat(found("pear")).isEmpty();
        assertThat(sql.first(row -> row.getInt(1), "SELECT count(*) FROM turns"))
                .contains(0);
        assertThat(sql.first(row -> row.getInt(1), "SELECT count(*) FROM measurements"))
                .contains(0);
    }

    @Test
    void aSearchIsNarrowedByModelVerdictFailureAndTime() throws SQLException {
        UUID conversation = conversation("Talk");
        turn(conversation, "tinyllama", LoadVerdict.COLD, Turn.State.FINISHED, "one fish", "");
        turn(conversation, "Granite3.2:2b", LoadVerdict.WARM, Turn.State.FINISHED, "two fish", "");
        turn(conversation, "tinyllama:latest", LoadVerdict.WARM, Turn.State.FAILED, "red fish", "");

        assertThat(found(new SearchQuery("fish", "tinyllama", null, false, null)))
                .containsExactly("PROMPT red fish", "PROMPT one fish");
        assertThat(found(only("granite3.2:2b", null, false))).containsExactly("PROMPT two fish");
        assertThat(found(only(null, LoadVerdict.COLD, false))).containsExactly("PROMPT one fish");
        assertThat(found(only(null, null, true))).containsExactly("PROMPT red fish");
        assertThat(found(new SearchQuery("fish", null, null, false, MONDAY.plus(Duration.ofDays(1)))))
                .containsExactly("PROMPT red fish", "PROMPT two fish");
    }

    @Test
    void aTimeAloneFindsWhatWasAskedInIt() throws SQLException {
        UUID conversation = conversation("Talk");
        turn(conversation, "one fish", "");
        turn(conversation, "two fish", "");

        assertThat(found(new SearchQuery("", null, null, false, MONDAY.plus(Duration.ofDays(1)))))
                .containsExactly("PROMPT two fish");
    }

    @Test
    void whatSaysNothingFindsNothing() throws SQLException {
        turn(conversation("Talk"), "fish", "");

        assertThat(found("")).isEmpty();
        assertThat(found("?!")).isEmpty();
        assertThat(found(new SearchQuery("?!", "tinyllama", null, false, null))).isEmpty();
    }
}
