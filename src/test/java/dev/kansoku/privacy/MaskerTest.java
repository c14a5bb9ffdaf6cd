package dev.kansoku.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskerTest {

    private static final String MASK = MaskedText.MASK;

    private final Masker masker = new Masker("US");

    private String masked(String text) {
        return masker.mask(text, TextLevel.MASKED).toString();
    }

    @Test
    void theBeginningIsSeenAndTheRestHasOneLength() {
        assertThat(masked("Why is the sky blue, and not green?")).isEqualTo("Why is the" + MASK);
        assertThat(masked("吾輩は猫である。名前はまだ無い。どこで生れたか")).isEqualTo("吾輩は猫である。名前" + MASK);
        assertThat(masked("Why is the sky blue?".repeat(10_000))).isEqualTo("Why is the" + MASK);
    }

    @ParameterizedTest
    @CsvSource({"a, ''", "ab, ''", "abc, a", "abcdefghijkl, abcde", "abcdefghijklmnopqrst, abcdefghi"})
    void lessThanHalfIsSeen(String text, String seen) {
        assertThat(masked(text)).isEqualTo(seen + MASK);
    }

    @Test
    void aClusterIsOneCharacter() {
        assertThat(masked("👍🏽🇯🇵か\u3099e\u0301")).isEqualTo("👍🏽" + MASK);
        assertThat(masked("葛\uDB40\uDD00".repeat(30))).isEqualTo("葛".repeat(10) + MASK);
    }

    @Test
    void aClusterWithoutEndIsNotShown() {
        assertThat(masked("Z" + "\u0301".repeat(70) + "algo".repeat(10))).isEqualTo(MASK);
        assertThat(masked("a" + "\u0301\u0323".repeat(500_000) + "b".repeat(30)))
                .isEqualTo(MASK);
    }

    @Test
    void whatIsLeftIsOnOneLineAndVisible() {
        assertThat(masked("a\r\nb\tc\u202Ed\u0000e\u200Bf\u001B[31mg and so on and on"))
                .isEqualTo("a b cdefg " + MASK);
    }

    @Test
    void aTokenCountsAsWhatItShows() {
        assertThat(masked("taro.yamada@example.com wrote to me")).isEqualTo("[EMAIL] wr" + MASK);
        assertThat(masked("by taro.yamada@example.com, to me")).isEqualTo("by [EMAIL]" + MASK);
    }

    @Test
    void aTokenThatDoesNotFitIsNotShownAtAll() {
        assertThat(masked("It's taro.yamada@example.com, to me")).isEqualTo("It's " + MASK);
        assertThat(masked("taro@abc.jp")).isEqualTo(MASK);
    }

    @Test
    void nothingFollowsAKeyThatDoesNotEnd() {
        assertThat(masked("-----BEGIN PRIVATE KEY-----\n" + "MIIE\n".repeat(30_000)))
                .isEqualTo("[PEM]" + MASK);
    }

    @Test
    void kindsAreCounted() {
        MaskedText masked = masker.mask(
                "taro@example.com, jiro@example.com, 090-1234-5678; " + "x ".repeat(8_000) + "4111 1111 1111 1111",
                TextLevel.MASKED);

        assertThat(masked.kinds()).isEqualTo(Map.of(DataKind.EMAIL, 2, DataKind.PHONE, 1, DataKind.CARD, 1));
    }

    @Test
    void moreThan64KiBAreNotCounted() {
        String text = "x ".repeat(40_000) + "taro@example.com";

        assertThat(masker.mask(text, TextLevel.MASKED).kinds()).isEmpty();
    }

    @Test
    void theLengthIsInCodePoints() {
        assertThat(masker.mask("日本🇯🇵", TextLevel.MASKED).length()).isEqualTo(4);
    }

    @Test
    void aLevelSendsNoMoreThanItSays() {
        MaskedText nothing = masker.mask("taro@example.com wrote to me", TextLevel.NOTHING);
        assertThat(nothing.text()).isNull();
        assertThat(nothing.length()).isNull();
        assertThat(nothing.kinds()).isEmpty();

        MaskedText length = masker.mask("taro@example.com wrote to me", TextLevel.LENGTH);
        assertThat(length.text()).isNull();
        assertThat(length.length()).isEqualTo(28);
        assertThat(length.kinds()).isEmpty();
    }

    @Test
    void anEmptyTextHasNothingToHide() {
        assertThat(masked("")).isEmpty();
        assertThat(masked("\u200B")).isEqualTo(MASK);
    }

    @Test
    void ofAnErrorAsMuchIsSeenAndNothingCounted() {
        MaskedText scrubbed = masker.scrub("/home/taro/.local/share: Permission denied");

        assertThat(scrubbed.text()).isEqualTo("/home/" + MASK);
        assertThat(scrubbed.length()).isNull();
        assertThat(scrubbed.kinds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tinyllama:latest",
                "granite3.2:2b",
                "qwen2.5-coder:1.5b-instruct-q4_K_M",
                "hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M",
                "hf.co/unsloth/DeepSeek-R1-Distill-Qwen-1.5B-GGUF:latest",
                "registry.example.com:5000/library/mixtral:8x7b",
                "gpt-oss:120b-cloud",
                "mistral-small:24b-instruct-2501-q4_K_M",
                "command-r:35b-08-2024-q4_0",
                "nomic-embed-text:137m-v1.5-fp16",
                "mistral-large-instruct-20241118",
                "jeffh/intfloat-multilingual-e5-large-instruct:f16",
                "hf.co/TheBloke/phi-2-GGUF:Q4_0",
                "日本語モデル:7b",
            })
    void theNameOfAModelGoesAsItIs(String name) {
        assertThat(masker.name(name).text()).isEqualTo(name);
    }

    @Test
    void personalDataInANameIsReplaced() {
        assertThat(masker.name("taro.yamada@example.com/my-model:1b").text()).isEqualTo("[EMAIL]/my-model:1b");
        assertThat(masker.name("private/０９０－１２３４－５６７８:1b").text()).isEqualTo("private/[PHONE]:1b");
    }

    @Test
    void aNameIsCleanedAndCapped() {
        assertThat(masker.name(" tiny\u202E\nllama\u0007 ").text()).isEqualTo("tiny llama");
        assertThat(masker.name("x".repeat(40) + "/" + "y".repeat(40)).text())
                .isEqualTo("x".repeat(40) + "/" + "y".repeat(23));
    }

    @Test
    void aTokenIsNotCutInANameEither() {
        assertThat(masker.name("x".repeat(60) + "/taro@example.com").text()).isEqualTo("x".repeat(60) + "/");
    }

    @Test
    void whereMaskingFailsNothingIsShown() {
        var broken = new Masker(new PhoneNumbers() {
            @Override
            boolean isInternational(String digits) {
                throw new IllegalStateException(digits);
            }
        });

        MaskedText masked = broken.mask("+81 90 1234 5678 is my number", TextLevel.MASKED);

        assertThat(masked.text()).isEqualTo("[REDACTED:masker-error]");
        assertThat(masked.failed()).isTrue();
        assertThat(masked.length()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "XX", "jp", "JP"})
    void anyCountryWillDo(String country) {
        assertThat(new Masker(country).scrub("03-1234-5678 or by mail").text()).isEqualTo("[PHONE] or" + MASK);
    }

    @Test
    void nobodyElseMakesMaskedText() {
        for (Constructor<?> constructor : MaskedText.class.getDeclaredConstructors()) {
            assertThat(Modifier.isPublic(constructor.getModifiers())).isFalse();
        }
        assertThat(Modifier.isFinal(MaskedText.class.getModifiers())).isTrue();
    }
}
