package dev.kansoku.telemetry.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MessageTextTest {

    @Test
    void aSpanIsShownWithAllThatItHas() {
        var request = ExportTraceServiceRequest.newBuilder();
        var resource = request.addResourceSpansBuilder();
        resource.getResourceBuilder().addAttributes(text("service.name", "kansoku"));
        var nested = KeyValue.newBuilder().setKey("gen_ai.input.messages");
        nested.getValueBuilder()
                .getArrayValueBuilder()
                .addValuesBuilder()
                .getKvlistValueBuilder()
                .addValues(text("role", "user"))
                .addValues(text("content", "Say \"hi\"…"));
        resource.addScopeSpansBuilder()
                .addSpansBuilder()
                .setTraceId(ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
                .setSpanId(ByteString.fromHex("1112131415161718"))
                .setName("chat tinyllama")
                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                .setStartTimeUnixNano(1_700_000_000_123_456_789L)
                .addAttributes(nested)
                .addAttributes(text("error.message", "one\ntwo\u202e"))
                .addEventsBuilder()
                .setName("first chunk");

        assertThat(text(Signal.TRACES, request.build().toByteArray())).isEqualTo("""
                resource_spans
                  resource
                    attributes
                      service.name = kansoku
                  scope_spans
                    spans
                      trace_id = 0102030405060708090a0b0c0d0e0f10
                      span_id = 1112131415161718
                      name = chat tinyllama
                      kind = SPAN_KIND_CLIENT
                      start_time_unix_nano = 2023-11-14T22:13:20.123456789Z
                      attributes
                        gen_ai.input.messages = [{"role": "user", "content": "Say \\"hi\\"…"}]
                        error.message = one\\ntwo\\u{202e}
                      events
                        name = first chunk
                """);
    }

    @Test
    void pointsAndRecordsAreShownAsWell() {
        var metrics = ExportMetricsServiceRequest.newBuilder();
        var metric = metrics.addResourceMetricsBuilder()
                .addScopeMetricsBuilder()
                .addMetricsBuilder()
                .setName("turns");
        metric.getSumBuilder().addDataPointsBuilder().setAsInt(-7).addAttributes(text("model", "tiny"));
        assertThat(text(Signal.METRICS, metrics.build().toByteArray()))
                .contains("name = turns\n", "as_int = -7\n", "model = tiny\n");
        metric.getHistogramBuilder()
                .addDataPointsBuilder()
                .addBucketCounts(3)
                .addBucketCounts(0)
                .addExplicitBounds(0.5);
        assertThat(text(Signal.METRICS, metrics.build().toByteArray()))
                .contains("bucket_counts = [3, 0]\n", "explicit_bounds = [0.5]\n");

        var logs = ExportLogsServiceRequest.newBuilder();
        logs.addResourceLogsBuilder()
                .addScopeLogsBuilder()
                .addLogRecordsBuilder()
                .setEventName("session.start")
                .setBody(AnyValue.newBuilder().setStringValue("begun"));
        assertThat(text(Signal.LOGS, logs.build().toByteArray()))
                .contains("event_name = session.start\n", "body = begun\n");
    }

    @Test
    void whatCannotBeReadIsSaidToBeThere() {
        var request = ExportTraceServiceRequest.newBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build());
        assertThat(text(Signal.TRACES, request.build().toByteArray()))
                .isEqualTo("(3 bytes of fields that are not known here)\n");
        assertThat(text(Signal.TRACES, new byte[] {10, 64, 1})).isEqualTo("These 3 bytes are no message of OTLP.\n");
        assertThat(text(Signal.LOGS, new byte[0])).isEmpty();
    }

    @RepeatedTest(20)
    void noBytesMakeItFail() {
        var random = new Random();
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        // Begins as a message does, so that some get far.
        if (bytes.length > 2) {
            bytes[0] = 10;
            bytes[1] = (byte) Math.min(127, bytes.length - 2);
        }
        for (Signal signal : Signal.values()) {
            assertThat(text(signal, bytes)).isNotNull();
        }
    }

    private static String text(Signal signal, byte[] bytes) {
        return MessageText.of(signal, bytes);
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
