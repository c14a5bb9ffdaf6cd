package dev.kansoku.telemetry;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.measure.Sample;
import dev.kansoku.measure.Usage;
import dev.kansoku.ollama.RunningModel;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the machine, Ollama and the program itself use: the latest sample, whenever metrics are collected. */
final class MachineMetrics {

    private static final Attributes USED = Attributes.of(Names.MEMORY_STATE, "used");
    private static final Attributes SERVER = Attributes.of(Names.SERVER_PART, "server");
    private static final Attributes RUNNER = Attributes.of(Names.SERVER_PART, "runner");

    private final DoubleHistogram frameLag;
    private volatile @Nullable Sample latest;

    MachineMetrics(Meter meter, Supplier<ModelSnapshot> models, ModelLabels labels) {
        frameLag = meter.histogramBuilder(Names.FRAME_LAG).setUnit("s").build();
        shares(meter, Names.SYSTEM_CPU, (sample, gauge) -> record(gauge, sample.cpu(), Attributes.empty()));
        bytes(meter, Names.SYSTEM_MEMORY, (sample, gauge) -> record(gauge, sample.memoryUsed(), USED));
        shares(meter, Names.SERVER_CPU, (sample, gauge) -> {
            record(gauge, share(sample, sample.server()), SERVER);
            record(gauge, sum(sample, runner -> share(sample, runner)), RUNNER);
        });
        bytes(meter, Names.SERVER_MEMORY, (sample, gauge) -> {
            record(gauge, sample.server() == null ? null : sample.server().memory(), SERVER);
            @Nullable
            Double runners = sum(sample, runner -> runner.memory() == null ? null : Double.valueOf(runner.memory()));
            record(gauge, runners == null ? null : runners.longValue(), RUNNER);
        });
        shares(
                meter,
                Names.PROCESS_CPU,
                (sample, gauge) -> record(gauge, share(sample, sample.self()), Attributes.empty()));
        bytes(
                meter,
                Names.PROCESS_MEMORY,
                (sample, gauge) -> record(gauge, sample.self().memory(), Attributes.empty()));
        shares(
                meter,
                Names.GPU,
                (sample, gauge) ->
                        record(gauge, sample.gpu() == null ? null : sample.gpu().busy(), Attributes.empty()));
        bytes(
                meter,
                Names.GPU_MEMORY,
                (sample, gauge) ->
                        record(gauge, sample.gpu() == null ? null : sample.gpu().memoryUsed(), Attributes.empty()));
        var _ = meter.upDownCounterBuilder(Names.MODEL_MEMORY).setUnit("By").buildWithCallback(gauge -> {
            ModelSnapshot now = models.get();
            for (RunningModel model : now.demo() ? List.<RunningModel>of() : now.running()) {
                String label = labels.of(model.name());
                gauge.record(model.size() - model.sizeVram(), memory(label, "ram"));
                gauge.record(model.sizeVram(), memory(label, "vram"));
            }
        });
    }

    void sampled(Sample sample) {
        latest = sample;
        if (sample.frameLag() != null) {
            frameLag.record(sample.frameLag().toNanos() / 1e9);
        }
    }

    private void shares(Meter meter, String name, BiConsumer<Sample, ObservableDoubleMeasurement> reading) {
        var _ = meter.gaugeBuilder(name).setUnit("1").buildWithCallback(gauge -> read(reading, gauge));
    }

    private void bytes(Meter meter, String name, BiConsumer<Sample, ObservableLongMeasurement> reading) {
        var _ = meter.upDownCounterBuilder(name).setUnit("By").buildWithCallback(gauge -> read(reading, gauge));
    }

    private <G> void read(BiConsumer<Sample, G> reading, G gauge) {
        @Nullable Sample sample = latest;
        if (sample != null) {
            reading.accept(sample, gauge);
        }
    }

    private static void record(ObservableDoubleMeasurement gauge, @Nullable Double value, Attributes attributes) {
        if (value != null) {
            gauge.record(value, attributes);
        }
    }

    private static void record(ObservableLongMeasurement gauge, @Nullable Long value, Attributes attributes) {
        if (value != null) {
            gauge.record(value, attributes);
        }
    }

    /** Of all cores, 0 to 1. */
    private static @Nullable Double share(Sample sample, @Nullable Usage usage) {
        return usage == null || usage.cores() == null ? null : usage.cores() / sample.cores();
    }

    /** Of all runners; {@code null} if there is none of which it is known. */
    private static @Nullable Double sum(Sample sample, Function<Usage, @Nullable Double> figure) {
        @Nullable Double sum = null;
        for (Usage runner : sample.runners().values()) {
            @Nullable Double value = figure.apply(runner);
            if (value != null) {
                sum = sum == null ? value : Double.valueOf(sum + value);
            }
        }
        return sum;
    }

    private static Attributes memory(String model, String kind) {
        return Attributes.of(Names.MODEL, model, Names.MEMORY_KIND, kind);
    }
}
