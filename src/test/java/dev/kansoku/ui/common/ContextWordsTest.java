package dev.kansoku.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.measure.ContextUse;
import dev.kansoku.measure.Truncation;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ContextWordsTest {

    private static final Words ENGLISH = new Words(Locale.ENGLISH);
    private static final Words JAPANESE = new Words(Locale.JAPANESE);
    private static final ContextUse USE = new ContextUse(1_204, 1_204, 4_096);

    @Test
    void theGauge() {
        assertThat(ContextWords.gauge(ENGLISH, new Figures(ENGLISH), USE)).isEqualTo("1,204 of 4,096 tokens");
        assertThat(ContextWords.gauge(JAPANESE, new Figures(JAPANESE), USE)).isEqualTo("4,096 トークン中 1,204");
    }

    @Test
    void theWarning() {
        assertThat(ContextWords.warning(ENGLISH, new Figures(ENGLISH), USE))
                .isEqualTo("With this prompt the conversation comes close to the model’s 4,096 tokens."
                        + " Beyond them Ollama leaves out the oldest part without saying so. A new chat avoids that.");
        assertThat(ContextWords.warning(JAPANESE, new Figures(JAPANESE), USE))
                .isEqualTo("このプロンプトを送ると、会話がモデルのコンテキスト (4,096 トークン) の上限に近づきます。"
                        + "上限を超えると、Ollama は通知なしに古い部分を省きます。新しい会話を始めると避けられます。");
    }

    @Test
    void theAlarm() {
        var truncation = new Truncation(1_300);
        assertThat(ContextWords.alarm(ENGLISH, new Figures(ENGLISH), truncation))
                .isEqualTo("The model does not see all of this conversation any more: Ollama cut about 1,300 tokens to"
                        + " make it fit. A new chat begins with an empty context.");
        assertThat(ContextWords.alarm(JAPANESE, new Figures(JAPANESE), truncation))
                .isEqualTo("モデルはこの会話の一部を参照できなくなっています。コンテキストに収めるため、Ollama が約 1,300 トークンを省きました。"
                        + "新しい会話では空のコンテキストから始まります。");
    }
}
