package dev.kansoku.history;

import dev.kansoku.history.SearchHit.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers a query: looks into the index, then reads the texts of what it names. */
final class SearchHits {

    private static final int PROMPT = ConversationRows.SUMMARY_COLUMNS + 1;

    private static final String OF_TURN = "SELECT " + ConversationRows.SUMMARY
            + ", t.uuid, t.model, t.created_at, t.prompt, t.attachments, t.answer, t.thinking, m.demo"
            + " FROM turns t LEFT JOIN measurements m ON m.turn = t.id JOIN conversations c ON c.id = t.conversation"
            + " WHERE t.id = ? AND c.deleted_at IS NULL";

    private static final String OF_TITLE = "SELECT " + ConversationRows.SUMMARY
            + ", c.created_at FROM conversations c WHERE c.id = ? AND c.deleted_at IS NULL";

    private SearchHits() {}

    /** The newest first; nothing for a query that asks for nothing. */
    static List<SearchHit> of(Sql sql, SearchQuery query, int most) throws SQLException {
        Optional<SearchWords> words = SearchWords.of(query.text());
        String match = match(words, query);
        var hits = new ArrayList<SearchHit>();
        if ((match.isEmpty() && query.since() == null)
                || (words.isEmpty() && !query.text().isBlank())) {
            return hits;
        }
        long from = query.since() == null ? 0 : Kind.PROMPT.row(query.since().getEpochSecond());
        long below = Long.MAX_VALUE;
        // What lies in the trash is in the index still.
        while (hits.size() < most) {
            List<Long> rows = match.isEmpty()
                    ? prompts(sql, Kind.id(from), Kind.id(below), most)
                    : SearchIndex.find(sql, match, from, below, most);
            for (long row : rows) {
                hit(sql, row, words).ifPresent(hits::add);
                below = row;
            }
            if (rows.size() < most) {
                break;
            }
        }
        return List.copyOf(hits.subList(0, Math.min(most, hits.size())));
    }

    /** Of all turns that were sent in a time. */
    private static List<Long> prompts(Sql sql, long from, long below, int most) throws SQLException {
        return sql.list(
                row -> Kind.PROMPT.row(row.getLong(1)),
                "SELECT id FROM turns WHERE id >= ? AND id < ? AND indexed = 1 ORDER BY id DESC LIMIT ?",
                from,
                below,
                most);
    }

    private static String match(Optional<SearchWords> words, SearchQuery query) {
        return Stream.concat(
                        words.stream().map(SearchWords::match),
                        SearchMarks.of(query).stream().map(mark -> '"' + mark + '"'))
                .collect(Collectors.joining(" AND "));
    }

    private static Optional<SearchHit> hit(Sql sql, long row, Optional<SearchWords> words) throws SQLException {
        Kind kind = Kind.of(row);
        return kind == Kind.TITLE
                ? sql.first(
                        found -> {
                            ConversationSummary conversation = ConversationRows.summary(found);
                            return new SearchHit(
                                    conversation,
                                    null,
                                    kind,
                                    null,
                                    false,
                                    Sql.instant(found.getLong(PROMPT)),
                                    snippet(conversation.title(), words));
                        },
                        OF_TITLE,
                        Kind.id(row))
                : sql.first(
                        found -> new SearchHit(
                                ConversationRows.summary(found),
                                Sql.uuid(found.getBytes(PROMPT)),
                                kind,
                                found.getString(PROMPT + 1),
                                found.getBoolean(PROMPT + 7),
                                Sql.instant(found.getLong(PROMPT + 2)),
                                snippet(
                                        switch (kind) {
                                            case ANSWER -> found.getString(PROMPT + 5);
                                            case THINKING -> found.getString(PROMPT + 6);
                                            case PROMPT, TITLE ->
                                                TurnRows.prompt(
                                                                found.getString(PROMPT + 3),
                                                                found.getString(PROMPT + 4))
                                                        .content();
                                        },
                                        words)),
                        OF_TURN,
                        Kind.id(row));
    }

    private static Snippet snippet(String text, Optional<SearchWords> words) {
        return Snippet.of(text, words.map(all -> Hits.of(all, text)).orElse(List.of()));
    }
}
