package dev.kansoku.history;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.kansoku.chat.Turn;
import dev.kansoku.ollama.OllamaError;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a new file of all that can be read of a damaged one, which is set aside. What hangs together by keys that are lost
 * is put together again as far as possible. While it works the damaged file stays where it is.
 */
final class Salvage {

    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);
    private static final int ID_BYTES = 16;

    private static final String INSERT_CONVERSATION =
            "INSERT OR IGNORE INTO conversations (id, uuid, title, renamed, created_at, active_at, pinned, deleted_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String TURN =
            "uuid, conversation, parent, chosen, session, model, options, prompt, attachments,"
                    + " created_at, continued_from, state, error, thinking, answer, indexed";

    /** A row as it is inserted, and what else has to be known of it. */
    private record Row(long id, long of, List<@Nullable Object> values) {}

    private record Part(boolean thinking, int start, String text) {}

    private final Sql from;
    private final Sql to;
    private final Set<Long> known = new HashSet<>();
    private final Set<Long> made = new HashSet<>();

    private Salvage(Sql from, Sql to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Does all of it.
     *
     * @param session of this run of the program, whose turns may go on; {@code null} if it has none yet
     * @throws SQLException if the new file cannot be written; then nothing has changed
     */
    static Recovery recover(HistoryFile damaged, @Nullable UUID session) throws SQLException, IOException {
        HistoryFile made = damaged.unfinishedRecovery();
        long conversations;
        long turns;
        try (Sql to = made.openToWrite()) {
            read(damaged, to);
            to.atomically(all -> {
                TurnRows.foldWhatIsOpen(all, session);
                ConversationRows.indexTitles(all);
            });
            conversations = count(to, "conversations");
            turns = count(to, "turns");
        }
        Path setAside = damaged.replace(made);
        return new Recovery(damaged.path(), setAside, conversations, turns);
    }

    private static long count(Sql sql, String table) throws SQLException {
        return sql.first(row -> row.getLong(1), "SELECT count(*) FROM " + table).orElseThrow();
    }

    private static void read(HistoryFile damaged, Sql to) throws SQLException {
        Sql from;
        try {
            from = damaged.openDamaged();
        } catch (SQLException e) {
            LOG.warn("Nothing can be read of the damaged history", e);
            return;
        }
        try {
            new Salvage(from, to).copy();
        } finally {
            try {
                from.close();
            } catch (SQLException e) {
                LOG.warn("The damaged history cannot be closed", e);
            }
        }
    }

    private void copy() throws SQLException {
        walk(
                "conversations",
                "id",
                "uuid, title, renamed, created_at, active_at, pinned, deleted_at",
                Salvage::conversation,
                row -> {
                    if (to.run(INSERT_CONVERSATION, row.values.toArray()) > 0) {
                        known.add(row.id);
                    }
                });
        walk("turns", "id", TURN, Salvage::turn, this::addTurn);
        walk(
                "measurements",
                "turn",
                "demo, figures",
                Salvage::measurement,
                row -> to.run(
                        "INSERT OR IGNORE INTO measurements (turn, demo, figures) SELECT ?1, ?2, ?3"
                                + " WHERE EXISTS (SELECT 1 FROM turns WHERE id = ?1)",
                        row.values.toArray()));
        walk(
                "loads",
                "rowid",
                "model, name, warm, cold, heard_at",
                Salvage::load,
                row -> to.run(
                        "INSERT OR IGNORE INTO loads (model, name, warm, cold, heard_at) VALUES (?, ?, ?, ?, ?)",
                        row.values.toArray()));
        to.atomically(all -> {
            for (long turn : turns("indexed = 0")) {
                copyParts(turn);
            }
            for (long turn : turns("indexed = 1")) {
                TurnRows.indexAnew(all, turn);
            }
            all.run("UPDATE turns SET parent = NULL WHERE parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM turns p"
                    + " WHERE p.id = turns.parent AND p.conversation = turns.conversation)");
            for (long conversation : made) {
                nameAfterItsFirstTurn(conversation);
            }
        });
    }

    private interface Taker {
        void take(Row row) throws SQLException;
    }

    private void walk(String table, String key, String columns, Sql.Row<Row> reading, Taker taker) throws SQLException {
        new TableWalk<>(
                        from,
                        table,
                        key,
                        columns,
                        reading,
                        rows -> to.atomically(all -> {
                            for (Row row : rows) {
                                taker.take(row);
                            }
                        }))
                .run();
    }

    private List<Long> turns(String which) throws SQLException {
        return to.list(row -> row.getLong(1), "SELECT id FROM turns WHERE " + which + " ORDER BY id");
    }

    private static Row conversation(ResultSet row) throws SQLException {
        return row(
                row.getLong(1),
                0,
                id(row.getBytes(2)),
                row.getString(3),
                row.getBoolean(4),
                row.getLong(5),
                row.getLong(6),
                row.getBoolean(7),
                row.getObject(8));
    }

    private static Row turn(ResultSet row) throws SQLException {
        String state = row.getString(13);
        String answer = orEmpty(row.getString(16));
        boolean indexed = row.getBoolean(17);
        return row(
                row.getLong(1),
                row.getLong(3),
                id(row.getBytes(2)),
                row.getLong(3),
                row.getObject(4),
                row.getBoolean(5),
                id(row.getBytes(6)),
                row.getString(7),
                json(row.getString(8), Object.class),
                row.getString(9),
                attachments(row.getString(10)),
                row.getLong(11),
                row.getLong(12),
                isState(state, indexed) ? state : Turn.State.CUT_OFF.name(),
                json(row.getString(14), OllamaError.class),
                orEmpty(row.getString(15)),
                answer,
                indexed);
    }

    private static Row measurement(ResultSet row) throws SQLException {
        String figures = row.getString(3);
        Json.read(figures, KeptMeasurement.class);
        return row(row.getLong(1), 0, row.getBoolean(2), figures);
    }

    private static Row load(ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(row.getString(2));
        values.add(row.getString(3));
        values.add(row.getString(4));
        values.add(row.getString(5));
        values.add(row.getLong(6));
        LoadRows.read(row.getString(4));
        LoadRows.read(row.getString(5));
        return new Row(row.getLong(1), 0, values);
    }

    private static Row row(long id, long of, @Nullable Object... others) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(id);
        values.addAll(Arrays.asList(others));
        return new Row(id, of, values);
    }

    private static byte[] id(byte @Nullable [] stored) throws SQLException {
        if (stored == null || stored.length != ID_BYTES) {
            throw new SQLException("no id");
        }
        return stored;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static boolean isState(@Nullable String name, boolean over) {
        for (Turn.State state : Turn.State.values()) {
            if (state.name().equals(name)) {
                return state.isOver() || !over;
            }
        }
        return false;
    }

    /** What cannot be understood is left out: it is not worth the turn. */
    private static @Nullable String json(@Nullable String json, Class<?> type) {
        try {
            Json.read(json, type);
            return json;
        } catch (SQLException e) {
            return null;
        }
    }

    private static @Nullable String attachments(@Nullable String json) {
        try {
            Json.read(json, new TypeReference<List<String>>() {});
            return json;
        } catch (SQLException e) {
            return null;
        }
    }

    private void addTurn(Row turn) throws SQLException {
        if (known.add(turn.of)) {
            made.add(turn.of);
            to.run(
                    INSERT_CONVERSATION,
                    turn.of,
                    UUID.randomUUID(),
                    "",
                    false,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    false,
                    null);
        }
        to.run(
                "INSERT OR IGNORE INTO turns (id, " + TURN + ")"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                turn.values.toArray());
    }

    private void nameAfterItsFirstTurn(long conversation) throws SQLException {
        String title = to.first(
                        row -> TurnRows.prompt(row.getString(1), row.getString(2))
                                .firstWords(),
                        "SELECT prompt, attachments FROM turns WHERE conversation = ? ORDER BY id LIMIT 1",
                        conversation)
                .orElse("");
        to.run(
                "UPDATE conversations SET title = ?, created_at = t.first, active_at = t.last FROM (SELECT"
                        + " coalesce(min(created_at), 0) AS first, coalesce(max(created_at), 0) AS last FROM turns"
                        + " WHERE conversation = ?) t WHERE id = ?",
                title,
                conversation,
                conversation);
    }

    private void copyParts(long turn) throws SQLException {
        var parts = new ArrayList<Part>();
        try {
            from.each(
                    row -> parts.add(new Part(row.getBoolean(1), row.getInt(2), row.getString(3))),
                    "SELECT thinking, start, text FROM parts WHERE turn = ? ORDER BY thinking, start",
                    turn);
        } catch (SQLException e) {
            LOG.warn("Parts of a turn cannot be read", e);
        }
        for (Part part : parts) {
            TurnRows.addPart(to, turn, part.thinking, part.start, part.text);
        }
    }
}
