package dev.kansoku.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Exports of an event what a {@link Guard} lets pass; a log record that is no event of this program's not at all. */
final class GuardedLogs implements LogRecordExporter {

    private final LogRecordExporter exporter;
    private final Guard guard;

    GuardedLogs(LogRecordExporter exporter, Guard guard) {
        this.exporter = exporter;
        this.guard = guard;
    }

    @Override
    public CompletableResultCode export(Collection<LogRecordData> logs) {
        return exporter.export(logs.stream()
                .filter(log -> Names.EVENTS.contains(String.valueOf(log.getEventName())))
                .<LogRecordData>map(log ->
                        new Guarded(log, guard.attributes(log.getAttributes()), guard.resource(log.getResource())))
                .toList());
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    @Override
    public String toString() {
        return "GuardedLogs[" + exporter + "]";
    }

    private record Guarded(LogRecordData log, Attributes attributes, Resource resource) implements LogRecordData {

        @Override
        public Resource getResource() {
            return resource;
        }

        @Override
        public InstrumentationScopeInfo getInstrumentationScopeInfo() {
            return Guard.SCOPE;
        }

        @Override
        public long getTimestampEpochNanos() {
            return log.getTimestampEpochNanos();
        }

        @Override
        public long getObservedTimestampEpochNanos() {
            return log.getObservedTimestampEpochNanos();
        }

        @Override
        public SpanContext getSpanContext() {
            return log.getSpanContext();
        }

        @Override
        public Severity getSeverity() {
            return log.getSeverity();
        }

        @Override
        public String getSeverityText() {
            return log.getSeverity().name();
        }

        @Override
        @SuppressWarnings("deprecation") // The interface asks for it.
        public Body getBody() {
            return Body.empty();
        }

        @Override
        public @Nullable Value<?> getBodyValue() {
            return null;
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public int getTotalAttributeCount() {
            return attributes.size();
        }

        @Override
        public @Nullable String getEventName() {
            return log.getEventName();
        }

        @Override
        public String toString() {
            return "Guarded[" + getEventName() + ", " + attributes + ", " + resource + "]";
        }
    }
}
