package dev.kansoku.history;

import dev.kansoku.chat.ReplyText;
import dev.kansoku.chat.Turn;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The text of a turn that runs, written piece by piece as it comes. */
final class Growth implements Change {

    private final Turn turn;
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** How much is on the disk, and how much is about to be, in UTF-16 units. Known to the writer alone. */
    private int answerSaved;

    private int thinkingSaved;
    private int answerWritten;
    private int thinkingWritten;

    Growth(Turn turn) {
        this.turn = turn;
    }

    /** Whether it has to be submitted: it is not waiting already. */
    boolean grew() {
        return waiting.compareAndSet(false, true);
    }

    @Override
    public void apply(Sql sql) throws SQLException {
        // Before the text is read: what comes from now on needs another one.
        waiting.set(false);
        Optional<Long> id = TurnRows.id(sql, turn.requestId());
        // Its conversation may have been deleted for good meanwhile.
        if (id.isPresent()) {
            thinkingWritten = write(sql, id.get(), true, turn.thinking(), thinkingSaved);
            answerWritten = write(sql, id.get(), false, turn.answer(), answerSaved);
        }
    }

    /** Writes the turn and all of its text again: the file is another one, which may lack some of it. */
    void writeAnew(Sql sql) throws SQLException {
        thinkingSaved = 0;
        answerSaved = 0;
        TurnRows.addIfLost(sql, turn);
        apply(sql);
    }

    private static int write(Sql sql, long id, boolean thinking, ReplyText text, int from) throws SQLException {
        int to = text.length();
        String more = text.read(from, to);
        // The first half of a character waits for the other one: alone it could not be stored.
        if (!more.isEmpty() && Character.isHighSurrogate(more.charAt(more.length() - 1))) {
            to--;
            more = more.substring(0, more.length() - 1);
        }
        TurnRows.addPart(sql, id, thinking, from, more);
        return to;
    }

    @Override
    public void committed() {
        thinkingSaved = thinkingWritten;
        answerSaved = answerWritten;
    }
}
