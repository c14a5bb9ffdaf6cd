package dev.kansoku.history;

import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Turn;
import dev.kansoku.ollama.OllamaError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the turns of one conversation, row by row. */
final class ConversationTurns {

    /** Each after the one that it follows. */
    static final String SELECT = "SELECT t.id, t.indexed, t.uuid, t.session, t.parent, t.chosen, t.model, t.options,"
            + " t.prompt, t.attachments, t.created_at, t.continued_from, m.demo, t.state, t.thinking, t.answer, t.error,"
            + " m.figures FROM turns t LEFT JOIN measurements m ON m.turn = t.id WHERE t.conversation = ? ORDER BY t.id";

    /** The column with what the turn took. */
    static final int FIGURES = 18;

    private final Sql sql;

    /** To look up what a turn follows would take longer. */
    private final Map<Long, UUID> read = new HashMap<>();

    ConversationTurns(Sql sql) {
        this.sql = sql;
    }

    /** A row of {@link #SELECT}. The text of one that has not ended lies in parts. */
    KeptTurn next(ResultSet row) throws SQLException {
        long number = row.getLong(1);
        boolean isWhole = row.getBoolean(2);
        String thinking = isWhole ? row.getString(15) : TurnRows.whole(sql, number, true);
        String answer = isWhole ? row.getString(16) : TurnRows.whole(sql, number, false);
        Turn.State state = Turn.State.valueOf(row.getString(14));
        UUID id = Sql.uuid(row.getBytes(3));
        // NULL reads as 0, which is the number of none.
        @Nullable UUID parent = read.get(row.getLong(5));
        read.put(number, id);
        return new KeptTurn(
                id,
                Sql.uuid(row.getBytes(4)),
                parent,
                row.getBoolean(6),
                row.getString(7),
                TurnRows.options(row.getString(8)),
                TurnRows.prompt(row.getString(9), row.getString(10)),
                Sql.instant(row.getLong(11)),
                Math.min(row.getInt(12), answer.length()),
                row.getBoolean(13),
                state.isOver() ? state : Turn.State.CUT_OFF,
                thinking,
                answer,
                Json.read(row.getString(17), OllamaError.class));
    }
}
