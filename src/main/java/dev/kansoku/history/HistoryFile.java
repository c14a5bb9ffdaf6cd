package dev.kansoku.history;

import dev.kansoku.settings.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.sqlite.SQLiteConfig;

/** The file of the history, and the ways into it. */
final class HistoryFile {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int BUSY_MILLIS = 1000;

    /** Of each connection. In KiB, as SQLite wants it. */
    private static final int CACHE_KIB = 4096;

    private final Path path;

    HistoryFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * To write. Makes the file where it is missing and brings it to the version of this program; before that an older one
     * is copied to {@code <name>.v<version>-<yyyyMMdd-HHmmss>}.
     *
     * @throws NewerVersionException if a newer program wrote it
     */
    Sql openToWrite() throws SQLException, IOException {
        if (Files.notExists(path)) {
            PrivateFiles.write(path, new byte[0]);
        }
        var sql = open(false);
        try {
            // For tables that are made: this cannot be changed later.
            sql.script("PRAGMA journal_mode = WAL");
            upgrade(sql);
            return sql;
        } catch (SQLException | RuntimeException e) {
            sql.close();
            throw e;
        }
    }

    /** To read; the file must be there. */
    Sql openToRead() throws SQLException {
        return open(true);
    }

    private Sql open(boolean readOnly) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-CACHE_KIB);
        config.enforceForeignKeys(true);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        return new Sql(config.createConnection("jdbc:sqlite:" + path));
    }

    private void upgrade(Sql sql) throws SQLException {
        int version = version(sql);
        if (version > Schema.latest()) {
            throw new NewerVersionException();
        }
        if (version > 0 && version < Schema.latest()) {
            sql.run("VACUUM INTO ?", copyOf(version).toString());
        }
        for (int from = version; from < Schema.latest(); from++) {
            int step = from;
            sql.atomically(changing -> {
                changing.script(Schema.step(step));
                changing.script("PRAGMA user_version = " + (step + 1));
            });
        }
    }

    static int version(Sql sql) throws SQLException {
        return sql.first(row -> row.getInt(1), "PRAGMA user_version").orElseThrow();
    }

    private Path copyOf(int version) {
        return path.resolveSibling(path.getFileName() + ".v" + version + "-" + timestamp());
    }

    static String timestamp() {
        return TIMESTAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
    }

    /** The file was written by a newer version of the program. */
    static final class NewerVersionException extends SQLException {

        private static final long serialVersionUID = 1L;

        private NewerVersionException() {
            super("the file is of a newer version");
        }
    }
}
