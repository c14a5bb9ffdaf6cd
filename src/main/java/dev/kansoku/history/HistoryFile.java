package dev.kansoku.history;

import dev.kansoku.settings.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/** The file of the history, what lies beside it, and the ways into it. */
class HistoryFile {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    static final int BUSY_MILLIS = 1000;

    /** Of each connection. In KiB, as SQLite wants it. */
    private static final int CACHE_KIB = 4096;

    private static final String LOG = "-wal";
    private static final String INDEX_OF_LOG = "-shm";

    /** What comes after its name in those of copies and damaged files, finished or not. */
    private static final Pattern COPY = Pattern.compile("\\.(v\\d+-|damaged-|copying|recovering|recovered).*");

    private final Path path;
    private final Schema schema;
    private final Set<HistoryReader> readers = ConcurrentHashMap.newKeySet();

    /** Held to read, and alone to put another file in its place. */
    private final ReadWriteLock place = new ReentrantReadWriteLock();

    /** Of the writer alone. */
    private @Nullable UpgradeException failedUpgrade;

    HistoryFile(Path path) {
        this(path, Schema.CURRENT);
    }

    HistoryFile(Path path, Schema schema) {
        this.path = path;
        this.schema = schema;
    }

    Path path() {
        return path;
    }

    private Path beside(String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    /**
     * To write. Makes the file where it is missing and brings it to the version of this program; before that an older one
     * is copied to {@code <name>.v<version>-<yyyyMMdd-HHmmss>}.
     *
     * @throws UnfitException if that cannot be done
     */
    Sql openToWrite() throws SQLException, IOException {
        if (failedUpgrade != null) {
            throw failedUpgrade;
        }
        if (Files.notExists(path)) {
            if (Files.exists(beside(".recovered"))) {
                putInPlace(beside(".recovered"));
            } else {
                PrivateFiles.write(path, new byte[0]);
            }
        }
        var sql = open(path.toString(), false);
        try {
            bringUpToDate(sql);
            return sql;
        } catch (SQLException | IOException | RuntimeException e) {
            sql.close();
            throw e;
        }
    }

    /** To read; the file must be there. */
    Sql openToRead() throws SQLException {
        try {
            return openAndLook();
        } catch (SQLiteException e) {
            // SQLite needs two files beside this one to read it, and cannot make them in a folder that is read-only. A
            // log
            // that is there may hold what is not yet in the file: then this is no way.
            if (Failures.isFolderReadOnly(e) && Files.notExists(beside(LOG))) {
                return open(path.toUri() + "?immutable=1", true).asSnapshot();
            }
            throw e;
        }
    }

    private Sql openAndLook() throws SQLException {
        Sql sql = open(path.toString(), true);
        try {
            version(sql);
            return sql;
        } catch (SQLException e) {
            sql.close();
            throw e;
        }
    }

    private static Sql open(String name, boolean readOnly) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        config.enforceForeignKeys(true);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return new Sql(config.createConnection("jdbc:sqlite:" + name));
    }

    private void bringUpToDate(Sql sql) throws SQLException, IOException {
        int version = version(sql);
        if (version > schema.latest()) {
            throw new NewerVersionException();
        }
        boolean empty = sql.first(row -> row.getInt(1), "SELECT count(*) FROM sqlite_schema")
                .filter(count -> count == 0)
                .isPresent();
        if (empty != (version == 0)) {
            throw new DamagedException();
        }
        // For tables that are made: this cannot be changed later.
        sql.script("PRAGMA journal_mode = WAL");
        if (version < schema.latest()) {
            upgrade(sql, version);
        }
    }

    private void upgrade(Sql sql, int version) throws SQLException, IOException {
        @Nullable Path copy = version == 0 ? null : copy(sql, version);
        try {
            for (int from = version; from < schema.latest(); from++) {
                int step = from;
                sql.atomically(changing -> {
                    changing.script(schema.step(step));
                    changing.script("PRAGMA user_version = " + (step + 1));
                });
            }
        } catch (SQLException e) {
            if (copy != null && version(sql) == version) {
                Files.deleteIfExists(copy);
            }
            if (Failures.isOurs(e)) {
                failedUpgrade = new UpgradeException(e);
                throw failedUpgrade;
            }
            throw e;
        }
    }

