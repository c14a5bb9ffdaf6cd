package dev.kansoku.measure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TurnResourcesTest {

    private static final String BLOB = "sha256-a";

    private static Sample sample(
            @Nullable Double cpu,
            @Nullable Long used,
            @Nullable Double swapping,
            @Nullable Usage server,
            Map<String, Usage> runners) {
        return new Sample(0, cpu, 4, 2, used, 1000L, 0L, swapping, server, runners, Usage.UNKNOWN, null, null);
    }

    private static Usage cores(@Nullable Double cores) {
        return new Usage(cores, 1L);
    }

    private static TurnResources of(Sample... during) {
        return requireNonNull(TurnResources.of(List.of(during), BLOB, 0.25));
    }

    @Test
    void theyAreMeansOverTheTurnAndTheLeastFreeMemory() {
        TurnResources resources = of(
                sample(null, 500L, null, cores(null), Map.of()),
                sample(0.5, 900L, 100.0, cores(0.1), Map.of(BLOB, cores(3.0), "sha256-b", cores(4.0))),
                sample(1.0, 700L, 300.0, cores(0.3), Map.of(BLOB, cores(2.0))));

        assertThat(resources.cpu()).isEqualTo(0.75);
        assertThat(resources.cores()).isEqualTo(4);
        assertThat(resources.physicalCores()).isEqualTo(2);
        assertThat(resources.ollamaCores()).isEqualTo(2.7, within(1e-9));
        assertThat(resources.memoryFree()).isEqualTo(0.1, within(1e-9));
        assertThat(resources.swapping()).isEqualTo(200.0);
        assertThat(resources.gpuShare()).isEqualTo(0.25);
    }

    @Test
    void whatNoSampleKnowsIsUnknown() {
        TurnResources resources = of(sample(null, null, null, cores(0.1), Map.of("sha256-b", cores(1.0))));

        assertThat(resources.cpu()).isNull();
        assertThat(resources.ollamaCores()).as("of another model's runner").isNull();
        assertThat(resources.memoryFree()).isNull();
        assertThat(resources.swapping()).isNull();
    }

    @Test
    void aRunnerWithoutItsServerStillTells() {
        assertThat(of(sample(null, null, null, null, Map.of(BLOB, cores(2.0)))).ollamaCores())
                .isEqualTo(2.0);
    }

    @Test
    void aModelHasThePhysicalCoresUnlessItUsesMore() {
        assertThat(modelCores(4, 3.9)).isEqualTo(4);
        assertThat(modelCores(4, 4.2)).as("with the server beside it").isEqualTo(4);
        assertThat(modelCores(4, 7.5)).isEqualTo(8);
        assertThat(modelCores(4, null)).isEqualTo(4);
        assertThat(modelCores(null, 3.9)).isEqualTo(8);
    }

    private static int modelCores(@Nullable Integer physical, @Nullable Double used) {
        return new TurnResources(null, 8, physical, used, null, null, null).modelCores();
    }

    @Test
    void aTurnWithoutSamplesHasNone() {
        assertThat(TurnResources.of(List.of(), BLOB, 1.0)).isNull();
    }
}
