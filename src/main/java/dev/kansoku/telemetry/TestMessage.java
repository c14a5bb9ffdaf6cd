package dev.kansoku.telemetry;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What is sent to see whether anything arrives. */
final class TestMessage {

    private TestMessage() {}

    static byte[] bytes(UUID installation) {
        Instant now = Instant.now();
        var event = LogRecord.newBuilder()
                .setTimeUnixNano(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano())
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
                .setEventName(Names.TEST);
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(attribute("service.name", "kansoku"))
                                .addAttributes(attribute("service.instance.id", installation.toString())))
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .setScope(InstrumentationScope.newBuilder().setName(Names.SCOPE))
                                .addLogRecords(event)))
                .build()
                .toByteArray();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
