package dev.kansoku.history;

import dev.kansoku.history.SearchHit.Kind;
import java.sql.SQLException;
import java.util.List;

/**
 * The full-text index: one row for each text that can be found. Its id tells of which turn or conversation, and what it
 * is; as ids of turns are times, the newest are the highest.
 */
final class SearchIndex {

    /**
     * Without the texts, which stand in the tables already: what is taken out is told with its text. With secure-delete
     * nothing of it stays behind. All folding is done before ({@link FoldedText}), so that what is found and what is marked
     * in a text cannot differ; beginnings of one to three characters have an index of their own, because there are too many
     * words that begin so.
     */
    static final String TABLE = """
            CREATE VIRTUAL TABLE search USING fts5 (words, content='', columnsize=0, prefix='1 2 3', tokenize='ascii');
            INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
            """;

    private SearchIndex() {}

    static void add(Sql sql, Kind kind, long id, String text, List<String> marks) throws SQLException {
        if (!text.isBlank()) {
            sql.run("INSERT INTO search (rowid, words) VALUES (?, ?)", kind.row(id), words(text, marks));
        }
    }

    /** Takes out what was added with the same text and marks. */
    static void remove(Sql sql, Kind kind, long id, String text, List<String> marks) throws SQLException {
        if (!text.isBlank()) {
            sql.run(
                    "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)",
                    kind.row(id),
                    words(text, marks));
        }
    }

    /**
     * The rows that have all of it, the newest first.
     *
     * @param match what FTS5 is to look for
     * @param from the lowest row
     * @param below a row above all of them
     */
    static List<Long> find(Sql sql, String match, long from, long below, int most) throws SQLException {
        return sql.list(
                row -> row.getLong(1),
                "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
                match,
                from,
                below,
                most);
    }

    private static String words(String text, List<String> marks) {
        // As the text is stored: only then does what is taken out equal what was added.
        return String.join(" ", marks) + " " + FoldedText.tokens(Sql.wellFormed(text));
    }
}
