package dev.kansoku.history;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * One connection and its statements, each of which is prepared once. Values may be texts, numbers, booleans, byte
 * arrays, {@link UUID} (stored in 16 bytes), {@link Instant} (stored in microseconds since 1970) or {@code null}. A text
 * that is not Unicode is stored with U+FFFD for each half of a character, so its length stays what it was. For one
 * thread at a time.
 */
final class Sql implements AutoCloseable {

    /** Reads one row; columns count from 1. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Hears of one row. */
    interface Visit {
        void row(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private boolean snapshot;

    Sql(Connection connection) {
        this.connection = connection;
    }

    Sql asSnapshot() {
        snapshot = true;
        return this;
    }

    /** Whether it does not see, and must not meet, changes that are made while it is open. */
    boolean isSnapshot() {
        return snapshot;
    }

    Connection connection() {
        return connection;
    }

    /** Several statements without values. */
    void script(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(statements);
        }
    }

    /** Returns how many rows were changed. */
    int run(String sql, @Nullable Object... values) throws SQLException {
        return statement(sql, values).executeUpdate();
    }

    void each(Visit visit, String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet result = statement(sql, values).executeQuery()) {
            while (result.next()) {
                visit.row(result);
            }
        }
    }

    <T> List<T> list(Row<T> reading, String sql, @Nullable Object... values) throws SQLException {
        var rows = new ArrayList<T>();
        each(row -> rows.add(reading.read(row)), sql, values);
        return rows;
    }

    <T> Optional<T> first(Row<T> reading, String sql, @Nullable Object... values) throws SQLException {
        try (ResultSet result = statement(sql, values).executeQuery()) {
            return result.next() ? Optional.of(reading.read(result)) : Optional.empty();
        }
    }

    private PreparedStatement statement(String sql, @Nullable Object... values) throws SQLException {
        @Nullable PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, stored(values[i]));
        }
        return statement;
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return switch (value) {
            case UUID id ->
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
            case Instant instant -> micros(instant);
            case Boolean flag -> flag ? 1 : 0;
            case String text -> wellFormed(text);
            case null, default -> value;
        };
    }

    /** SQLite keeps UTF-8, which has no halves of a surrogate pair: the driver would write question marks. */
    static String wellFormed(String text) {
        @Nullable StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (text.codePointAt(i) <= Character.MAX_VALUE) {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, '\uFFFD');
            } else {
                i++;
            }
        }
        return mended == null ? text : mended.toString();
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static UUID uuid(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Ends the statement that runs, if there is one, with an error; from any thread. */
    void interrupt() throws SQLException {
        connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
    }

    /** Does all of it or nothing. */
    void atomically(Change change) throws SQLException {
        run("BEGIN IMMEDIATE");
        try {
            change.apply(this);
            run("COMMIT");
        } catch (SQLException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
    }

    /** After some errors SQLite has done so by itself, and says that there is nothing to roll back. */
    private void rollBack(Throwable because) {
        try {
            script("ROLLBACK");
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
