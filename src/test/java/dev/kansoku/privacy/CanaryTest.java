package dev.kansoku.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Personal data in every disguise and place, of which not six characters in a row may be seen. */
class CanaryTest {

    private static final int CANARIES = Canary.kinds() * 7 * 2;
    private static final int IN_A_ROW = 6;

    private static final String PROSE = " and then some more of what anybody may write, until there is enough of it.";
    private static final String JAPANESE = "についてもう少し詳しく説明してください。よろしくお願いします。";

    private static final List<Function<String, String>> PLACES = List.of(
            canary -> canary,
            canary -> canary + PROSE,
            canary -> canary + JAPANESE,
            canary -> "私の" + canary + JAPANESE,
            canary -> "It is: " + canary + PROSE,
            canary -> "(" + canary + ")" + PROSE,
            canary -> "a, " + canary + "\n" + PROSE,
            canary -> PROSE + canary,
            canary -> canary + " " + canary + PROSE,
            canary -> "{\"x\":\"" + canary + "\"}" + PROSE,
            canary -> "<b>" + canary + "</b>" + PROSE,
            canary -> "?q=" + canary + "&r=1" + PROSE,
            canary -> "**" + canary + "**" + PROSE,
            canary -> "1. " + canary + PROSE,
            canary -> "x:" + canary + PROSE,
            canary -> "「" + canary + "」" + JAPANESE,
            canary -> "\u202E" + canary + "\u202C" + PROSE,
            canary -> "TEL" + canary + PROSE,
            canary -> canary + "x" + PROSE,
            canary -> canary + "\n" + PROSE.repeat(200));

    private final Masker masker = new Masker("US");

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122, 987654321})
    void nobodySeesACanary(long seed) {
        var random = new Random(seed);
        for (int n = 0; n < CANARIES; n++) {
            Canary canary = Canary.of(n, random);
            for (int place = 0; place < PLACES.size(); place++) {
                String text = PLACES.get(place).apply(canary.text());
                for (MaskedText masked : List.of(masker.mask(text, TextLevel.MASKED), masker.scrub(text))) {
                    assertThat(canary.isSeenIn(masked.toString(), IN_A_ROW))
                            .as("seed %d, canary %d: %s, place %d: %s", seed, n, canary, place, masked)
                            .isFalse();
                    assertThat(masked.failed()).isFalse();
                }
            }
        }
    }

    @Test
    void withoutAMaskerTheyWouldBeSeen() {
        var random = new Random(1);
        int seen = 0;
        for (int n = 0; n < CANARIES; n++) {
            Canary canary = Canary.of(n, random);
            var folded = FoldedText.of(canary.text(), Integer.MAX_VALUE);
            var unsearched = new Search.Result(List.of(), folded.length());
            seen += canary.isSeenIn(Cut.of(folded, unsearched, Cut.MOST_CLUSTERS), IN_A_ROW) ? 1 : 0;
        }
        assertThat(seen).isGreaterThan(CANARIES / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122})
    void personalDataInTheNameOfAModelIsReplaced(long seed) {
        var random = new Random(seed);
        for (int n = 0; n < CANARIES; n++) {
            Canary canary = Canary.of(n, random);
            for (String name : List.of(canary.text(), "my/" + canary.text(), canary.text() + ":latest")) {
                assertThat(canary.isSeenIn(masker.name(name).toString(), IN_A_ROW))
                        .as("seed %d, canary %d: %s", seed, n, canary)
                        .isFalse();
            }
        }
    }

    @Test
    void ofATextThatIsAllSecretFiveCharactersAreSeenAtMost() {
        for (int length = 1; length <= 12; length++) {
            var canary = new Canary("", "kqzxwvjyhgfb".substring(0, length));
            assertThat(canary.isSeenIn(
                            masker.mask(canary.core(), TextLevel.MASKED).toString(), IN_A_ROW))
                    .as(canary.core())
                    .isFalse();
        }
    }

    @Test
    void oneThatIsLongerThanTheWindowIsNotSeen() {
        for (int length : List.of(100, 9_000, 70_000, 1_000_000)) {
            String filler = "ab.cd-".repeat(length / 6);
            for (String text : List.of(
                    "kqzxwvjyh" + filler + "@example.com is mine",
                    "https://kqzxwvjyh:" + filler + "@example.com is mine",
                    "sk-kqzxwvjyh7" + filler,
                    "pw=kqzxwvjyh7" + filler,
                    "kqzxwvjyh" + "\u200B".repeat(length) + "@example.com is mine",
                    "kqzxwvjyh" + "\u0301".repeat(length) + "@example.com is mine",
                    "-----BEGIN RSA PRIVATE KEY-----\n" + filler + "\n-----END RSA PRIVATE KEY-----")) {
                for (MaskedText masked : List.of(masker.mask(text, TextLevel.MASKED), masker.scrub(text))) {
                    assertThat(masked.text())
                            .as("%.20s… %d: %s", text, length, masked)
                            .doesNotContain("kqzxwv", "ab.cd");
                }
            }
        }
    }
}
