package dev.kansoku.telemetry.delivery;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The messages of OTLP as lines to read. They are read off the fields that are there, whatever these are called, so that
 * nothing which is in a message can be missing here.
 */
final class MessageText {

    private static final String STEP = "  ";

    private static final Set<Integer> UNSEEN = Stream.of(
                    Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR)
            .map(Byte::intValue)
            .collect(Collectors.toUnmodifiableSet());

    private final StringBuilder text = new StringBuilder();

    private MessageText() {}

    static String of(Signal signal, byte[] bytes) {
        try {
            var text = new MessageText();
            text.fields("", parse(signal, bytes));
            return text.text.toString();
        } catch (InvalidProtocolBufferException e) {
            return "These " + bytes.length + " bytes are no message of OTLP.\n";
        }
    }

    private static Message parse(Signal signal, byte[] bytes) throws InvalidProtocolBufferException {
        return switch (signal) {
            case TRACES -> ExportTraceServiceRequest.parseFrom(bytes);
            case METRICS -> ExportMetricsServiceRequest.parseFrom(bytes);
            case LOGS -> ExportLogsServiceRequest.parseFrom(bytes);
        };
    }

    private void fields(String indent, MessageOrBuilder message) {
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.isRepeated() && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                messages(indent, field, (List<?>) entry.getValue());
            } else {
                field(indent, field, entry.getValue());
            }
        }
        int unknown = message.getUnknownFields().getSerializedSize();
        if (unknown > 0) {
            line(indent, "(" + unknown + " bytes of fields that are not known here)");
        }
    }

    private void messages(String indent, FieldDescriptor field, List<?> messages) {
        if (field.getMessageType().equals(KeyValue.getDescriptor())) {
            line(indent, field.getName());
            for (Object attribute : messages) {
                var pair = (KeyValue) attribute;
                line(indent + STEP, escaped(pair.getKey()) + " = " + value(pair.getValue(), false));
            }
        } else {
            messages.forEach(message -> field(indent, field, message));
        }
    }

    private void field(String indent, FieldDescriptor field, Object value) {
        switch (value) {
            case AnyValue any -> line(indent, field.getName() + " = " + value(any, false));
            case Message message -> {
                line(indent, field.getName());
                fields(indent + STEP, message);
            }
            case List<?> values ->
                line(
                        indent,
                        field.getName()
                                + values.stream()
                                        .map(each -> scalar(field, each))
                                        .collect(Collectors.joining(", ", " = [", "]")));
            default -> line(indent, field.getName() + " = " + scalar(field, value));
        }
    }

    private static String scalar(FieldDescriptor field, Object value) {
        return switch (value) {
            case Long number
            when field.getName().endsWith("_unix_nano") -> time(number).toString();
            case Long number when field.getType() != FieldDescriptor.Type.SFIXED64 -> Long.toUnsignedString(number);
            case ByteString bytes -> hex(bytes);
            default -> escaped(value.toString());
        };
    }

    private static Instant time(long unixNano) {
        long second = 1_000_000_000;
        return Instant.ofEpochSecond(Long.divideUnsigned(unixNano, second), Long.remainderUnsigned(unixNano, second));
    }

    /** @param quoted whether a text stands within another value */
    private static String value(AnyValue value, boolean quoted) {
        return switch (value.getValueCase()) {
            case STRING_VALUE ->
                quoted
                        ? '"' + escaped(value.getStringValue()).replace("\"", "\\\"") + '"'
                        : escaped(value.getStringValue());
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
            case BYTES_VALUE -> hex(value.getBytesValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(each -> value(each, true))
                        .collect(Collectors.joining(", ", "[", "]"));
            case KVLIST_VALUE ->
                value.getKvlistValue().getValuesList().stream()
                        .map(each -> '"' + escaped(each.getKey()) + "\": " + value(each.getValue(), true))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> "(" + value.getSerializedSize() + " bytes)";
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    /** A text on one line. What nobody would see is written out: this is read to find out what left. */
    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                escaped.append("\\n");
            } else if (c == '\t') {
                escaped.append("\\t");
            } else if (UNSEEN.contains(Character.getType(c))) {
                escaped.append("\\u{%x}".formatted(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private void line(String indent, String line) {
        text.append(indent).append(line).append('\n');
    }
}
