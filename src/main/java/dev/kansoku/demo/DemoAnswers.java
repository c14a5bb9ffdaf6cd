package dev.kansoku.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** What the demo engine says. The texts lie beside this class, one file for each answer and language. */
final class DemoAnswers {

    /** What an answer is about, in the order in which they come to somebody who asks for none of them. */
    enum Topic {
        KANSOKU("what (is|does|can) (kansoku|this)|who are you|kansoku ?(とは|って|は何)|何ができ|あなたは"),
        SLOW("slow|\\b(cold|warm|latency|wait|took|takes)\\b|遅|待|時間がかか|コールド|ウォーム"),
        PANEL("panel|\\b(chart|graph|segment|curve)s?\\b|パネル|グラフ|内訳|見方|読み方"),
        PRIVACY("privac|\\b(private|sent|sends?|data|leaves?|leak|cloud)\\b|プライバシ|送信|送ら|外部|漏れ|クラウド"),
        OLLAMA("install|download|\\b(real|serve|pull|set ?up)\\b|インストール|ダウンロード|導入|本物|始め方"),
        CODE("\\b(code|java|curl|script|function|example)\\b|コード|スクリプト|サンプル|関数|例を");

        private final Pattern keywords;
        private final String english;
        private final String japanese;

        Topic(String keywords) {
            this.keywords = Pattern.compile(keywords, Pattern.CASE_INSENSITIVE);
            this.english = read("en");
            this.japanese = read("ja");
        }

        String text(boolean inJapanese) {
            return inJapanese ? japanese : english;
        }

        private String read(String language) {
            String file = name().toLowerCase(Locale.ROOT) + '.' + language + ".md";
            try (InputStream in = Objects.requireNonNull(DemoAnswers.class.getResourceAsStream(file), file)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private DemoAnswers() {}

    /**
     * The answer to a prompt, in its language.
     *
     * @param prompts how many there were in the conversation with this one: who asks a second time for nothing in
     *     particular reads something else
     */
    static String to(String prompt, int prompts) {
        Topic[] topics = Topic.values();
        return Arrays.stream(topics)
                .filter(topic -> topic.keywords.matcher(prompt).find())
                .findFirst()
                .orElse(topics[Math.floorMod(prompts - 1, topics.length)])
                .text(DemoTokens.looksJapanese(prompt));
    }
}
