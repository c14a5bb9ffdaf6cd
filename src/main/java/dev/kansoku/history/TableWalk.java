package dev.kansoku.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteException;

/**
 * Reads a table of a damaged file by its key, which is positive: upwards as far as that goes, then from the other end down,
 * and between the two from the next key on that can be read.
 *
 * @param <T> what becomes of a row
 */
final class TableWalk<T> {

    private static final int AT_ONCE = 200;

    /** Takes rows, in no certain order. */
    interface Taker<T> {
        void take(List<T> rows) throws SQLException;
    }

    /**
     * What one query has brought.
     *
     * @param last the key read last; where it began if there is none
     * @param broken whether it could not be read to its end
     */
    private record Page<T>(List<T> rows, long last, int count, boolean broken) {}

    private final Sql sql;
    private final String select;
    private final String key;
    private final Sql.Row<T> reading;
    private final Taker<T> taker;

    /**
     * @param columns after the key, which is the first one
     * @param reading of what it throws the row is skipped
     */
    TableWalk(Sql sql, String table, String key, String columns, Sql.Row<T> reading, Taker<T> taker) {
        this.sql = sql;
        this.select =
                "SELECT " + key + ", " + columns + " FROM " + table + " WHERE " + key + " > ? AND " + key + " < ?";
        this.key = key;
        this.reading = reading;
        this.taker = taker;
    }

    /** @throws SQLException of the taker alone */
    void run() throws SQLException {
        long after = 0;
        long before = Long.MAX_VALUE;
        while (true) {
            Page<T> up = page(after, before, "ASC", AT_ONCE);
            taker.take(up.rows);
            after = up.last;
            if (up.broken) {
                before = down(after, before);
                long next = nextReadable(after, before);
                if (next < 0) {
                    return;
                }
                after = next - 1;
            } else if (up.count < AT_ONCE) {
                return;
            }
        }
    }

    /** Returns the lowest key that it could read. */
    private long down(long after, long before) throws SQLException {
        long lowest = before;
        while (true) {
            Page<T> page = page(after, lowest, "DESC", AT_ONCE);
            taker.take(page.rows);
            lowest = page.last;
            if (page.broken || page.count < AT_ONCE) {
                return lowest;
            }
        }
    }

    private Page<T> page(long after, long before, String order, int most) {
        boolean up = order.equals("ASC");
        var rows = new ArrayList<T>();
        long[] last = {up ? after : before};
        int[] count = {0};
        boolean broken = false;
        try {
            sql.each(
                    row -> {
                        long at = row.getLong(1);
                        if (up ? at <= last[0] : at >= last[0]) {
                            throw new SQLException("keys in disorder");
                        }
                        read(row, rows);
                        last[0] = at;
                        count[0]++;
                    },
                    select + " ORDER BY " + key + " " + order + " LIMIT ?",
                    after,
                    before,
                    most);
        } catch (SQLException e) {
            broken = true;
        }
        return new Page<>(rows, last[0], count[0], broken);
    }

    private void read(ResultSet row, List<T> rows) throws SQLException {
        try {
            rows.add(reading.read(row));
        } catch (SQLiteException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            // It can be read, but makes no sense.
        }
    }

    /** The first key from which on something can be read, or after which there is nothing; -1 if there is no such key. */
    private long nextReadable(long after, long before) {
        long broken = after;
        long readable = -1;
        for (long step = 1; step > 0 && after + step > after && after + step < before; step *= 2) {
            if (isReadable(after + step, before)) {
                readable = after + step;
                break;
            }
            broken = after + step;
        }
        if (readable < 0) {
            return -1;
        }
        while (readable - broken > 1) {
            long middle = broken + (readable - broken) / 2;
            if (isReadable(middle, before)) {
                readable = middle;
            } else {
                broken = middle;
            }
        }
        return readable;
    }

    private boolean isReadable(long from, long before) {
        return !page(from - 1, before, "ASC", 1).broken;
    }
}
