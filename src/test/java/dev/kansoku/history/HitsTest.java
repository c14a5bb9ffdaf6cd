package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HitsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The model, the MODELS    | mod     | The [mod]el, the [MOD]ELS
            The model, the MODELS    | 'the '  | [The] model, [the] MODELS
            use node.js here         | node.js | use [node.js] here
            東京都の京都             | 京都    | 東[京都]の[京都]
            都の東京都               | 都      | [都]の東京[都]
            ああああ                 | ああ    | [ああああ]
            ｻｰﾊﾞｰが遅い              | サーバ  | [ｻｰﾊﾞ]ｰが遅い
            (ﾃﾞ)                     | デ      | ([ﾃﾞ])
            Ｃｒème brûlée           | creme b | [Ｃｒème] [b]rûlée
            １２３                   | 12      | [１２]３
            ㌔を                     | キロ    | [㌔]を
            𠮷野家の牛丼             | 野家    | 𠮷[野家]の牛丼
            ｅ́́x                      | e       | [ｅ́́]x
            """)
    void theHitsAreThoseOfTheOriginalText(String text, String typed, String marked) {
        assertThat(marked(text, hits(typed, text))).isEqualTo(marked);
    }

    @Test
    void aTextWithoutTheWordHasNoHits() {
        assertThat(hits("cat ", "concatenate cats")).isEmpty();
    }

    @Test
    void thereAreNotMoreHitsThanCanBeShown() {
        assertThat(hits("a", "a ".repeat(100_000))).hasSize(1000);
    }

    @Test
    void aShortTextIsItsSnippet() {
        assertThat(snippet("slow", "Why is it slow?\n\n  It is cold.")).isEqualTo("Why is it [slow]? It is cold.");
    }

    @Test
    void aSnippetBeginsAndEndsBetweenWords() {
        String text = "one two three four five ".repeat(20) + "needle " + "six seven eight nine ten ".repeat(20);
        assertThat(snippet("needle", text))
                .isEqualTo(
                        "…five one two three four five [needle] six seven eight nine ten six seven eight nine ten six"
                                + " seven eight nine ten six…");
    }

    @Test
    void aJapaneseSnippetBeginsAfterAStop() {
        String text = "吾輩は猫である。名前はまだ無い。".repeat(9) + "どこで生れたかとんと見当がつかぬ。" + "薄暗いじめじめした所で。".repeat(20);
        assertThat(snippet("見当", text))
                .startsWith("…吾輩は猫である。名前はまだ無い。どこで生れたかとんと[見当]がつかぬ。")
                .endsWith("…");
    }

    @Test
    void withoutHitsASnippetIsTheBeginning() {
        assertThat(Snippet.of("word ".repeat(100), List.of()).text())
                .startsWith("word word")
                .endsWith("word…");
    }

    @Test
    void nothingIsCutInTwo() {
        for (String cluster : List.of("👨\u200D👩\u200D👧\u200D👦", "🇯🇵", "か\u3099", "𠮷")) {
            for (int before = 0; before < 60; before++) {
                String text = "x".repeat(before) + cluster.repeat(40) + "needle" + cluster.repeat(40);
                String rest = snippet("needle", text).replace(cluster, "").replaceAll("[x…\\[\\]]", "");
                assertThat(rest).as("%d before %s", before, cluster).isIn("needle", "");
            }
        }
    }

    @Test
    void aSnippetIsShortWhateverTheTextIs() {
        for (String piece : List.of("\u0301", "👨\u200D", " ", "\uD800", "\uDC00", "a", "é", "東", "\n")) {
            for (String text : List.of("東京" + piece.repeat(10_000), piece.repeat(10_000) + "東京")) {
                Snippet snippet = Snippet.of(text, hits("東京", text));
                assertThat(snippet.text().length()).isBetween(2, 200);
                assertThat(snippet.hits())
                        .allSatisfy(hit -> assertThat(hit.end())
                                .isGreaterThan(hit.start())
                                .isLessThanOrEqualTo(snippet.text().length()));
            }
        }
    }

    private static List<TextRange> hits(String typed, String text) {
        return Hits.of(SearchWords.of(typed).orElseThrow(), text);
    }

    private static String snippet(String typed, String text) {
        Snippet snippet = Snippet.of(text, hits(typed, text));
        return marked(snippet.text(), snippet.hits());
    }

    private static String marked(String text, List<TextRange> hits) {
        var marked = new StringBuilder(text);
        for (TextRange hit : hits.reversed()) {
            marked.insert(hit.end(), ']').insert(hit.start(), '[');
        }
        return marked.toString();
    }
}
