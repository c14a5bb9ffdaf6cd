package dev.kansoku.history;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.history.SearchHit.Kind;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of turns, and those of the parts of their texts and of what they took. */
final class TurnRows {

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    /** To take a text out of a large index takes up to a tenth of a second, and what is being said meanwhile waits. */
    private static final int PURGED_AT_ONCE = 3;

    private TurnRows() {}

    static ModelOptions options(@Nullable String json) throws SQLException {
        @Nullable ModelOptions options = Json.read(json, ModelOptions.class);
        return options == null ? ModelOptions.DEFAULTS : options;
    }

    static Prompt prompt(String text, @Nullable String attachments) throws SQLException {
        @Nullable List<String> texts = Json.read(attachments, TEXTS);
        return new Prompt(
                text,
                texts == null ? List.of() : texts.stream().map(Attachment::new).toList());
    }

    /** A turn that was sent: the one of its branches that is seen. */
    static void added(Sql sql, long conversation, Turn turn, Turn.State state) throws SQLException {
        add(sql, conversation, KeptTurn.of(turn), state);
        choose(sql, turn);
    }

    /** @param state in which it is shown if the program ends now; it may not be over */
    static long add(Sql sql, long conversation, KeptTurn turn, Turn.State state) throws SQLException {
        long free = ConversationRows.free(sql, "turns", after(sql, conversation, turn.createdAt()));
        return add(sql, free, conversation, turn, state);
    }

    /** @param free a number that no turn has yet */
    static long add(Sql sql, long free, long conversation, KeptTurn turn, Turn.State state) throws SQLException {
        sql.run(
                "INSERT INTO turns (id, uuid, conversation, parent, chosen, session, model, options, prompt, attachments,"
                        + " created_at, continued_from, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (uuid) DO NOTHING",
                free,
                turn.id(),
                conversation,
                turn.parent() == null ? null : id(sql, turn.parent()).orElse(null),
                turn.chosen(),
                turn.sessionId(),
                turn.model(),
                turn.options().equals(ModelOptions.DEFAULTS) ? null : Json.write(turn.options()),
                turn.prompt().text(),
                attachments(turn.prompt()),
                turn.createdAt(),
                turn.continuedFrom(),
                state.name());
        if (turn.demo()) {
            answeredByDemo(sql, turn.id());
        }
        return id(sql, turn.id()).orElseThrow();
    }

    /** One that is cut off is never measured, and is to be known for a demo all the same. */
    static void answeredByDemo(Sql sql, UUID turn) throws SQLException {
        sql.run(
                "INSERT OR IGNORE INTO measurements (turn, demo, figures) SELECT id, 1, 'null' FROM turns WHERE uuid = ?",
                turn);
    }

    /** A time after all that was said before in the conversation, even if the clock was set back since. */
    private static long after(Sql sql, long conversation, Instant at) throws SQLException {
        long last = sql.first(row -> row.getLong(1), "SELECT max(id) FROM turns WHERE conversation = ?", conversation)
                .orElse(0L);
        return Math.max(at.getEpochSecond(), last + 1);
    }

    /** With its conversation, as it stands now; without the parts of its text. */
    static void addIfLost(Sql sql, Turn turn) throws SQLException {
        Optional<Long> id = id(sql, turn.requestId());
        if (id.isPresent()) {
            sql.run("DELETE FROM parts WHERE turn = ?", id.get());
            // It may have got another conversation in the place of its own.
            sql.run(
                    "UPDATE OR IGNORE conversations SET uuid = ? WHERE id = (SELECT conversation FROM turns WHERE id = ?)",
                    turn.conversation().id(),
                    id.get());
            if (turn.isDemo()) {
                answeredByDemo(sql, turn.requestId());
            }
        } else {
            long conversation =
                    ConversationRows.add(sql, turn.conversation(), turn.prompt().firstWords());
            added(sql, conversation, turn, turn.state());
            ConversationRows.active(sql, conversation, turn.createdAt());
        }
        become(sql, turn.requestId(), turn.state(), turn.error());
    }

    private static @Nullable String attachments(Prompt prompt) {
        List<String> texts = prompt.attachments().stream().map(Attachment::text).toList();
        return texts.isEmpty() ? null : Json.write(texts);
    }

    static Optional<Long> id(Sql sql, UUID turn) throws SQLException {
        return sql.first(row -> row.getLong(1), "SELECT id FROM turns WHERE uuid = ?", turn);
    }

    /** Puts it and what it follows on the path. */
    static void choose(Sql sql, Turn turn) throws SQLException {
        sql.run(
                "WITH RECURSIVE way (id, conversation, parent) AS ("
                        + "SELECT id, conversation, parent FROM turns WHERE uuid = ? UNION ALL"
                        + " SELECT t.id, t.conversation, t.parent FROM way JOIN turns t ON t.id = way.parent)"
                        + " UPDATE turns SET chosen = (turns.id = way.id) FROM way WHERE"
                        + " turns.conversation = way.conversation AND turns.parent IS way.parent"
                        + " AND turns.chosen <> (turns.id = way.id)",
                turn.requestId());
    }

    private static void chooseAmongBranches(Sql sql, Turn turn) throws SQLException {
        sql.run(
                "UPDATE turns SET chosen = (uuid = ?1) FROM (SELECT conversation AS c, parent AS p FROM turns"
                        + " WHERE uuid = ?1) WHERE conversation = c AND parent IS p",
                turn.requestId());
    }

