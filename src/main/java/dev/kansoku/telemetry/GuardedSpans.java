package dev.kansoku.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;

/** Exports of a span what a {@link Guard} lets pass; events and links, which this program does not make, not at all. */
final class GuardedSpans implements SpanExporter {

    private final SpanExporter exporter;
    private final Guard guard;

    GuardedSpans(SpanExporter exporter, Guard guard) {
        this.exporter = exporter;
        this.guard = guard;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return exporter.export(
                spans.stream().<SpanData>map(span -> new Guarded(span, guard)).toList());
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
        return "GuardedSpans[" + exporter + "]";
    }

    private static final class Guarded extends DelegatingSpanData {

        private final String name;
        private final Attributes attributes;
        private final Resource resource;
        private final StatusData status;

        Guarded(SpanData span, Guard guard) {
            super(span);
            name = guard.name(span.getName());
            attributes = guard.attributes(span.getAttributes());
            resource = guard.resource(span.getResource());
            status = StatusData.create(
                    span.getStatus().getStatusCode(),
                    guard.text(span.getStatus().getDescription()));
        }

        @Override
        public SpanContext getSpanContext() {
            return withoutState(super.getSpanContext());
        }

        @Override
        public SpanContext getParentSpanContext() {
            return withoutState(super.getParentSpanContext());
        }

        /** Of the W3C's trace context, which may hold any text. */
        private static SpanContext withoutState(SpanContext context) {
            return SpanContext.create(
                    context.getTraceId(), context.getSpanId(), context.getTraceFlags(), TraceState.getDefault());
        }

        @Override
        public String getName() {
            return name;
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
        public Resource getResource() {
            return resource;
        }

        @Override
        public InstrumentationScopeInfo getInstrumentationScopeInfo() {
            return Guard.SCOPE;
        }

        @Override
        public StatusData getStatus() {
            return status;
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }

        @Override
        public List<LinkData> getLinks() {
            return List.of();
        }

        @Override
        public int getTotalRecordedLinks() {
            return 0;
        }
    }
}
