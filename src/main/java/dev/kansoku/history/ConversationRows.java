package dev.kansoku.history;

import dev.kansoku.chat.Conversation;
import dev.kansoku.history.SearchHit.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The table of conversations. */
final class ConversationRows {

    /** What {@link #summary} reads. */
    static final String SUMMARY = "c.uuid, c.title, c.active_at, c.pinned, c.deleted_at";

    static final int SUMMARY_COLUMNS = 5;

    private ConversationRows() {}

    static ConversationSummary summary(ResultSet row) throws SQLException {
        long deletedAt = row.getLong(5);
        return new ConversationSummary(
                Sql.uuid(row.getBytes(1)),
                row.getString(2),
                Sql.instant(row.getLong(3)),
                row.getBoolean(4),
                // NULL reads as 0.
                deletedAt == 0 ? null : Sql.instant(deletedAt));
    }

    /** Returns its id in the table; one that is there already stays as it is. */
    static long add(Sql sql, Conversation conversation, String title) throws SQLException {
        sql.run(
                "INSERT INTO conversations (id, uuid, title, created_at, active_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (uuid) DO NOTHING",
                free(sql, "conversations", conversation.createdAt().getEpochSecond()),
                conversation.id(),
                title,
                conversation.createdAt(),
                conversation.createdAt());
        return id(sql, conversation.id()).orElseThrow();
    }

    /** One out of an archive; whether it was not there yet. One that is there stays as it is. */
    static boolean add(Sql sql, ArchivedConversation conversation) throws SQLException {
        long id = free(sql, "conversations", conversation.createdAt().getEpochSecond());
        int added = sql.run(
                "INSERT INTO conversations (id, uuid, title, renamed, created_at, active_at, pinned, deleted_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (uuid) DO NOTHING",
                id,
                conversation.id(),
                conversation.title(),
                conversation.renamed(),
                conversation.createdAt(),
                conversation.activeAt(),
                conversation.pinned(),
                conversation.deletedAt());
        if (added == 1 && conversation.renamed()) {
            SearchIndex.add(sql, Kind.TITLE, id, conversation.title(), List.of());
        }
        return added == 1;
    }

    /** Those of them that are there, the first begun first. */
    static List<UUID> sorted(Sql sql, Set<UUID> conversations) throws SQLException {
        var sorted = new ArrayList<UUID>();
        sql.each(
                row -> {
                    UUID id = Sql.uuid(row.getBytes(1));
                    if (conversations.contains(id)) {
                        sorted.add(id);
                    }
                },
                "SELECT uuid FROM conversations ORDER BY created_at, uuid");
        return sorted;
    }

    static Optional<Long> id(Sql sql, UUID conversation) throws SQLException {
        return sql.first(row -> row.getLong(1), "SELECT id FROM conversations WHERE uuid = ?", conversation);
    }

    /** This number, or the next one that no row has. */
    static long free(Sql sql, String table, long from) throws SQLException {
        long id = from;
        while (sql.first(row -> row.getLong(1), "SELECT 1 FROM " + table + " WHERE id = ?", id)
                .isPresent()) {
            id++;
        }
        return id;
    }

    static void active(Sql sql, long conversation, Instant at) throws SQLException {
        sql.run("UPDATE conversations SET active_at = max(active_at, ?) WHERE id = ?", at, conversation);
    }

    /** Only a title that the user gave can be found: any other stands in the first prompt. */
    static void rename(Sql sql, UUID conversation, String title) throws SQLException {
        Optional<Long> id = id(sql, conversation);
        if (id.isEmpty()) {
            return;
        }
        unindexTitle(sql, id.get());
        sql.run("UPDATE conversations SET title = ?, renamed = 1 WHERE id = ?", title, id.get());
        SearchIndex.add(sql, Kind.TITLE, id.get(), title, List.of());
    }

    /** Makes titles findable in an index that knows none. */
    static void indexTitles(Sql sql) throws SQLException {
        record Title(long id, String text) {}
        for (Title title : sql.list(
                row -> new Title(row.getLong(1), row.getString(2)),
                "SELECT id, title FROM conversations WHERE renamed = 1")) {
            SearchIndex.add(sql, Kind.TITLE, title.id, title.text, List.of());
        }
    }

    private static void unindexTitle(Sql sql, long id) throws SQLException {
        Optional<String> before =
                sql.first(row -> row.getString(1), "SELECT title FROM conversations WHERE id = ? AND renamed = 1", id);
        if (before.isPresent()) {
            SearchIndex.remove(sql, Kind.TITLE, id, before.get(), List.of());
        }
    }

    static void pin(Sql sql, UUID conversation, boolean pinned) throws SQLException {
        sql.run("UPDATE conversations SET pinned = ? WHERE uuid = ?", pinned, conversation);
    }

    static void trash(Sql sql, UUID conversation, Instant at) throws SQLException {
        sql.run("UPDATE conversations SET deleted_at = ? WHERE uuid = ? AND deleted_at IS NULL", at, conversation);
    }

    static void restore(Sql sql, UUID conversation) throws SQLException {
        sql.run("UPDATE conversations SET deleted_at = NULL WHERE uuid = ? AND deleted_at > 0", conversation);
    }

    /** It is about to be deleted for good: from now on it is nowhere, and if that takes longer, the next start goes on. */
    static void doom(Sql sql, UUID conversation) throws SQLException {
        sql.run("UPDATE conversations SET deleted_at = 0 WHERE uuid = ?", conversation);
    }

    static List<UUID> doomed(Sql sql) throws SQLException {
        return sql.list(row -> Sql.uuid(row.getBytes(1)), "SELECT uuid FROM conversations WHERE deleted_at = 0");
    }

    static List<UUID> trashedBefore(Sql sql, Instant time) throws SQLException {
        return sql.list(
                row -> Sql.uuid(row.getBytes(1)),
                "SELECT uuid FROM conversations WHERE deleted_at > 0 AND deleted_at <= ?",
                time);
    }

    /**
     * Really deletes a conversation, or as many of its turns as can be deleted in a moment.
     *
     * @return whether it is gone
     */
    static boolean purge(Sql sql, UUID conversation) throws SQLException {
        Optional<Long> id = id(sql, conversation);
        if (id.isEmpty()) {
            return true;
        }
        if (!TurnRows.purgeSome(sql, id.get())) {
            return false;
        }
        unindexTitle(sql, id.get());
        sql.run("DELETE FROM conversations WHERE id = ?", id.get());
        return true;
    }
}
