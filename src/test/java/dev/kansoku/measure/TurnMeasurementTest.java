package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turns;
import dev.kansoku.ollama.ReplyFigures;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TurnMeasurementTest {

    private static OptionalDouble tokensPerSecond(@Nullable ReplyFigures figures) {
        Segments segments = Segments.of(new Timeline(0, 0L, 0L, 10_000_000_000L), figures, null);
        return new TurnMeasurement(
                        Turns.turn("tinyllama"),
                        Measured.SENT_AT,
                        Outcome.SUCCESS,
                        false,
                        true,
                        "0.0.0",
                        LoadVerdict.WARM,
                        segments,
                        null,
                        null,
                        null,
                        null,
                        figures,
                        null)
                .tokensPerSecond();
    }

    private static ReplyFigures eval(@Nullable Long count, @Nullable Duration duration) {
        return new ReplyFigures("stop", null, null, null, null, null, count, duration);
    }

    @Test
    void theSpeedIsThatOfTheServersOwnFigures() {
        assertThat(tokensPerSecond(eval(3L, Duration.ofNanos(173_639_000))).orElseThrow())
                .isBetween(17.277, 17.278);
    }

    @Test
    void withoutFiguresForItThereIsNoSpeed() {
        assertThat(tokensPerSecond(null)).isEmpty();
        assertThat(tokensPerSecond(eval(null, Duration.ofSeconds(1)))).isEmpty();
        assertThat(tokensPerSecond(eval(10L, null))).isEmpty();
        assertThat(tokensPerSecond(eval(1L, Duration.ofSeconds(1))))
                .as("one token")
                .isEmpty();
        assertThat(tokensPerSecond(eval(10L, Duration.ZERO))).as("no time").isEmpty();
        assertThat(tokensPerSecond(eval(10L, Duration.ofHours(1))))
                .as("longer than the turn")
                .isEmpty();
    }
}
