package dev.kansoku.history;

import dev.kansoku.history.HistoryState.Problem;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The only thread that changes the file. Changes that come close together are one transaction; those that cannot be
 * written wait in memory, in order, and are tried again.
 */
final class Writer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /** At least so far apart are two commits: each costs a write that waits for the disk. */
    private static final Duration COMMIT_EVERY = Duration.ofMillis(100);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final HistoryFile file;
    private final Consumer<HistoryState> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Change> waiting = new ArrayList<>();
    private final Thread thread;
    private boolean closing;

    /** Somebody waits for what was submitted. */
    private boolean hurry;

    private long submitted;
    private long written;

    /** Something was taken away, and the log beside the file may still hold it. */
    private boolean erasing;

    private @Nullable HistoryState told;

    /** Of the thread alone. */
    private @Nullable Sql sql;

    /** @param listener is told, on the writer's thread, whenever it changes whether what is said is kept */
    Writer(HistoryFile file, Consumer<HistoryState> listener) {
        this.file = file;
        this.listener = listener;
        // A platform thread: native calls and locks of files pin virtual ones.
        // Whatever else comes, even if the file cannot be written at first.
        waiting.add(TurnRows::foldWhatIsOpen);
        thread = Thread.ofPlatform().name("history").daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /** Writes it as soon as possible; returns at once. */
    void submit(Change change) {
        lock.lock();
        try {
            waiting.add(change);
            submitted++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until what was submitted up to now is on the disk, or cannot be written, or it takes too long. */
    void settle(Duration most) throws InterruptedException {
        lock.lock();
        try {
            long target = submitted;
            long left = most.toNanos();
            while (written < target && left > 0 && (told == null || told.isSaving())) {
                hurry = true;
                changed.signalAll();
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        long nextNanos = System.nanoTime();
        while (awaitWork(nextNanos)) {
            List<Change> batch = waiting();
            @Nullable Problem problem = write(batch);
            if (problem == null) {
                done(batch);
                erasing |= batch.stream().anyMatch(Change::erases);
                emptyLog();
            }
            tell(problem);
            nextNanos = System.nanoTime() + pause(batch, problem).toNanos();
            if (problem != null && isClosing()) {
                LOG.warn("{} changes could not be saved: {}", batch.size(), problem);
                break;
            }
        }
        closeFile();
    }

    private static Duration pause(List<Change> batch, @Nullable Problem problem) {
        if (problem != null) {
            return TRY_AGAIN;
        }
        return batch.stream().anyMatch(Change::isOneOfMany) ? Duration.ZERO : COMMIT_EVERY;
    }

    /** @return {@code false} when all is written and there will be no more */
    private boolean awaitWork(long notBeforeNanos) {
        lock.lock();
        try {
            while (!closing && (waiting.isEmpty() || (!hurry && notBeforeNanos - System.nanoTime() > 0))) {
                if (waiting.isEmpty()) {
                    changed.await();
                } else {
                    var _ = changed.await(notBeforeNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
            }
            hurry = false;
            return !waiting.isEmpty();
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private List<Change> waiting() {
        lock.lock();
        try {
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }

    private void done(List<Change> batch) {
        lock.lock();
        try {
            waiting.subList(0, batch.size()).clear();
            written += batch.size();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        batch.forEach(Change::committed);
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /** @return why not; {@code null} if it is on the disk */
    private @Nullable Problem write(List<Change> batch) {
        try {
            Sql open = open();
            open.atomically(all -> {
                for (Change change : batch) {
                    change.apply(all);
                }
            });
            return null;
        } catch (SQLException | IOException e) {
            Problem problem = problem(e);
            LOG.warn("The history cannot be written: {}", problem, e);
            closeFile();
            return problem;
        }
    }

    /** While somebody reads, that does not go: then after the next change. */
    private void emptyLog() {
        Sql open = sql;
        if (!erasing || open == null) {
            return;
        }
        try {
            erasing = open.first(row -> row.getBoolean(1), "PRAGMA wal_checkpoint(TRUNCATE)")
                    .orElse(true);
        } catch (SQLException e) {
            LOG.warn("The log of the history cannot be emptied", e);
        }
    }

    private Sql open() throws SQLException, IOException {
        Sql open = sql;
        if (open == null) {
            open = file.openToWrite();
            sql = open;
        }
        return open;
    }

    private void closeFile() {
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

    private static Problem problem(Exception e) {
        if (e instanceof HistoryFile.NewerVersionException) {
            return Problem.NEWER_VERSION;
        }
        if (!(e instanceof SQLiteException sqlite)) {
            return Problem.UNUSABLE;
        }
        // The lower byte of an extended code is the plain one.
        return switch (SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)) {
            case SQLITE_FULL -> Problem.DISK_FULL;
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> Problem.READ_ONLY;
            case SQLITE_BUSY, SQLITE_LOCKED -> Problem.LOCKED;
            default -> Problem.UNUSABLE;
        };
    }

    private void tell(@Nullable Problem problem) {
        var now = new HistoryState(problem);
        lock.lock();
        try {
            if (now.equals(told)) {
                return;
            }
            told = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listener.accept(now);
    }

    /** Writes what waits, as far as that is possible, and returns when it is done. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
