package dev.kansoku.history;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.kansoku.chat.KeptTurn;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Writes conversations as JSON, a turn a line. It holds one turn at a time, and the ids of one conversation. */
final class ArchiveWriter implements Closeable {

    static final String FORMAT = "kansoku-conversations";
    static final int VERSION = 1;

    private static final int TELL_EVERY = 100;

    private final JsonGenerator json;
    private final LongConsumer progress;
    private int conversations;
    private long turns;

    ArchiveWriter(OutputStream out, LongConsumer progress) throws IOException {
        this.progress = progress;
        json = Json.MAPPER
                .getFactory()
                .createGenerator(out, JsonEncoding.UTF8)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        var lines = new DefaultIndenter(" ", "\n");
        var printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(lines);
        printer.indentArraysWith(lines);
        json.setPrettyPrinter(printer);
    }

    ArchiveSize write(Sql sql, Set<UUID> wanted) throws SQLException, IOException {
        json.writeStartObject();
        json.writeStringField("format", FORMAT);
        json.writeNumberField("version", VERSION);
        json.writeArrayFieldStart("conversations");
        for (UUID id : ConversationRows.sorted(sql, wanted)) {
            conversation(sql, id);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        return new ArchiveSize(conversations, turns);
    }

    private record Head(long id, ArchivedConversation conversation) {

        private static Head read(ResultSet row) throws SQLException {
            long deletedAt = row.getLong(8);
            boolean isDeleted = !row.wasNull();
            return new Head(
                    row.getLong(1),
                    new ArchivedConversation(
                            Sql.uuid(row.getBytes(2)),
                            row.getString(3),
                            row.getBoolean(4),
                            Sql.instant(row.getLong(5)),
                            Sql.instant(row.getLong(6)),
                            row.getBoolean(7),
                            isDeleted ? Sql.instant(deletedAt) : null));
        }
    }

    private void conversation(Sql sql, UUID id) throws SQLException, IOException {
        Optional<Head> head = sql.first(
                Head::read,
                "SELECT id, uuid, title, renamed, created_at, active_at, pinned, deleted_at FROM conversations"
                        + " WHERE uuid = ?",
                id);
        if (head.isEmpty()) {
            return;
        }
        ArchivedConversation conversation = head.get().conversation;
        json.writeStartObject();
        json.writeStringField("id", conversation.id().toString());
        json.writeStringField("title", conversation.title());
        json.writeBooleanField("renamed", conversation.renamed());
        json.writeStringField("createdAt", conversation.createdAt().toString());
        json.writeStringField("activeAt", conversation.activeAt().toString());
        json.writeBooleanField("pinned", conversation.pinned());
        if (conversation.deletedAt() != null) {
            json.writeStringField("deletedAt", conversation.deletedAt().toString());
        }
        json.writeArrayFieldStart("turns");
        turns(sql, head.get().id);
        json.writeEndArray();
        json.writeEndObject();
        conversations++;
        progress.accept(turns);
    }

    private void turns(Sql sql, long conversation) throws SQLException, IOException {
        var chosen = new HashSet<Optional<UUID>>();
        var reading = new ConversationTurns(sql);
        try {
            sql.each(row -> turn(reading, row, chosen), ConversationTurns.SELECT, conversation);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** One at most of all branches is chosen, whatever a clock that was set back has done to the order. */
    private void turn(ConversationTurns reading, ResultSet row, Set<Optional<UUID>> chosen) throws SQLException {
        KeptTurn turn = reading.next(row);
        boolean isChosen = turn.chosen() && chosen.add(Optional.ofNullable(turn.parent()));
        @Nullable
        KeptMeasurement measurement = Json.read(row.getString(ConversationTurns.FIGURES), KeptMeasurement.class);
        try {
            json.writeRawValue(Json.MAPPER.writeValueAsString(ArchivedTurn.of(turn, isChosen, measurement)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        turns++;
        if (turns % TELL_EVERY == 0) {
            progress.accept(turns);
        }
    }

    /** Leaves the stream open. */
    @Override
    public void close() throws IOException {
        json.close();
    }
}
