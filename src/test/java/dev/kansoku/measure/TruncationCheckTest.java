package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TruncationCheckTest {

    private static final int WINDOW = 4_096;

    private final TruncationCheck check = new TruncationCheck(new TokenRatio());
    private final TurnMaker turns = new TurnMaker();
    private String version = "0.32.15";
    private @Nullable Integer window = WINDOW;

    /** So many tokens, by the estimate of one that has learnt nothing. */
    private static String text(int tokens) {
        return "abcd".repeat(tokens);
    }

    private Optional<Truncation> finished(@Nullable Integer count, int prompt, int answer) {
        return measured(turns.turn(Turn.State.FINISHED, text(prompt), "", text(answer)), count, answer);
    }

    private Optional<Truncation> measured(Turn turn, @Nullable Integer count, @Nullable Integer written) {
        return check.check(new Measured()
                .turn(turn)
                .version(version)
                .contextLength(window)
                .prompt(count, 1)
                .decode(written, 1)
                .make());
    }

    private Turn broken(Turn.State state, int prompt, int answer) {
        Turn turn = turns.turn(state, text(prompt), "", text(answer));
        assertThat(check.check(new Measured()
                        .turn(turn)
                        .version(version)
                        .contextLength(window)
                        .brokenOff(Outcome.STOPPED)
                        .make()))
                .isEmpty();
        return turn;
    }

    @Test
    void aHistoryThatWasCutIsNoticedAndSoIsHowMuchOfItIsMissing() {
        assertThat(finished(2_000, 1_950, 800)).isEmpty();
        assertThat(finished(3_300, 500, 400)).isEmpty();

        // 3,300 + 400 + 900 were sent.
        assertThat(finished(2_700, 900, 300)).contains(new Truncation(1_900));
    }

    @Test
    void itIsSaidAgainAsLongAsTheModelDoesNotSeeAll() {
        finished(3_300, 3_250, 400);
        finished(2_700, 900, 300);

        assertThat(finished(3_200, 200, 100)).contains(new Truncation(1_900));
    }

    @Test
    void aHistoryCutToJustBelowTheWindowIsNoticed() {
        finished(3_900, 3_850, 150);

        assertThat(finished(4_000, 500, 50)).contains(new Truncation(550));
    }

    @Test
    void halfTheWindowIsLeftWhereTheServerCutsTheOnlyMessage() {
        assertThat(finished(1_026, 14_000, 50)).contains(new Truncation(13_000));
    }

    @Test
    void aHistoryJustBelowTheWindowIsWhole() {
        finished(3_500, 3_450, 300);

        assertThat(finished(4_050, 250, 40)).isEmpty();
    }

    @Test
    void aShortCountFarBelowTheWindowIsNoTruncation() {
        finished(1_000, 950, 300);

        assertThat(finished(500, 100, 40)).isEmpty();
    }

    @Test
    void withoutAKnownWindowOnlyALargeDifferenceCounts() {
        window = null;
        finished(3_300, 3_250, 400);

        assertThat(finished(3_500, 100, 300)).isEmpty();
        assertThat(finished(2_700, 300, 300)).contains(new Truncation(1_400));
    }

    @Test
    void anotherModelCountsOtherTokens() {
        finished(3_300, 3_250, 400);
        turns.model("tinyllama");

        assertThat(finished(2_700, 900, 300)).isEmpty();
    }

    @Test
    void theSameModelUnderItsWholeNameIsTheSame() {
        turns.model("tinyllama");
        finished(3_300, 3_250, 400);
        turns.model("tinyllama:latest");

        assertThat(finished(2_700, 900, 300)).isPresent();
    }

    @Test
    void anotherContextWindowIsNoReasonForAnAlarm() {
        turns.contextWindow(8_192);
        finished(3_300, 3_250, 400);
        turns.contextWindow(4_096);
        assertThat(finished(2_700, 900, 300)).isEmpty();

        window = 2_048;
        assertThat(finished(1_500, 200, 300)).isEmpty();
    }

    @Test
    void theVersionThatLeavesOutCachedTokensIsNotCompared() {
        version = "0.30.0";
        finished(3_300, 3_250, 400);

        assertThat(finished(900, 890, 300)).isEmpty();
    }

    @Test
    void anUpdateOfTheServerIsNotCompared() {
        finished(3_300, 3_250, 400);
        version = "0.33.3";

        assertThat(finished(2_700, 900, 300)).isEmpty();
    }

    @Test
    void aCountThatIsNotSaidIsNotCompared() {
        finished(3_300, 3_250, 400);

        assertThat(finished(null, 900, 300)).isEmpty();
        assertThat(finished(2_700, 100, 300))
                .as("nor is the next, whose history is not known")
                .isEmpty();
    }

    @Test
    void aCountThatCannotBeIsNotCompared() {
        finished(Integer.MAX_VALUE, 900, 300);
        assertThat(finished(2_000, 900, 300)).isEmpty();

        measured(turns.turn(Turn.State.FINISHED, text(100), "", text(100)), 2_400, Integer.MAX_VALUE);
        finished(2_700, 100, 300);
        assertThat(finished(1_000, 900, 300)).contains(new Truncation(2_900));
    }

    @Test
    void whatWasStoppedCountsWithItsText() {
        finished(3_300, 3_250, 100);
        broken(Turn.State.STOPPED, 50, 100);
        assertThat(finished(3_700, 100, 50)).as("all of it").isEmpty();

        broken(Turn.State.STOPPED, 400, 1_200);
        assertThat(finished(2_600, 100, 50)).as("without its oldest part").isPresent();
    }

    @Test
    void whatWasStoppedBeforeItsFirstTokenIsNotSent() {
        finished(3_300, 3_250, 100);
        broken(Turn.State.STOPPED, 2_000, 0);

        assertThat(finished(3_500, 100, 50)).isEmpty();
    }

    @Test
    void whatIsTriedAgainIsNotSentTwice() {
        finished(2_000, 1_950, 100);
        Turn stopped = broken(Turn.State.STOPPED, 400, 1_800);
        Turn again = turns.again(stopped, Turn.State.FINISHED, text(100));

        assertThat(measured(again, 2_500, 100)).isEmpty();
    }

    /** It is sent with the branch on which it was asked, wherever the user has gone since. */
    @Test
    void whatWaitsIsSentWithTheAnswerThatItFollowsThoughThatIsTriedAgain() {
        finished(2_000, 1_950, 100);
        Turn stopped = broken(Turn.State.INCOMPLETE, 400, 1_000);
        Turn waiting = turns.turn(Turn.State.FINISHED, text(100), "", text(100));
        Turn again = turns.again(stopped, Turn.State.FINISHED, text(100));

        assertThat(measured(waiting, 3_600, 100)).as("all of it").isEmpty();
        assertThat(measured(again, 2_500, 100))
                .as("without what was stopped, which is no part of it")
                .isEmpty();
    }

    @Test
    void aCutIsNoticedOnTheBranchOnWhichItHappens() {
        finished(1_000, 950, 100);
        Turn longOne = turns.turn(Turn.State.FINISHED, text(2_300), "", text(300));
        measured(longOne, 3_400, 300);
        Turn shortOne = turns.again(longOne, Turn.State.FINISHED, text(50));
        assertThat(measured(shortOne, 3_400, 50)).isEmpty();

        turns.choose(longOne);
        assertThat(finished(2_700, 900, 300)).contains(new Truncation(1_900));
        turns.choose(shortOne);
        assertThat(finished(3_650, 200, 100)).isEmpty();
    }

    @Test
    void anAnswerThatGoesOnCountsWhatWasWrittenBefore() {
        finished(2_000, 1_950, 100);
        Turn stopped = broken(Turn.State.STOPPED, 400, 900);
        Turn more = turns.goOn(stopped, Turn.State.FINISHED, text(200));

        assertThat(measured(more, 3_400, 200)).as("all of it").isEmpty();
        assertThat(finished(3_900, 300, 50)).as("and what followed").isEmpty();
        assertThat(finished(2_500, 600, 50)).as("without its oldest part").isPresent();
    }

    @Test
    void thinkingIsCountedButNotSentBack() {
        Turn turn = turns.turn(Turn.State.FINISHED, text(1_950), text(2_000), text(100));
        measured(turn, 2_000, 2_100);

        assertThat(finished(2_300, 190, 50)).isEmpty();
    }

    @Test
    void whatWasWrittenWithoutBeingShownIsNotSentBackEither() {
        Turn turn = turns.turn(Turn.State.FINISHED, text(1_950), "", text(100));
        measured(turn, 2_000, 2_100);

        assertThat(finished(2_300, 190, 50)).isEmpty();
    }

    @Test
    void aTurnWithoutAnAnswerIsNotPartOfTheHistory() {
        finished(2_000, 1_950, 100);
        measured(turns.turn(Turn.State.FINISHED, text(1_500), "", ""), 3_600, 500);

        assertThat(finished(2_200, 100, 50)).isEmpty();
    }

    @Test
    void aTurnThatIsMeasuredBeforeTheOneThatItFollowsIsNotCompared() {
        finished(2_000, 1_950, 100);
        Turn slow = turns.turn(Turn.State.FINISHED, text(100), "", text(100));
        Turn quick = turns.turn(Turn.State.FINISHED, text(1_500), "", text(100));

        assertThat(measured(quick, 3_800, 100)).isEmpty();
        assertThat(measured(slow, 2_200, 100)).isEmpty();
        assertThat(finished(4_000, 100, 50)).isEmpty();
    }

    @Test
    void longRunsOfOneCharacterAreFewTokens() {
        Turn turn = turns.turn(Turn.State.FINISHED, " ".repeat(100_000), "", text(100));

        assertThat(measured(turn, 1_500, 100)).isEmpty();
    }

    /**
     * Conversations with a server that counts and cuts as chatPrompt does, each with a tokenizer and a template of its
     * own.
     */
    @Test
    void inAnyConversationThereIsNoFalseAlarmAndNoLargeCutIsMissed() {
        long seed = Long.getLong("truncation.seed", System.nanoTime());
        System.out.println("truncation.seed=" + seed);
        var random = new Random(seed);
        int large = 0;
        int noticed = 0;
        int close = 0;
        for (int i = 0; i < 400; i++) {
            var server = new Server(random);
            for (int turn = 0; turn < 30; turn++) {
                Optional<Truncation> said = server.turn();
                if (server.missing == 0) {
                    assertThat(said)
                            .as("seed %s, conversation %s, turn %s", seed, i, turn)
                            .isEmpty();
                } else if (server.missing > WINDOW / 4 && server.counted) {
                    large++;
                    noticed += said.isPresent() ? 1 : 0;
                    close += said.isPresent() && server.isClose(said.get()) ? 1 : 0;
                }
            }
        }
        assertThat(large).isGreaterThan(1_000);
        assertThat(noticed / (double) large).as("large cuts that were noticed").isGreaterThan(0.95);
        assertThat(close / (double) noticed)
                .as("those of which it said about how much")
                .isGreaterThan(0.9);
    }

    private static final class Server {
        private final Random random;
        private final TurnMaker turns = new TurnMaker();
        private final TruncationCheck check = new TruncationCheck(new TokenRatio());
        private final double charactersPerToken;
        private final int aroundAMessage;
        private final int system;
        private final boolean thinks;
        private @Nullable Turn retryable;
        private int missing;
        private boolean counted;

        private Server(Random random) {
            this.random = random;
            charactersPerToken = 3 + 2.5 * random.nextDouble();
            aroundAMessage = random.nextInt(20);
            system = random.nextInt(100);
            thinks = random.nextInt(4) == 0;
        }

        private boolean isClose(Truncation said) {
            return said.tokens() > missing * 0.6 && said.tokens() < missing * 1.6;
        }

        private int tokens(String text) {
            return (int) Math.ceil(text.length() / charactersPerToken);
        }

        private String words(int most) {
            return "word ".repeat(1 + random.nextInt(most));
        }

        private Optional<Truncation> turn() {
            boolean finishes = random.nextInt(6) > 0;
            String answer = finishes ? words(250) : random.nextInt(3) == 0 ? "" : words(150);
            Turn.State state = finishes ? Turn.State.FINISHED : Turn.State.STOPPED;
            Turn turn;
            if (retryable != null && random.nextBoolean()) {
                turn = turns.again(retryable, state, answer);
            } else {
                turn = turns.turn(state, words(200), thinks ? words(200) : "", answer);
            }
            retryable = finishes ? null : turn;
            List<Integer> messages = new ArrayList<>(TurnMaker.sent(turn).stream()
                    .map(text -> tokens(text) + aroundAMessage)
                    .toList());
            int whole = system + messages.stream().mapToInt(Integer::intValue).sum();
            int count = whole;
            while (count > WINDOW && messages.size() > 1) {
                count -= messages.removeFirst();
            }
            missing = whole - count;
            counted = finishes;
            Measured measured = new Measured()
                    .turn(turn)
                    .contextLength(WINDOW)
                    .prompt(count, 1)
                    .decode(tokens(turn.answer().toString() + turn.thinking()) + 1, 1);
            return check.check((finishes ? measured : measured.brokenOff(Outcome.STOPPED)).make());
        }
    }
}
