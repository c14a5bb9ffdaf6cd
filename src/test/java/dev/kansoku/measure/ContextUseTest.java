package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextUseTest {

    private static Measured measured() {
        return new Measured().prompt(1_000, 1).decode(204, 10).contextLength(4_096);
    }

    @Test
    void itIsWhatTheServerCountedOfWhatItListed() {
        assertThat(ContextUse.of(measured().make())).contains(new ContextUse(1_204, 1_204, 4_096));
    }

    @Test
    void theWindowThatWasAskedForCountsOnlyWhereTheServerListsNone() {
        Turn turn = new TurnMaker().contextWindow(8_192).turn(Turn.State.FINISHED, "Hello", "", "Hello");

        assertThat(ContextUse.of(measured().turn(turn).make()).orElseThrow().limit())
                .isEqualTo(4_096);
        assertThat(ContextUse.of(measured().turn(turn).contextLength(null).make())
                        .orElseThrow()
                        .limit())
                .isEqualTo(8_192);
    }

    @Test
    void thinkingIsUsedButNotCarriedOn() {
        Turn turn = new TurnMaker().turn(Turn.State.FINISHED, "Hello", "t".repeat(300), "a".repeat(100));

        assertThat(ContextUse.of(measured().turn(turn).make())).contains(new ContextUse(1_204, 1_051, 4_096));
    }

    @Test
    void whatIsNotSaidIsNotKnown() {
        assertThat(ContextUse.of(measured().prompt(null, 1).make())).isEmpty();
        assertThat(ContextUse.of(measured().decode(null, 10).make())).isEmpty();
        assertThat(ContextUse.of(measured().contextLength(null).make())).isEmpty();
        assertThat(ContextUse.of(measured().contextLength(0).make())).isEmpty();
        assertThat(ContextUse.of(measured().brokenOff(Outcome.STOPPED).make())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.30.0, false", "0.30.0-rc1, false", "0.30.1, true", "0.3.0, true", "0.0.0, true"})
    void inOneVersionOnlyTheUncachedTokensAreCounted(String version, boolean known) {
        assertThat(ContextUse.of(measured().version(version).make()).isPresent())
                .isEqualTo(known);
    }

    @Test
    void aPromptIsWarnedOfWhileAnAnswerWouldStillHaveNoRoom() {
        var use = new ContextUse(3_000, 3_000, 4_096);

        assertThat(use.answerRoom()).isEqualTo(512);
        assertThat(use.wouldNotFit(568)).isFalse();
        assertThat(use.wouldNotFit(569)).isTrue();
        assertThat(use.wouldNotFit(Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void nobodyIsWarnedBeforeTyping() {
        assertThat(new ContextUse(5_000, 5_000, 4_096).wouldNotFit(0)).isFalse();
    }

    @Test
    void aSmallWindowLeavesRoomForASmallerAnswer() {
        assertThat(new ContextUse(0, 0, 2_048).answerRoom()).isEqualTo(256);
        assertThat(new ContextUse(0, 0, 32_768).answerRoom()).isEqualTo(512);
    }
}
