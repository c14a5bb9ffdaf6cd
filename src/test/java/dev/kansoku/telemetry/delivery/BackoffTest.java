package dev.kansoku.telemetry.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void everyFailureDoublesItUpToAMinute() {
        List<Long> seconds = new ArrayList<>();
        Duration pause = null;
        for (int i = 0; i < 8; i++) {
            pause = Backoff.DEFAULT.after(pause);
            seconds.add(pause.toSeconds());
        }
        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }
}
