package dev.kansoku.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every text. */
class MaskerPropertyTest {

    private static final int TEXTS = 4_000;

    private static final List<String> PARTS = List.of(
            "a",
            "B",
            "7",
            " ",
            "\n",
            "\r\n",
            "@",
            "é",
            "e\u0301",
            "か\u3099",
            "が",
            "日",
            "本",
            "葛\uDB40\uDD00",
            "한",
            "\u1112\u1161\u11AB",
            "👍🏽",
            "👨\u200D👩\u200D👧\u200D👦",
            "🇯🇵",
            "1\uFE0F\u20E3",
            "🏴\uDB40\uDC67\uDB40\uDC7F",
            "\u200D",
            "\u200B",
            "\u202E",
            "\u2066",
            "\u0000",
            "\u001B[31m",
            "\uD800",
            "\uDC00",
            "क्ष",
            "क्",
            "\u0600",
            "\u0D4E",
            "ﷺ",
            "ｶﾞ",
            "㌔",
            "\u0301".repeat(100),
            "क्".repeat(80),
            "\uFEFF",
            "*",
            "[",
            "taro@example.com",
            "090-1234-5678",
            "〒150-0002",
            "sk-abcDEF1234567890",
            "マイナンバー",
            "-----BEGIN X-----");

    private final Masker masker = new Masker("US");

    private static int clusters(String text) {
        BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        int count = 0;
        while (clusters.next() != BreakIterator.DONE) {
            count++;
        }
        return count;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        int parts = random.nextInt(40);
        for (int i = 0; i < parts; i++) {
            if (random.nextInt(4) == 0) {
                text.appendCodePoint(random.nextInt(random.nextBoolean() ? 0x3100 : Character.MAX_CODE_POINT + 1));
            } else {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20261122})
    void tenClustersAndLessThanHalfAreSeenAtMost(long seed) {
        var random = new Random(seed);
        for (int n = 0; n < TEXTS; n++) {
            String text = text(random);
            for (MaskedText masked : List.of(masker.mask(text, TextLevel.MASKED), masker.scrub(text))) {
                String shown = Objects.requireNonNull(masked.text());
                String about = "seed %d, text %d".formatted(seed, n);
                if (text.isEmpty()) {
                    assertThat(shown).isEmpty();
                    continue;
                }
                assertThat(shown).as(about).endsWith(MaskedText.MASK);
                String visible = shown.substring(0, shown.length() - MaskedText.MASK.length());
                assertThat(clusters(visible)).as(about).isLessThanOrEqualTo(Math.min(10, clusters(text) / 2));
                assertThat(visible.codePointCount(0, visible.length()))
                        .as(about)
                        .isLessThanOrEqualTo(64);
                assertThat(Normalizer.isNormalized(visible, Normalizer.Form.NFC))
                        .as(about)
                        .isTrue();
                assertThat(visible.codePoints()).as(about).noneMatch(Chars::isInvisible);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20261122})
    void aNameHasSixtyFourCodePointsAtMost(long seed) {
        var random = new Random(seed);
        for (int n = 0; n < TEXTS; n++) {
            String shown = Objects.requireNonNull(masker.name(text(random)).text());
            assertThat(shown.codePointCount(0, shown.length()))
                    .as("seed %d, text %d", seed, n)
                    .isLessThanOrEqualTo(64);
            assertThat(shown.codePoints()).as("seed %d, text %d", seed, n).noneMatch(Chars::isInvisible);
        }
    }
}
