package dev.kansoku.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Collection;

/** Exports the metrics that a {@link Guard} knows, and leaves out whole those that hold anything else. */
final class GuardedMetrics implements MetricExporter {

    private final MetricExporter exporter;
    private final Guard guard;

    GuardedMetrics(MetricExporter exporter, Guard guard) {
        this.exporter = exporter;
        this.guard = guard;
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
        return exporter.export(metrics.stream()
                .filter(metric -> Names.METRICS.contains(metric.getName())
                        && Names.UNITS.contains(metric.getUnit())
                        && guard.passes(metric.getData()))
                .<MetricData>map(metric -> new Guarded(metric, guard.resource(metric.getResource())))
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
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        // Whatever a variable wants: of the messages that wait only the last is kept, so it has to hold all before it.
        return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public Aggregation getDefaultAggregation(InstrumentType type) {
        return exporter.getDefaultAggregation(type);
    }

    @Override
    public MemoryMode getMemoryMode() {
        return exporter.getMemoryMode();
    }

    @Override
    public String toString() {
        return "GuardedMetrics[" + exporter + "]";
    }

    private record Guarded(MetricData metric, Resource resource) implements MetricData {

        @Override
        public Resource getResource() {
            return resource;
        }

        @Override
        public InstrumentationScopeInfo getInstrumentationScopeInfo() {
            return Guard.SCOPE;
        }

        @Override
        public String getName() {
            return metric.getName();
        }

        @Override
        public String getDescription() {
            return "";
        }

        @Override
        public String getUnit() {
            return metric.getUnit();
        }

        @Override
        public MetricDataType getType() {
            return metric.getType();
        }

        @Override
        public Data<?> getData() {
            return metric.getData();
        }

        @Override
        public String toString() {
            return "Guarded[" + getName() + ", " + getData() + ", " + resource + "]";
        }
    }
}
