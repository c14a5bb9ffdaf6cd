package dev.kansoku.history;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * What waits to be deleted for good: in small steps, one after the other, so that what is said meanwhile is saved between
 * them; and not at all while a turn runs, whose text is to be on the disk within a moment.
 */
final class Purges {

    private final Writer writer;
    private final BooleanSupplier quiet;
    private final Deque<Purge> waiting = new ArrayDeque<>();
    private boolean oneSubmitted;

    /** @param quiet whether nobody would notice that a change takes longer */
    Purges(Writer writer, BooleanSupplier quiet) {
        this.writer = writer;
        this.quiet = quiet;
    }

    /** @param copiesToo whether copies of the file are deleted as well */
    synchronized void add(UUID conversation, boolean copiesToo) {
        waiting.addLast(new Purge(conversation, copiesToo));
        goOn();
    }

    /** To be called whenever it may have become quiet. */
    synchronized void goOn() {
        if (!oneSubmitted && !waiting.isEmpty() && quiet.getAsBoolean()) {
            oneSubmitted = true;
            writer.submit(waiting.removeFirst());
        }
    }

    synchronized void forget() {
        waiting.clear();
    }

    private synchronized void ended(Purge purge, boolean gone) {
        oneSubmitted = false;
        if (!gone) {
            waiting.addFirst(purge);
        }
        goOn();
    }

    private final class Purge implements Change {
        private final UUID conversation;
        private final boolean copiesToo;
        private boolean gone;

        private Purge(UUID conversation, boolean copiesToo) {
            this.conversation = conversation;
            this.copiesToo = copiesToo;
        }

        @Override
        public void apply(Sql sql) throws SQLException {
            gone = ConversationRows.purge(sql, conversation);
        }

        @Override
        public void committed() {
            ended(this, gone);
        }

        @Override
        public void dropped() {
            ended(this, true);
        }

        @Override
        public boolean erases() {
            return gone;
        }

        @Override
        public boolean erasesCopies() {
            return gone && copiesToo;
        }
    }
}
