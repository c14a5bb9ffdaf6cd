package dev.kansoku.history;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kansoku.history.ImportException.Kind;
import dev.kansoku.history.ImportException.Place;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive from its beginning to its end, and stops at the first thing that cannot be. It holds one turn at a time,
 * and the ids of all.
 */
final class ArchiveReader {

    private static final JsonMapper MAPPER = Json.MAPPER
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final Set<String> HEAD =
            Set.of("id", "title", "renamed", "createdAt", "activeAt", "pinned", "deletedAt");

    /** Hears of what is read; after a conversation come its turns. */
    interface Visitor {
        void conversation(ArchivedConversation conversation) throws IOException, ImportException;

        void turn(ArchivedTurn turn) throws IOException, ImportException;
    }

    private final JsonParser json;
    private final Visitor visitor;
    private final IdSet conversationIds = new IdSet();
    private final IdSet turnIds = new IdSet();
    private int conversation;
    private int turn;

    private ArchiveReader(JsonParser json, Visitor visitor) {
        this.json = json;
        this.visitor = visitor;
    }

    /**
     * Reads a whole archive.
     *
     * @param in stays open
     * @throws ImportException for anything that is not as it has to be
     * @throws IOException if the file cannot be read, or whatever the visitor throws
     */
    static void read(InputStream in, Visitor visitor) throws IOException, ImportException {
        try (JsonParser json = MAPPER.getFactory().createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
            var reader = new ArchiveReader(json, visitor);
            try {
                reader.file();
            } catch (JacksonException e) {
                throw reader.fault(e);
            } catch (CharConversionException e) {
                throw reader.fault(Kind.NOT_JSON, null);
            }
        }
    }

    private void file() throws IOException, ImportException {
        if (json.nextToken() == null) {
            throw fault(Kind.TRUNCATED, null);
        }
        require(json.currentToken() == JsonToken.START_OBJECT, Kind.NOT_AN_EXPORT, null);
        boolean isOurs = false;
        boolean isVersioned = false;
        boolean isRead = false;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            switch (name) {
                case "format" -> isOurs = ArchiveWriter.FORMAT.equals(json.getText());
                case "version" -> {
                    require(isOurs, Kind.NOT_AN_EXPORT, null);
                    version();
                    isVersioned = true;
                }
                case "conversations" -> {
                    require(isOurs && isVersioned, Kind.NOT_AN_EXPORT, null);
                    conversations();
                    isRead = true;
                }
                default -> json.skipChildren();
            }
        }
        require(isOurs && isVersioned, Kind.NOT_AN_EXPORT, null);
        require(isRead, Kind.MISSING, "conversations");
        require(json.nextToken() == null, Kind.NOT_JSON, null);
    }

    private void version() throws IOException, ImportException {
        require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, Kind.INVALID, "version");
        // Whatever its size.
        int sign = json.getBigIntegerValue().compareTo(BigInteger.valueOf(ArchiveWriter.VERSION));
        require(sign <= 0, Kind.NEWER_VERSION, null);
        require(sign == 0, Kind.INVALID, "version");
    }

    private void conversations() throws IOException, ImportException {
        require(json.currentToken() == JsonToken.START_ARRAY, Kind.INVALID, "conversations");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            conversation++;
            require(json.currentToken() == JsonToken.START_OBJECT, Kind.INVALID, null);
            conversation();
            turn = 0;
        }
        conversation = 0;
    }

    private void conversation() throws IOException, ImportException {
        ObjectNode head = MAPPER.createObjectNode();
        boolean hasTurns = false;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("turns")) {
                head(head);
                turns();
                hasTurns = true;
            } else if (HEAD.contains(name)) {
                // What the turns belong to has to be known before them.
                require(!hasTurns, Kind.INVALID, name);
                head.set(name, MAPPER.readTree(json));
            } else {
                json.skipChildren();
            }
        }
        turn = 0;
        require(hasTurns, Kind.MISSING, "turns");
    }

    private void head(ObjectNode fields) throws IOException, ImportException {
        ArchivedConversation head = MAPPER.treeToValue(fields, ArchivedConversation.class);
        check(head);
        require(conversationIds.add(head.id()), Kind.DUPLICATE, "id");
        visitor.conversation(head);
    }

    private void turns() throws IOException, ImportException {
        require(json.currentToken() == JsonToken.START_ARRAY, Kind.INVALID, "turns");
        var before = new HashSet<UUID>();
        var chosen = new HashSet<Optional<UUID>>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            turn++;
            require(json.currentToken() == JsonToken.START_OBJECT, Kind.INVALID, null);
            ArchivedTurn read = MAPPER.readValue(json, ArchivedTurn.class);
            check(read);
            require(turnIds.add(read.id()), Kind.DUPLICATE, "id");
            require(read.parent() == null || before.contains(read.parent()), Kind.UNKNOWN_PARENT, "parent");
            require(!read.chosen() || chosen.add(Optional.ofNullable(read.parent())), Kind.INVALID, "chosen");
            require(read.state().isOver(), Kind.INVALID, "state");
            require(read.from() >= 0 && read.from() <= read.answer().length(), Kind.INVALID, "continuedFrom");
            before.add(read.id());
            visitor.turn(read);
        }
    }

    private void check(Record read) throws ImportException {
        Completeness.@Nullable Fault fault = Completeness.of(read);
        if (fault != null) {
            throw fault(fault.kind(), fault.field());
        }
    }

    private void require(boolean holds, Kind kind, @Nullable String field) throws ImportException {
        if (!holds) {
            throw fault(kind, field);
        }
    }

    private ImportException fault(Kind kind, @Nullable String field) {
        return new ImportException(
                kind, new Place(conversation, turn, json.currentLocation().getLineNr(), field));
    }

    /** Jackson's own messages quote what they are about, so nothing of them goes on. */
    private ImportException fault(JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonEOFException) {
                return fault(Kind.TRUNCATED, null);
            }
            if (cause instanceof StreamReadException) {
                return fault(Kind.NOT_JSON, null);
            }
        }
        if (!(e instanceof JsonMappingException mapping)) {
            return fault(Kind.NOT_JSON, null);
        }
        String field = mapping.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return fault(Kind.INVALID, field.isEmpty() ? null : field);
    }
}
