package dev.kansoku.history;

import dev.kansoku.history.HistoryState.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What it means that the file cannot be read or written. */
final class Failures {

    /** With less room than this, in bytes, SQLite's "disk I/O error" is one of a full disk. */
    private static final long NO_ROOM = 64 << 10;

    private Failures() {}

    /** The plain code of SQLite, without what extended ones add; {@code SQLITE_OK} if it is no error of SQLite's. */
    private static SQLiteErrorCode code(Exception e) {
        return e instanceof SQLiteException sqlite
                ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)
                : SQLiteErrorCode.SQLITE_OK;
    }

    /** Whether the file is not what SQLite wrote. */
    static boolean isDamage(Exception e) {
        return e instanceof SQLiteException sqlite
                && switch (code(sqlite)) {
                    case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
                    case SQLITE_IOERR -> sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS;
                    case SQLITE_ERROR -> message(sqlite).contains("malformed");
                    default -> false;
                };
    }

    /** The same, or the file is not what we wrote. A reader may find it so while it is being made. */
    static boolean isDamageToTheWriter(Exception e) {
        return isDamage(e)
                || e instanceof HistoryFile.DamagedException
                || (code(e) == SQLiteErrorCode.SQLITE_ERROR && message(e).contains("no such table"));
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }

    static boolean isFolderReadOnly(Exception e) {
        return code(e) == SQLiteErrorCode.SQLITE_CANTOPEN || code(e) == SQLiteErrorCode.SQLITE_READONLY;
    }

    /** Whether it is a fault of what was to be written: it would fail again, on any disk. */
    static boolean isOurs(Exception e) {
        if (e instanceof RuntimeException) {
            return true;
        }
        return switch (code(e)) {
            case SQLITE_ERROR, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE, SQLITE_MISUSE -> true;
            case SQLITE_OK -> e instanceof SQLException && !(e instanceof HistoryFile.UnfitException);
            default -> false;
        };
    }

    static Problem problem(Exception e, Path file) {
        return switch (code(e)) {
            case SQLITE_FULL -> Problem.DISK_FULL;
            case SQLITE_READONLY, SQLITE_PERM -> Problem.READ_ONLY;
            case SQLITE_CANTOPEN -> Files.isRegularFile(file) ? byTheDisk(Problem.READ_ONLY, file) : Problem.UNUSABLE;
            case SQLITE_BUSY, SQLITE_LOCKED -> Problem.LOCKED;
            case SQLITE_OK -> ofOthers(e, file);
            default -> byTheDisk(Problem.UNUSABLE, file);
        };
    }

    private static Problem ofOthers(Exception e, Path file) {
        return switch (e) {
            case HistoryFile.NewerVersionException _ -> Problem.NEWER_VERSION;
            case AccessDeniedException _ -> Problem.READ_ONLY;
            case ReadOnlyFileSystemException _ -> Problem.READ_ONLY;
            case IOException _ -> byTheDisk(Problem.UNUSABLE, file);
            default -> Problem.UNUSABLE;
        };
    }

    private static Problem byTheDisk(Problem otherwise, Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                return otherwise;
            }
            FileStore disk = Files.getFileStore(folder);
            if (disk.isReadOnly()) {
                return Problem.READ_ONLY;
            }
            return disk.getUsableSpace() < NO_ROOM ? Problem.DISK_FULL : otherwise;
        } catch (IOException e) {
            return otherwise;
        }
    }
}
