package dev.kansoku.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import org.junit.jupiter.api.Test;

class TokenRatioTest {

    private static final String MODEL = "granite3.2:2b";
    private static final String EIGHTY = "one two ".repeat(10);

    private final TokenRatio ratio = new TokenRatio();
    private final TurnMaker turns = new TurnMaker();

    private void learn(String thinking, String answer, int tokens) {
        Turn turn = turns.turn(Turn.State.FINISHED, "Hello", thinking, answer);
        ratio.learn(new Measured().turn(turn).decode(tokens, 1).make());
    }

    @Test
    void withoutAnythingLearntFourLatinCharactersAreATokenAndOneJapanese() {
        assertThat(ratio.tokens(MODEL, EIGHTY)).isEqualTo(20);
        assertThat(ratio.tokens(MODEL, "トークン数とは何か")).isEqualTo(9);
        assertThat(ratio.tokens(MODEL, "")).isZero();
    }

    @Test
    void runsOfOneCharacterAreOneToken() {
        assertThat(ratio.tokens(MODEL, " ".repeat(4_000))).isEqualTo(1);
    }

    @Test
    void anAnswerShowsWhatThisModelMakesOfText() {
        learn("", EIGHTY, 30);

        assertThat(ratio.tokens(MODEL, EIGHTY)).isEqualTo(30);
        assertThat(ratio.tokens("tinyllama", EIGHTY)).as("another model").isEqualTo(20);
    }

    @Test
    void anotherModelBeginsAnew() {
        learn("", EIGHTY, 30);
        turns.model("tinyllama");
        learn("", EIGHTY, 40);

        assertThat(ratio.tokens("tinyllama:latest", EIGHTY)).isEqualTo(40);
    }

    @Test
    void whatDoesNotShowItTeachesNothing() {
        learn("", "Yes.", 2);
        learn("Hm. ".repeat(20), EIGHTY, 300);
        learn("", "", 300);

        assertThat(ratio.tokens(MODEL, EIGHTY)).isEqualTo(20);
    }

    @Test
    void noLessonIsBelievedBeyondWhatTokenizersDo() {
        learn("", EIGHTY, 5_000);

        assertThat(ratio.tokens(MODEL, EIGHTY)).isEqualTo(60);
    }
}
