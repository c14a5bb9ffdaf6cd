package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrameTimesTest {

    private final FrameTimes frames = new FrameTimes();

    @Test
    void theLongestSinceItWasAskedLast() {
        frames.drawn(Duration.ofMillis(17));
        frames.drawn(Duration.ofMillis(80));
        frames.drawn(Duration.ofMillis(16));
        assertThat(frames.takeLongest()).isEqualTo(Duration.ofMillis(80));
        frames.drawn(Duration.ofMillis(20));
        assertThat(frames.takeLongest()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void whereNothingIsDrawnNothingIsKnown() {
        assertThat(frames.takeLongest()).isNull();
    }
}
