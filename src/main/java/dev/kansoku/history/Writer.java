package dev.kansoku.history;

import dev.kansoku.history.HistoryState.Problem;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /** Hears, on the writer's thread, how it goes. */
    interface Listener {

        /** It has changed whether what is said is kept. */
        void became(HistoryState state);

        /** Makes a new file of a damaged one. */
        Recovery recover() throws SQLException, IOException;

        /**
         * The file is another one.
         *
         * @return what has to be written before all that waits
         */
        Change recovered(Recovery recovery);
    }

    private final HistoryFile file;
    private final Listener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Change> waiting = new ArrayList<>();
    private final Thread thread;
    private boolean closing;
    private boolean damaged;

    /** Somebody waits for what was submitted. */
    private boolean hurry;

    private long submitted;
    private long written;
    private @Nullable CompletableFuture<@Nullable Void> deletion;
    private @Nullable HistoryState told;

    // Known to the thread alone

    /** Something was taken away, maybe in an earlier run, and the log beside the file may still hold it. */
    private boolean erasing = true;

    /** The same of copies and damaged files. */
    private boolean erasingCopies;

    private long eraseNanos = System.nanoTime();

    /** Nothing could be written since the file was made anew. */
    private boolean recoveredJustNow;

    private @Nullable Sql sql;

    Writer(HistoryFile file, Listener listener) {
        this.file = file;
        this.listener = listener;
        // A platform thread: native calls and locks of files pin virtual ones.
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

    /** Somebody who reads the file has found that it is damaged. */
    void damaged() {
        lock.lock();
        try {
            damaged = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits, deletes the file with all that lies beside it, and begins anew. */
    Future<@Nullable Void> deleteAll() {
        lock.lock();
        try {
            if (deletion == null) {
                deletion = new CompletableFuture<>();
            }
            changed.signalAll();
            return deletion;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        long nextNanos = System.nanoTime();
        while (awaitWork(nextNanos)) {
            deleteAllIfAsked();
            List<Change> batch = waiting();
            @Nullable Problem problem = isDamaged() ? recover() : batch.isEmpty() ? null : save(batch);
            if (problem != null || !batch.isEmpty()) {
                tell(problem);
            }
            erase();
            nextNanos = System.nanoTime() + pause(batch, problem).toNanos();
            if (problem != null && isClosing()) {
                LOG.warn("{} changes could not be saved: {}", batch.size(), problem);
                break;
            }
        }
        eraseNanos = System.nanoTime();
        erase();
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
            while (!closing) {
                boolean isWork = !waiting.isEmpty() || damaged;
                long now = System.nanoTime();
                long wait =
                        isWork ? notBeforeNanos - now : erasing || erasingCopies ? eraseNanos - now : Long.MAX_VALUE;
                if (wait <= 0 || deletion != null || (isWork && hurry)) {
                    hurry = false;
                    return true;
                }
                changed.awaitNanos(wait);
            }
            return !waiting.isEmpty() || deletion != null;
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
        forget(batch.size());
        batch.forEach(Change::committed);
        erasing |= batch.stream().anyMatch(Change::erases);
        erasingCopies |= batch.stream().anyMatch(Change::erasesCopies);
        recoveredJustNow = false;
    }

    private void forget(int first) {
        lock.lock();
        try {
            waiting.subList(0, first).clear();
            written += first;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private boolean isDamaged() {
        lock.lock();
        try {
            return damaged;
        } finally {
            lock.unlock();
        }
    }

    /** @return why nothing can be written; {@code null} if what can be is on the disk */
    private @Nullable Problem save(List<Change> batch) {
        try {
            write(batch);
            return null;
        } catch (SQLException | IOException | RuntimeException e) {
            if (Failures.isDamageToTheWriter(e) && !recoveredJustNow) {
                LOG.warn("The history is damaged", e);
                return recover();
            }
            if (isHopeless(e)) {
                return saveOneByOne(batch);
            }
            return failed(e);
        }
    }

    /** A change that can never be written must not keep all others from it. */
    private @Nullable Problem saveOneByOne(List<Change> batch) {
        for (Change change : batch) {
            try {
                write(List.of(change));
            } catch (SQLException | IOException | RuntimeException e) {
                if (!Failures.isOurs(e)) {
                    return failed(e);
                }
                LOG.error("A change of the history was given up", e);
                forget(1);
                change.dropped();
            }
        }
        return null;
    }

    private static boolean isHopeless(Exception e) {
        return Failures.isOurs(e) || Failures.isDamageToTheWriter(e);
    }

    private void write(List<Change> batch) throws SQLException, IOException {
        open().atomically(all -> {
            for (Change change : batch) {
                change.apply(all);
            }
        });
        done(batch);
    }

    private Problem failed(Exception e) {
        Problem problem = Failures.problem(e, file.path());
        LOG.warn("The history cannot be written: {}", problem, e);
        closeFile();
        return problem;
    }

    private @Nullable Problem recover() {
        closeFile();
        try {
            if (!file.isNewer()) {
                Recovery recovery = listener.recover();
                LOG.warn("The history was damaged; recovered: {} turns", recovery.turns());
                Change first = listener.recovered(recovery);
                recoveredJustNow = true;
                lock.lock();
                try {
                    waiting.addFirst(first);
                    submitted++;
                } finally {
                    lock.unlock();
                }
            }
            lock.lock();
            try {
                damaged = false;
            } finally {
                lock.unlock();
            }
            return null;
        } catch (SQLException | IOException | RuntimeException e) {
            return failed(e);
        }
    }

    private void deleteAllIfAsked() {
        @Nullable CompletableFuture<@Nullable Void> asked;
        List<Change> given = List.of();
        lock.lock();
        try {
            asked = deletion;
            deletion = null;
            if (asked != null) {
                given = List.copyOf(waiting);
                written += given.size();
                waiting.clear();
                // So that there is a file again.
                waiting.add(empty -> {});
                submitted++;
                damaged = false;
            }
        } finally {
            lock.unlock();
        }
        if (asked == null) {
            return;
        }
        given.forEach(Change::dropped);
        closeFile();
        try {
            file.deleteAll();
            asked.complete(null);
        } catch (IOException e) {
            asked.completeExceptionally(e);
        }
    }

    /** While somebody reads, the log cannot be emptied: then later. */
    private void erase() {
        Sql open = sql;
        if (eraseNanos > System.nanoTime()) {
            return;
        }
        try {
            if (erasing && open != null) {
                // Not to wait for readers: it is tried again soon enough.
                open.script("PRAGMA busy_timeout = 0");
                erasing = open.first(row -> row.getBoolean(1), "PRAGMA wal_checkpoint(TRUNCATE)")
                        .orElse(true);
                open.script("PRAGMA busy_timeout = " + HistoryFile.BUSY_MILLIS);
            }
            if (erasingCopies) {
                file.deleteCopies();
                erasingCopies = false;
            }
        } catch (SQLException | IOException e) {
            LOG.warn("What was deleted may still lie beside the history", e);
        }
        eraseNanos = System.nanoTime() + (erasing || erasingCopies ? TRY_AGAIN : Duration.ZERO).toNanos();
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
        listener.became(now);
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
