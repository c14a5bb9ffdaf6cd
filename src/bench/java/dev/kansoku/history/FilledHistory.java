package dev.kansoku.history;

import dev.kansoku.bench.history.Messages;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.Segments;
import dev.kansoku.ollama.ModelOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A history of years of chats. In this package because only it may write the tables. */
public final class FilledHistory {

    /** In each conversation, but the long one. */
    public static final int MESSAGES_EACH = 50;

    /** The conversation that comes last, beside all others. */
    public static final UUID LONG_CONVERSATION = new UUID(0, -1);

    /** In {@link #LONG_CONVERSATION}. */
    public static final int LONG = 10_000;

    private static final int CONVERSATIONS_AT_ONCE = 50;
    private static final Instant BEGIN = Instant.parse("2023-01-02T09:00:00Z");
    private static final Duration APART = Duration.ofSeconds(90);
    private static final List<String> MODELS = List.of("tinyllama", "granite3.2:2b", "llama3.2:3b");

    private final Sql sql;
    private final Messages messages = new Messages();
    private int message;

    private FilledHistory(Sql sql) {
        this.sql = sql;
    }

    /**
     * Makes it, unless it is there from an earlier run.
     *
     * @param count messages, half of them prompts, in conversations of {@value #MESSAGES_EACH}
     */
    public static void make(Path file, int count) {
        if (Files.exists(file)) {
            return;
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(unfinished);
            Files.createDirectories(unfinished.toAbsolutePath().getParent());
            try (Sql sql = new HistoryFile(unfinished).openToWrite()) {
                sql.script("PRAGMA synchronous = OFF");
                new FilledHistory(sql).fill(count / MESSAGES_EACH);
                sql.first(row -> true, "PRAGMA wal_checkpoint(TRUNCATE)");
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fill(int conversations) throws SQLException {
        for (int from = 0; from < conversations; from += CONVERSATIONS_AT_ONCE) {
            int first = from;
            int last = Math.min(conversations, from + CONVERSATIONS_AT_ONCE);
            sql.atomically(all -> {
                for (int i = first; i < last; i++) {
                    conversation(new UUID(0, i), MESSAGES_EACH);
                }
            });
        }
        sql.atomically(all -> conversation(LONG_CONVERSATION, LONG));
    }

    private void conversation(UUID id, int length) throws SQLException {
        long row = ConversationRows.add(
                sql,
                Conversation.restore(id, at(message), List.of()),
                Prompt.of(messages.text(message)).firstWords());
        @Nullable UUID parent = null;
        for (int i = 0; i < length; i += 2) {
            parent = turn(row, parent);
        }
        ConversationRows.active(sql, row, at(message - 2));
    }

    private UUID turn(long conversation, @Nullable UUID parent) throws SQLException {
        var id = new UUID(1, message);
        var turn = new KeptTurn(
                id,
                new UUID(2, 0),
                parent,
                true,
                MODELS.get(message / 2 % MODELS.size()),
                ModelOptions.DEFAULTS,
                Prompt.of(messages.text(message)),
                at(message),
                0,
                false,
                Turn.State.FINISHED,
                "",
                messages.text(message + 1),
                null);
        long row = TurnRows.add(sql, conversation, turn, turn.state());
        TurnRows.measured(sql, row, measurement(turn));
        TurnRows.fold(sql, row, turn.thinking(), turn.answer());
        message += 2;
        return id;
    }

    private static KeptMeasurement measurement(KeptTurn turn) {
        Duration load = Duration.ofMillis(40);
        Duration decode = Duration.ofSeconds(7);
        return new KeptMeasurement(
                turn.createdAt(),
                Outcome.SUCCESS,
                false,
                true,
                "0.11.4",
                LoadVerdict.WARM,
                new Segments(
                        List.of(new Segment(SegmentKind.LOAD, load), new Segment(SegmentKind.DECODE, decode)),
                        load.plus(decode),
                        false),
                load,
                null,
                4096,
                null,
                null);
    }

    private static Instant at(int message) {
        return BEGIN.plus(APART.multipliedBy(message));
    }
}
