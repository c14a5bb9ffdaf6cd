package dev.kansoku.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.demo.DemoAnswers.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoAnswersTest {

    @ParameterizedTest
    @EnumSource(Topic.class)
    void everyAnswerSaysThatItIsADemo(Topic topic) {
        assertThat(topic.text(false)).contains("This is the demo engine: no model is running, and this text was");
        assertThat(topic.text(true)).contains("これはデモエンジンの返答です。モデルは動いておらず、文章はあらかじめ用意された");
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void answersAreCalmAndOfAFewSeconds(Topic topic) {
        for (boolean inJapanese : List.of(true, false)) {
            assertThat(topic.text(inJapanese)).doesNotContain("!", "！", "\r").contains("\n\n");
            assertThat(DemoTokens.of(topic.text(inJapanese))).hasSizeBetween(90, 190);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "What is Kansoku?, KANSOKU",
        "Kansokuとは何ですか, KANSOKU",
        "Why was the first answer so slow?, SLOW",
        "なぜ最初の回答は遅いのですか, SLOW",
        "How do I read the live panel?, PANEL",
        "パネルの見方を教えてください, PANEL",
        "What leaves my machine?, PRIVACY",
        "入力した内容は外部に送信されますか, PRIVACY",
        "How do I install the real Ollama?, OLLAMA",
        "Ollamaのインストール方法は, OLLAMA",
        "Show me some Java code, CODE",
        "コードを書いてください, CODE"
    })
    void aPromptIsAnsweredByItsKeywordsInItsLanguage(String prompt, Topic topic) {
        assertThat(DemoAnswers.to(prompt, 1)).isEqualTo(topic.text(DemoTokens.looksJapanese(prompt)));
    }

    @Test
    void whoAsksForNothingInParticularReadsSomethingElseEachTime() {
        Set<String> answers = new HashSet<>();
        for (int prompts = 1; prompts <= Topic.values().length; prompts++) {
            answers.add(DemoAnswers.to("Hello", prompts));
        }
        assertThat(answers).hasSameSizeAs(Topic.values());
        assertThat(DemoAnswers.to("こんにちは", 1)).isEqualTo(Topic.KANSOKU.text(true));
        assertThat(DemoAnswers.to("", 0)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\r\n\tb",
                "internationalisation",
                "日本語とEnglish、ｶﾅ。",
                "😀👨‍👩‍👧e\u0301",
                "\ud83d lone \ude00"
            })
    void tokensAreTheTextAndCutNoCharacterInTwo(String text) {
        List<String> tokens = DemoTokens.of(text);

        assertThat(String.join("", tokens)).isEqualTo(text);
        assertThat(tokens).noneMatch(String::isEmpty);
        assertThat(tokens.stream()
                        .mapToInt(token -> token.codePointCount(0, token.length()))
                        .sum())
                .isEqualTo(text.codePointCount(0, text.length()));
    }
}
