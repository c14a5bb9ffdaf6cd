package dev.kansoku.history;

import java.sql.SQLException;

/** What stands in the full-text index, which keeps no list of its rows. */
final class IndexedTexts {

    private IndexedTexts() {}

    /** How many texts can be found. */
    static int count(Sql sql) throws SQLException {
        sql.script("CREATE VIRTUAL TABLE temp.indexed USING fts5vocab (main, search, instance)");
        try {
            return sql.first(row -> row.getInt(1), "SELECT count(DISTINCT doc) FROM temp.indexed")
                    .orElseThrow();
        } finally {
            sql.script("DROP TABLE temp.indexed");
        }
    }
}
