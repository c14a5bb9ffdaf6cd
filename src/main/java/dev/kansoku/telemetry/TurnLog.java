package dev.kansoku.telemetry;

import dev.kansoku.privacy.MaskedText;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of a turn: its details with the masked text, and why it failed. */
final class TurnLog {

    private final Logger logger;

    TurnLog(Logger logger) {
        this.logger = logger;
    }

    /** @param context of the span they belong to */
    void record(TurnReport turn, Context context) {
        var details = TurnAttributes.of(turn).toBuilder();
        putText(details, turn.prompt(), "user", Names.INPUT, Names.PROMPT_LENGTH, Names.PROMPT_KINDS);
        putText(details, turn.reply(), "assistant", Names.OUTPUT, Names.REPLY_LENGTH, Names.REPLY_KINDS);
        emit(Names.TURN_DETAILS, Severity.INFO, turn, details.build(), context);
        if (turn.errorType() != null) {
            var exception = TurnAttributes.identity(turn).toBuilder().put(Names.EXCEPTION_TYPE, turn.errorType());
            TurnAttributes.put(
                    exception,
                    Names.EXCEPTION_MESSAGE,
                    turn.errorText() == null ? null : turn.errorText().text());
            emit(Names.TURN_EXCEPTION, Severity.WARN, turn, exception.build(), context);
        }
    }

    private void emit(String event, Severity severity, TurnReport turn, Attributes attributes, Context context) {
        logger.logRecordBuilder()
                .setEventName(event)
                .setSeverity(severity)
                .setTimestamp(turn.sentAt().plus(turn.segments().wall()))
                .setContext(context)
                .setAllAttributes(attributes)
                .emit();
    }

    private static void putText(
            AttributesBuilder attributes,
            MaskedText text,
            String role,
            AttributeKey<Value<?>> messages,
            AttributeKey<Long> length,
            AttributeKey<List<String>> kinds) {
        TurnAttributes.put(attributes, messages, message(text, role));
        TurnAttributes.put(
                attributes, length, text.length() == null ? null : text.length().longValue());
        if (!text.kinds().isEmpty()) {
            attributes.put(
                    kinds,
                    text.kinds().keySet().stream().map(TurnAttributes::lower).toList());
        }
    }

    /** One message with one part, as the conventions have it. */
    private static @Nullable Value<?> message(MaskedText text, String role) {
        return text.text() == null
                ? null
                : Value.of(List.of(Value.of(Map.of(
                        "role",
                        Value.of(role),
                        "parts",
                        Value.of(List.of(
                                Value.of(Map.of("type", Value.of("text"), "content", Value.of(text.text())))))))));
    }
}
