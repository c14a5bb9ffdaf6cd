package dev.kansoku.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A turn as attributes of its spans and events; what is not known is left out. */
final class TurnAttributes {

    /** Not a well-known value of the conventions, which allow others. */
    static final String OLLAMA = "ollama";

    static final String CHAT = "chat";

    private TurnAttributes() {}

    /** Which turn it is, and how it began. */
    static Attributes identity(TurnReport turn) {
        var attributes = Attributes.builder()
                .put(Names.REQUEST, turn.requestId())
                .put(Names.CONVERSATION, turn.conversationId())
                .put(Names.SESSION, turn.sessionId())
                .put(Names.VERDICT, lower(turn.verdict()));
        put(attributes, Names.SERVER_VERSION, turn.serverVersion());
        return attributes.build();
    }

    static Attributes of(TurnReport turn) {
        var attributes = identity(turn).toBuilder()
                .put(Names.OPERATION, CHAT)
                .put(Names.PROVIDER, OLLAMA)
                .put(Names.MODEL, turn.model())
                .put(Names.STREAM, true)
                .put(Names.SERVER_PLACE, turn.isLocal() ? "local" : "remote")
                .put(Names.STATUS, lower(turn.outcome()));
        put(attributes, Names.ERROR_TYPE, turn.errorType());
        put(attributes, Names.FINISH_REASONS, turn.finishReason() == null ? null : List.of(turn.finishReason()));
        put(attributes, Names.INPUT_TOKENS, turn.promptTokens());
        put(attributes, Names.CACHED_TOKENS, turn.cachedTokens());
        put(attributes, Names.OUTPUT_TOKENS, turn.answerTokens());
        put(
                attributes,
                Names.FIRST_CHUNK,
                turn.timeToFirstToken() == null ? null : turn.timeToFirstToken().toNanos() / 1e9);
        turn.tokensPerSecond().ifPresent(rate -> attributes.put(Names.TOKENS_PER_SECOND, rate));
        return attributes.build();
    }

    static <T> void put(AttributesBuilder attributes, AttributeKey<T> key, @Nullable T value) {
        if (value != null) {
            attributes.put(key, value);
        }
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
