package dev.kansoku.ui.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.Turns;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GlassTimesTest {

    private static final long MILLI = 1_000_000;

    private final GlassTimes glass = new GlassTimes();
    private final Turn turn = Turns.turn("tinyllama");

    private TurnEvent.Chunk chunks(int count, long firstMillis, long lastMillis) {
        return new TurnEvent.Chunk(turn, 0, 0, count, firstMillis * MILLI, lastMillis * MILLI);
    }

    private static void assertAbout(@Nullable Duration actual, long millis) {
        assertThat(Objects.requireNonNull(actual).toNanos()).isCloseTo(millis * MILLI, Percentage.withPercentage(2));
    }

    @Test
    void aTurnOfWhichNothingWasDrawnHasNone() {
        glass.shown(chunks(1, 0, 0));
        assertThat(glass.end(turn)).isNull();
    }

    @Test
    void theSlowestTwentiethDoesNotCount() {
        for (int chunk = 0; chunk < 100; chunk++) {
            glass.shown(chunks(1, 0, 0));
            glass.drawn((chunk < 5 ? 500 : 10) * MILLI);
        }
        assertAbout(glass.end(turn), 10);
    }

    @Test
    void chunksThatWereJoinedCountEach() {
        glass.shown(chunks(1, 990, 990));
        glass.shown(chunks(99, 900, 1000));
        glass.drawn(1_020 * MILLI);
        assertAbout(glass.end(turn), 70);
    }

    @Test
    void aTurnIsForgottenOnceItHasEnded() {
        glass.shown(chunks(1, 0, 0));
        glass.drawn(5 * MILLI);
        assertAbout(glass.end(turn), 5);
        assertThat(glass.end(turn)).isNull();
    }

    @Test
    void aClockThatSeemsToGoBackwardsIsNoTimeAtAll() {
        glass.shown(chunks(1, 100, 100));
        glass.drawn(50 * MILLI);
        assertThat(glass.end(turn)).isEqualTo(Duration.ZERO);
    }
}
