package dev.kansoku.ui.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kansoku.ollama.PullProgress;
import dev.kansoku.ui.models.PullViewModel.PullMeter;
import dev.kansoku.ui.models.PullViewModel.State.Pulling;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PullMeterTest {

    private static final long SECOND = 1_000_000_000L;

    private final PullMeter meter = new PullMeter("tinyllama");

    private Pulling add(String layer, long completed, long total, double seconds) {
        return meter.add(new PullProgress("pulling", layer, total, completed), Math.round(seconds * SECOND));
    }

    @Test
    void layersAddUp() {
        add("a", 100, 100, 0);
        add("b", 10, 300, 0.1);
        Pulling state = add("b", 20, 300, 0.2);
        assertThat(state.completed()).isEqualTo(120);
        assertThat(state.total()).isEqualTo(400);
        assertThat(state.model()).isEqualTo("tinyllama");
    }

    @Test
    void linesWithoutALayerChangeNothing() {
        add("a", 50, 100, 0);
        Pulling state = meter.add(new PullProgress("verifying sha256 digest", null, 0, 0), SECOND / 2);
        assertThat(state.completed()).isEqualTo(50);
        assertThat(state.total()).isEqualTo(100);
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        add("a", 0, 1_000, 0);
        assertThat(add("a", 50, 1_000, 0.5).perSecond()).isZero();
        Pulling state = add("a", 100, 1_000, 1);
        assertThat(state.perSecond()).isCloseTo(100, within(1e-6));
        assertThat(state.remaining()).isEqualTo(Duration.ofSeconds(9));

        Pulling faster = add("a", 300, 1_000, 2);
        assertThat(faster.perSecond()).as("does not jump").isBetween(101.0, 199.0);
    }

    @Test
    void whatWasThereBeforeIsNoSpeed() {
        add("a", 0, 100, 0);
        add("a", 100, 100, 1);
        add("b", 900_000, 1_000_000, 1.1);
        Pulling state = add("b", 900_100, 1_000_000, 2.1);
        assertThat(state.perSecond()).isCloseTo(100, within(10.0));
    }

    /** A pull that has stalled is not as fast as before. */
    @Test
    void aStalledPullSlowsDown() {
        add("a", 0, 1_000_000, 0);
        add("a", 100_000, 1_000_000, 1);
        Pulling state = add("a", 100_000, 1_000_000, 60);
        assertThat(state.perSecond()).isLessThan(80_000);
        assertThat(Objects.requireNonNull(state.remaining())).isGreaterThan(Duration.ofSeconds(10));
    }
}
