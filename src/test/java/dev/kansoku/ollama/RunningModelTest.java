package dev.kansoku.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningModelTest {

    private static Optional<Double> gpuShare(long size, long sizeVram) {
        return new RunningModel("a", "b", size, sizeVram, null, null).gpuShare();
    }

    @Test
    void theShareInAGpuIsKnownWhereTheSizesMakeSense() {
        assertThat(gpuShare(1000, 0)).contains(0.0);
        assertThat(gpuShare(1000, 250)).contains(0.25);
        assertThat(gpuShare(1000, 1000)).contains(1.0);
    }

    @Test
    void theShareInAGpuIsUnknownWhereTheyDoNot() {
        assertThat(gpuShare(0, 0)).isEmpty();
        assertThat(gpuShare(1000, 1001)).isEmpty();
        assertThat(gpuShare(1000, -1)).isEmpty();
        assertThat(gpuShare(-5, -5)).isEmpty();
    }
}