    /**
     * One that was taken back before it was sent; what was to follow it follows what it was to follow.
     *
     * @param chosen of the branches that are there now; {@code null} if there are none
     */
    static void remove(Sql sql, Turn turn, @Nullable Turn chosen) throws SQLException {
        sql.run(
                "UPDATE turns SET parent = o.parent FROM (SELECT id, conversation, parent FROM turns WHERE uuid = ?) o"
                        + " WHERE turns.conversation = o.conversation AND turns.parent = o.id",
                turn.requestId());
        sql.run("DELETE FROM turns WHERE uuid = ?", turn.requestId());
        if (chosen != null) {
            chooseAmongBranches(sql, chosen);
        }
    }

    static void become(Sql sql, UUID turn, Turn.State state, @Nullable OllamaError error) throws SQLException {
        sql.run("UPDATE turns SET state = ?, error = ? WHERE uuid = ?", state.name(), Json.write(error), turn);
    }

    /** @param start where it belongs, in UTF-16 units */
    static void addPart(Sql sql, long turn, boolean thinking, int start, String text) throws SQLException {
        if (!text.isEmpty()) {
            sql.run(
                    "INSERT OR REPLACE INTO parts (turn, thinking, start, text) VALUES (?, ?, ?, ?)",
                    turn,
                    thinking,
                    start,
                    text);
        }
    }

    static void measured(Sql sql, long turn, KeptMeasurement measurement) throws SQLException {
        sql.run(
                "INSERT OR REPLACE INTO measurements (turn, demo, figures) VALUES (?, ?, ?)",
                turn,
                measurement.demo(),
                Json.write(measurement));
    }

    /** Puts its texts together and makes them findable. */
    static void fold(Sql sql, long turn, String thinking, String answer) throws SQLException {
        if (sql.run(
                        "UPDATE turns SET thinking = ?, answer = ?, indexed = 1 WHERE id = ? AND indexed = 0",
                        thinking,
                        answer,
                        turn)
                == 0) {
            return;
        }
        sql.run("DELETE FROM parts WHERE turn = ?", turn);
        index(sql, turn, SearchIndex::add);
    }

    /**
     * What the program could not finish before it ended.
     *
     * @param session of this run of the program, whose turns are let alone; {@code null} if it has none yet
     */
    static void foldWhatIsOpen(Sql sql, @Nullable UUID session) throws SQLException {
        for (long turn : sql.list(
                row -> row.getLong(1), "SELECT id FROM turns WHERE indexed = 0 AND session IS NOT ?", session)) {
            sql.run("UPDATE turns SET state = 'CUT_OFF' WHERE id = ? AND state IN ('QUEUED', 'RUNNING')", turn);
            fold(sql, turn, whole(sql, turn, true), whole(sql, turn, false));
        }
    }

    /** The parts of a text as far as they follow one another. */
    static String whole(Sql sql, long turn, boolean thinking) throws SQLException {
        var text = new StringBuilder();
        sql.each(
                row -> {
                    if (row.getInt(1) == text.length()) {
                        text.append(row.getString(2));
                    }
                },
                "SELECT start, text FROM parts WHERE turn = ? AND thinking = ? ORDER BY start",
                turn,
                thinking);
        return text.toString();
    }

    private interface Indexing {
        void row(Sql sql, Kind kind, long id, String text, List<String> marks) throws SQLException;
    }

    private static void index(Sql sql, long turn, Indexing indexing) throws SQLException {
        Indexed row = sql.first(
                        Indexed::read,
                        "SELECT t.prompt, t.attachments, t.thinking, t.answer, t.model, t.state, m.figures FROM turns t"
                                + " LEFT JOIN measurements m ON m.turn = t.id WHERE t.id = ?",
                        turn)
                .orElseThrow();
        indexing.row(sql, Kind.PROMPT, turn, row.prompt, row.marks);
        indexing.row(sql, Kind.THINKING, turn, row.thinking, row.marks);
        indexing.row(sql, Kind.ANSWER, turn, row.answer, row.marks);
    }

    /** Makes it findable in an index that does not know it. */
    static void indexAnew(Sql sql, long turn) throws SQLException {
        index(sql, turn, SearchIndex::add);
    }

    private record Indexed(String prompt, String thinking, String answer, List<String> marks) {

        private static Indexed read(ResultSet row) throws SQLException {
            @Nullable KeptMeasurement measurement = Json.read(row.getString(7), KeptMeasurement.class);
            LoadVerdict verdict = measurement == null ? LoadVerdict.UNKNOWN : measurement.verdict();
            return new Indexed(
                    TurnRows.prompt(row.getString(1), row.getString(2)).content(),
                    row.getString(3),
                    row.getString(4),
                    SearchMarks.of(row.getString(5), verdict, Turn.State.valueOf(row.getString(6))));
        }
    }

    /** Deletes some turns for good; returns whether none is left. */
    static boolean purgeSome(Sql sql, long conversation) throws SQLException {
        List<Long> some = sql.list(
                row -> row.getLong(1),
                "SELECT id FROM turns WHERE conversation = ? LIMIT " + PURGED_AT_ONCE,
                conversation);
        for (long turn : some) {
            if (sql.first(row -> row.getBoolean(1), "SELECT indexed FROM turns WHERE id = ?", turn)
                    .orElse(false)) {
                index(sql, turn, SearchIndex::remove);
            }
            sql.run("DELETE FROM turns WHERE id = ?", turn);
        }
        return some.size() < PURGED_AT_ONCE;
    }
}
