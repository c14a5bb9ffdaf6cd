package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The quick, brown FOX!      | the quick brown fox
            snake_case node.js 3.14    | snake case node js 3 14
            Ａｐｐｌｅ １２３          | apple 123
            Crème Brûlée ÅNGSTRÖM      | creme brulee angstrom
            Straße ΣΊΣΥΦΟΣ ſo          | straße σισυφοσ so
            東京都                     | 東京 京都 都
            字                         | 字
            GPU使用率が高い            | gpu 使用 用率 率が が高 高い い
            サーバー、人々             | サー ーバ バー ー 人々 々
            ｻｰﾊﾞｰ                      | サー ーバ バー ー
            ㍍                         | メー ート トル ル
            안녕 하세요                | 안녕 녕 하세 세요 요
            สวัสดี                     | สว วั ัส สด ดี ี
            𠮷野家                     | 𠮷野 野家 家
            ①②                         | 12
            हिन्दी                     | हिन्दी
            👍🏽 !?…                    | ''
            """)
    void aTextBecomesWordsAndPairs(String text, String tokens) {
        assertThat(FoldedText.tokens(text)).isEqualTo(tokens);
    }

    @Test
    void composedAndDecomposedCharactersAreTheSame() {
        assertThat(FoldedText.tokens("か\u3099 e\u0301 \u1112\u1161\u11ab")).isEqualTo("が e 한");
        assertThat(FoldedText.tokens("が é 한")).isEqualTo("が e 한");
    }

    @Test
    void whatCannotBeSeenDoesNotSeparate() {
        assertThat(FoldedText.tokens("soft\u00ADhyphen 東\u200B京 葛\uDB40\uDD00城"))
                .isEqualTo("softhyphen 東京 京 葛城 城");
    }

    @Test
    void controlsPrivateUseAndLoneSurrogatesSeparate() {
        assertThat(FoldedText.tokens("a\0b\nc\uE000md\uD800e\uDC00f")).isEqualTo("a b c md e f");
    }

    @Test
    void aVeryLongWordCountsByItsBeginning() {
        assertThat(FoldedText.tokens("a".repeat(1_000_000) + " b"))
                .isEqualTo("a".repeat(FoldedText.LONGEST_WORD) + " b");
    }

    @Test
    void noTextIsSlow() {
        for (String piece :
                new String[] {"\u0301\u0323", "か\u3099", "é", "👨\u200D👩", "\uD800", "ﷺ", "ส", "a", "한", " "}) {
            long start = System.nanoTime();
            FoldedText.tokens(piece.repeat(1_000_000 / piece.length()));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("a megabyte of %s", piece)
                    .isLessThan(Duration.ofSeconds(10));
        }
    }
}
