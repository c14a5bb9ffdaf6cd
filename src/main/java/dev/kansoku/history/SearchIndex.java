package dev.kansoku.history;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * The full-text index: one row for each text that can be found. Its id tells of which turn or conversation, and what it
 * is; as ids of turns are times, the newest are the highest.
 */
final class SearchIndex {

    /** What was found; its number is part of the index. */
    enum Kind {
        PROMPT(0),
        ANSWER(1),
        TITLE(2),
        THINKING(3);

        private static final int BITS = 2;

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        long row(long id) {
            return (id << BITS) | number;
        }

        static Kind of(long row) {
            long number = row & ((1 << BITS) - 1);
            return Arrays.stream(values())
                    .filter(kind -> kind.number == number)
                    .findFirst()
                    .orElseThrow();
        }

        static long id(long row) {
            return row >> BITS;
        }
    }

    /**
     * Without the texts, which stand in the tables already: what is taken out is told with its text. With secure-delete
     * nothing of it stays behind.
     */
    static final String TABLE = """
            CREATE VIRTUAL TABLE search USING fts5 (words, content='', tokenize="unicode61 remove_diacritics 2");
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

    private static String words(String text, List<String> marks) {
        return String.join(" ", marks) + " " + SearchText.words(text);
    }
}
