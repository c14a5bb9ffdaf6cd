package dev.kansoku.history;

import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Turn;
import dev.kansoku.measure.KnownLoads;
import dev.kansoku.settings.PrivateFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/**
 * Reads what was kept, on a connection of its own. Every call waits for the disk, the first ones also until the file is
 * there; what cannot be read is as if it were not there.
 */
public final class HistoryReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryReader.class);

    /** Which conversations to list, and in which order. */
    public enum Listing {
        PINNED("deleted_at IS NULL AND pinned = 1", "active_at"),
        OTHERS("deleted_at IS NULL AND pinned = 0", "active_at"),
        TRASH("deleted_at > 0", "deleted_at");

        private final String page;

        Listing(String which, String time) {
            page = "SELECT " + ConversationRows.SUMMARY + " FROM conversations c WHERE " + which + " AND (" + time
                    + ", uuid) < (?, ?) ORDER BY " + time + " DESC, uuid DESC LIMIT ?";
        }

        private @Nullable Instant time(ConversationSummary conversation) {
            return this == TRASH ? conversation.deletedAt() : conversation.activeAt();
        }
    }

    private interface Question<T> {
        T ask(Sql sql) throws SQLException, IOException;
    }

    /** A conversation of more turns. */
    private static final int LONG = 200;

    /** Longer than any commit should take. */
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(2);

    private final HistoryFile file;
    private final Writer writer;
    private final CountDownLatch opened;
    private volatile @Nullable Sql sql;

    /** SQLite may not be interrupted while it is closed. */
    private final Object connecting = new Object();

    HistoryReader(HistoryFile file, Writer writer, CountDownLatch opened) {
        this.file = file;
        this.writer = writer;
        this.opened = opened;
    }

    /**
     * The next conversations, the latest first.
     *
     * @param after the last one that is known already; {@code null} to begin
     */
    public List<ConversationSummary> list(Listing listing, @Nullable ConversationSummary after, int most) {
        @Nullable Instant time = after == null ? null : listing.time(after);
        Object before = time == null ? Long.MAX_VALUE : time;
        Object id = after == null ? new byte[0] : after.id();
        settle();
        return ask(
                sql -> sql.list(ConversationRows::summary, listing.page, before, id, most),
                List.<ConversationSummary>of());
    }

    /** A conversation as it would be listed, wherever it is. */
    public Optional<ConversationSummary> summary(UUID id) {
        settle();
        return ask(
                sql -> sql.first(
                        ConversationRows::summary,
                        "SELECT " + ConversationRows.SUMMARY + " FROM conversations c WHERE c.uuid = ?",
                        id),
                Optional.<ConversationSummary>empty());
    }

    /**
     * A conversation as it is; empty if there is none. Of what the turns of a long one took only the end is read, which is
     * seen first; the rest comes with {@link #readMeasurements}.
     */
    public Optional<OpenedConversation> open(UUID id) {
        settle();
        return ask(
                sql -> {
                    Optional<OpenedConversation> opened = open(sql, id);
                    if (opened.isPresent()) {
                        readFirstMeasurements(sql, opened.get());
                    }
                    return opened;
                },
                Optional.<OpenedConversation>empty());
    }

    private static Optional<OpenedConversation> open(Sql sql, UUID id) throws SQLException {
        record Head(long id, String title, Instant createdAt) {}
        Optional<Head> head = sql.first(
                row -> new Head(row.getLong(1), row.getString(2), Sql.instant(row.getLong(3))),
                "SELECT id, title, created_at FROM conversations WHERE uuid = ? AND deleted_at IS NOT 0",
                id);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        var reading = new ConversationTurns(sql);
        List<KeptTurn> turns = sql.list(reading::next, ConversationTurns.SELECT, head.get().id);
        return Optional.of(
                new OpenedConversation(Conversation.restore(id, head.get().createdAt, turns), head.get().title));
    }

    private static void readFirstMeasurements(Sql sql, OpenedConversation opened) throws SQLException {
        if (opened.conversation().turns().size() <= LONG) {
            readMeasurements(sql, opened);
            return;
        }
        for (Turn turn : opened.end()) {
            sql.each(
                    row -> opened.add(turn.requestId(), row.getString(1)),
                    "SELECT m.figures FROM turns t JOIN measurements m ON m.turn = t.id WHERE t.uuid = ?",
                    turn.requestId());
        }
    }

    /** What all turns of a conversation took, as far as that was not read with it. */
    public void readMeasurements(OpenedConversation opened) {
        if (opened.isMeasured()) {
            return;
        }
        ask(
                sql -> {
                    readMeasurements(sql, opened);
                    return true;
                },
                false);
    }

    private static void readMeasurements(Sql sql, OpenedConversation opened) throws SQLException {
        sql.each(
                row -> opened.add(Sql.uuid(row.getBytes(1)), row.getString(2)),
                "SELECT t.uuid, m.figures FROM conversations c JOIN turns t ON t.conversation = c.id"
                        + " JOIN measurements m ON m.turn = t.id WHERE c.uuid = ?",
                opened.conversation().id());
        opened.allAdded();
    }

    /** What was said last first; nothing for a query that says nothing. */
    public List<SearchHit> search(SearchQuery query, int most) {
        return ask(sql -> SearchHits.of(sql, query, most), List.<SearchHit>of());
    }

    /** Ends what is being asked, from any thread, as nobody wants the answer any more; it is as if nothing were there. */
    public void interrupt() {
        synchronized (connecting) {
            Sql open = sql;
            if (open != null) {
                try {
                    open.interrupt();
                } catch (SQLException e) {
                    LOG.warn("A question to the history cannot be ended", e);
                }
            }
        }
    }

    /** What the latest turns took, the oldest first; either those of the demo engine or all others. */
    public List<KeptTurnMeasurement> latest(boolean demo, int most) {
        return ask(
                sql -> sql.list(
                                KeptTurnMeasurement::read,
                                "SELECT t.model, m.figures FROM measurements m JOIN turns t ON t.id = m.turn"
                                        + " WHERE m.demo = ? AND m.figures <> 'null' ORDER BY m.turn DESC LIMIT ?",
                                demo,
                                most)
                        .reversed(),
                List.<KeptTurnMeasurement>of());
    }

    public KnownLoads loads() {
        return ask(LoadRows::load, KnownLoads.NONE);
    }

    /** What was changed a moment ago may still be on its way. */
    private void settle() {
        try {
            writer.settle(SETTLES_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // What is taken out of the program: it is complete, or fails

    /**
     * The conversations that are not in the trash.
     *
     * @throws IOException if the history cannot be read
     */
    public Set<UUID> untrashed() throws IOException {
        settle();
        return askStrictly(sql -> Set.copyOf(
                sql.list(row -> Sql.uuid(row.getBytes(1)), "SELECT uuid FROM conversations WHERE deleted_at IS NULL")));
    }

    /**
     * Writes conversations as JSON, which can be imported again; docs/export.md says how it looks. Those that are not there
     * any more are left out. The file is written as a whole or not at all, with permissions 0600.
     *
     * @param progress hears now and then how many turns were written
     * @throws IOException if the history cannot be read or the file cannot be written; an older file is then untouched
     */
    public ArchiveSize exportJson(Set<UUID> conversations, Path target, LongConsumer progress) throws IOException {
        settle();
        var size = new AtomicReference<>(new ArchiveSize(0, 0));
        PrivateFiles.write(target, out -> {
            try (var archive = new ArchiveWriter(out, progress)) {
                size.set(askStrictly(sql -> archive.write(sql, conversations)));
            }
        });
        return Objects.requireNonNull(size.get());
    }

    /**
     * Opens conversations one after the other, those first that were begun first.
     *
     * @throws IOException if the history cannot be read
     */
    public void openEach(Set<UUID> conversations, Visitor visitor) throws IOException {
        settle();
        List<UUID> sorted = askStrictly(sql -> ConversationRows.sorted(sql, conversations));
        for (UUID id : sorted) {
            Optional<OpenedConversation> found = askStrictly(sql -> open(sql, id));
            if (found.isPresent()) {
                askStrictly(sql -> {
                    readMeasurements(sql, found.get());
                    return true;
                });
                visitor.visit(found.get());
            }
        }
    }

    /** Hears of conversations. */
    @FunctionalInterface
    public interface Visitor {
        void visit(OpenedConversation conversation) throws IOException;
    }

    public Optional<String> title(UUID conversation) {
        return ask(
                sql -> sql.first(
                        row -> row.getString(1), "SELECT title FROM conversations WHERE uuid = ?", conversation),
                Optional.<String>empty());
    }

    private <T> T askStrictly(Question<T> question) throws IOException {
        try {
            return answer(question);
        } catch (SQLException e) {
            failed(e);
            throw new IOException("the history cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private <T> T ask(Question<T> question, T otherwise) {
        try {
            return answer(question);
        } catch (NoSuchFileException e) {
            return otherwise;
        } catch (SQLException | IOException e) {
            if (!isInterrupted(e)) {
                LOG.warn("The history cannot be read", e);
                failed(e);
            }
            return otherwise;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }

    private static boolean isInterrupted(Exception e) {
        return e instanceof SQLException sqlite && sqlite.getErrorCode() == SQLiteErrorCode.SQLITE_INTERRUPT.code;
    }

    private void failed(Exception e) {
        close();
        if (Failures.isDamage(e)) {
            writer.damaged();
        }
    }

    /** @throws NoSuchFileException while there is no history */
    private <T> T answer(Question<T> question) throws SQLException, IOException, InterruptedException {
        opened.await();
        file.place().readLock().lock();
        try {
            return askFile(question);
        } finally {
            file.place().readLock().unlock();
        }
    }

    private synchronized <T> T askFile(Question<T> question) throws SQLException, IOException {
        if (Files.notExists(file.path())) {
            throw new NoSuchFileException(file.path().toString());
        }
        Sql open = sql;
        if (open == null) {
            open = file.openToRead();
            sql = open;
            file.opened(this);
        }
        T answer = question.ask(open);
        if (open.isSnapshot()) {
            close();
        }
        return answer;
    }

    @Override
    public synchronized void close() {
        file.closed(this);
        synchronized (connecting) {
            Sql open = sql;
            sql = null;
            if (open != null) {
                try {
                    open.close();
                } catch (SQLException e) {
                    LOG.warn("The history cannot be closed", e);
                }
            }
        }
    }
}