    /** It has its name only when it is whole. */
    private Path copy(Sql sql, int version) throws SQLException, IOException {
        Path unfinished = beside(".copying");
        PrivateFiles.write(unfinished, new byte[0]);
        sql.run("VACUUM INTO ?", unfinished.toString());
        force(unfinished);
        return Files.move(unfinished, beside(".v" + version + "-" + timestamp()), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    static int version(Sql sql) throws SQLException {
        return sql.first(row -> row.getInt(1), "PRAGMA user_version").orElseThrow();
    }

    private static String timestamp() {
        return TIMESTAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
    }

    // Readers, who must let the file go before another one takes its place

    ReadWriteLock place() {
        return place;
    }

    void opened(HistoryReader reader) {
        readers.add(reader);
    }

    void closed(HistoryReader reader) {
        readers.remove(reader);
    }

    private interface Swap<T> {
        T run() throws IOException;
    }

    private <T> T alone(Swap<T> swap) throws IOException {
        place.writeLock().lock();
        try {
            List.copyOf(readers).forEach(HistoryReader::close);
            return swap.run();
        } finally {
            place.writeLock().unlock();
        }
    }

    // A damaged file

    /** To read what can be read. It stays as it is. */
    Sql openDamaged() throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        var sql = new Sql(config.createConnection("jdbc:sqlite:" + path));
        // Before anything else: a file that is too short, and entries of the schema that make no sense, are put up
        // with; and
        // cells are looked at before they are used.
        sql.script("PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON");
        return sql;
    }

    boolean isNewer() {
        try (Sql sql = open(path.toString(), true)) {
            return version(sql) > schema.latest();
        } catch (SQLException e) {
            return false;
        }
    }

    /** Where a new file is made of what is left of a damaged one. Nothing is there yet. */
    HistoryFile unfinishedRecovery() throws IOException {
        var unfinished = new HistoryFile(beside(".recovering"), schema);
        unfinished.deleteWithLog();
        return unfinished;
    }

    /**
     * Sets this file aside, with its log, and puts another one in its place, that nobody has open. Wherever the program is
     * killed meanwhile, either this one or the other one is found by the next start.
     *
     * @return where it lies now
     */
    Path replace(HistoryFile by) throws IOException {
        force(by.path);
        return alone(() -> {
            Path whole = beside(".recovered");
            Files.move(by.path, whole, StandardCopyOption.ATOMIC_MOVE);
            Path aside = beside(".damaged-" + timestamp());
            Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            if (Files.exists(beside(LOG))) {
                Files.move(beside(LOG), aside.resolveSibling(aside.getFileName() + LOG));
            }
            putInPlace(whole);
            return aside;
        });
    }

    /** A log that is left of the file before would be taken for one of this file. */
    private void putInPlace(Path whole) throws IOException {
        Files.deleteIfExists(beside(LOG));
        Files.deleteIfExists(beside(INDEX_OF_LOG));
        Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
    }

    // Deletion

    /** Deletes copies that were made before upgrades, and files that were set aside. */
    void deleteCopies() throws IOException {
        delete(copies());
    }

    /** All that can be deleted is, even if one of them cannot. */
    private static void delete(List<Path> files) throws IOException {
        @Nullable IOException first = null;
        for (Path each : files) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private List<Path> copies() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        String name = String.valueOf(path.getFileName());
        var copies = new ArrayList<Path>();
        if (folder == null) {
            return copies;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String other = String.valueOf(file.getFileName());
                if (other.startsWith(name)
                        && COPY.matcher(other.substring(name.length())).matches()) {
                    copies.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Then there are none.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return copies;
    }

    /** Deletes all that there is. Nobody may have it open to write. */
    void deleteAll() throws IOException {
        try {
            alone(() -> {
                deleteWithLog();
                return true;
            });
            failedUpgrade = null;
        } finally {
            deleteCopies();
        }
    }

    private void deleteWithLog() throws IOException {
        delete(List.of(path, beside(LOG), beside(INDEX_OF_LOG)));
    }

    /** The file can be read, but this program cannot write it. */
    abstract static class UnfitException extends SQLException {

        private static final long serialVersionUID = 1L;

        private UnfitException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The file was written by a newer version of the program. */
    static final class NewerVersionException extends UnfitException {

        private static final long serialVersionUID = 1L;

        private NewerVersionException() {
            super("the file is of a newer version", null);
        }
    }

    /** The file has no version, but tables; or a version and no tables. */
    static final class DamagedException extends UnfitException {

        private static final long serialVersionUID = 1L;

        private DamagedException() {
            super("the file is damaged", null);
        }
    }

    /** The file stays at the version it had. It is not tried again in this run of the program. */
    static final class UpgradeException extends UnfitException {

        private static final long serialVersionUID = 1L;

        private UpgradeException(SQLException cause) {
            super("the file cannot be upgraded", cause);
        }
    }
}
