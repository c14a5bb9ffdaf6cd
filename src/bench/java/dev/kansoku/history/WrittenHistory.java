package dev.kansoku.history;

import dev.kansoku.bench.history.Messages;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.ollama.ModelOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Answers that are written into a history while they stream. In this package because only it may write the tables. */
public final class WrittenHistory {

    private static final int PIECES = 100;
    private static final int CHARACTERS = 2_000;
    private static final Duration APART = Duration.ofMillis(10);

    private WrittenHistory() {}

    /**
     * Writes answers one after the other, a piece every 10 ms, each put together and indexed when it ends.
     *
     * @return for each piece the nanoseconds from when it came until it was on the disk
     */
    public static long[] lags(Path file, int answers) {
        var lags = new ConcurrentLinkedQueue<Long>();
        var messages = new Messages();
        UUID session = UUID.randomUUID();
        try (var writer = new Writer(new HistoryFile(file), new Unheard())) {
            writer.start();
            for (int i = 0; i < answers; i++) {
                KeptTurn turn = turn(session, messages, i * CHARACTERS);
                writer.submit(sql -> add(sql, turn));
                int length = turn.answer().length() / PIECES;
                for (int piece = 0; piece < PIECES; piece++) {
                    writer.submit(new Piece(turn, piece * length, length, System.nanoTime(), lags));
                    LockSupport.parkNanos(APART.toNanos());
                }
                writer.submit(
                        sql -> TurnRows.fold(sql, TurnRows.id(sql, turn.id()).orElseThrow(), "", turn.answer()));
            }
        }
        if (lags.size() < answers * PIECES) {
            throw new IllegalStateException("Only " + lags.size() + " pieces were written.");
        }
        return lags.stream().mapToLong(Long::longValue).toArray();
    }

    private static KeptTurn turn(UUID session, Messages messages, int from) {
        var answer = new StringBuilder();
        for (int i = from; answer.length() < CHARACTERS; i++) {
            answer.append(messages.text(i)).append('\n');
        }
        return new KeptTurn(
                UUID.randomUUID(),
                session,
                null,
                true,
                "tinyllama",
                ModelOptions.DEFAULTS,
                Prompt.of(messages.text(from + CHARACTERS - 1)),
                Instant.now(),
                0,
                false,
                Turn.State.FINISHED,
                "",
                answer.substring(0, CHARACTERS),
                null);
    }

    private static void add(Sql sql, KeptTurn turn) throws SQLException {
        TurnRows.add(
                sql, ConversationRows.id(sql, FilledHistory.LONG_CONVERSATION).orElseThrow(), turn, Turn.State.RUNNING);
    }

    /** @param cameNanos when it came from the model */
    private record Piece(KeptTurn turn, int start, int length, long cameNanos, Queue<Long> lags) implements Change {

        @Override
        public void apply(Sql sql) throws SQLException {
            long id = TurnRows.id(sql, turn.id()).orElseThrow();
            TurnRows.addPart(sql, id, false, start, turn.answer().substring(start, start + length));
        }

        @Override
        public void committed() {
            lags.add(System.nanoTime() - cameNanos);
        }
    }

    /** Nothing may go wrong here. */
    private static final class Unheard implements Writer.Listener {

        @Override
        public void became(HistoryState state) {
            if (!state.isSaving()) {
                throw new IllegalStateException("Nothing can be written: " + state);
            }
        }

        @Override
        public Recovery recover() {
            throw new IllegalStateException("The history is damaged.");
        }

        @Override
        public Change recovered(Recovery recovery) {
            throw new IllegalStateException("The history is damaged.");
        }
    }
}
