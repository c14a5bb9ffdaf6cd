package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchWordsTest {

    private Connection connection;

    @BeforeEach
    void createIndex() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        execute("CREATE VIRTUAL TABLE search USING fts5(tokens, content='', prefix='1 2 3', tokenize='ascii')");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cat        | "cat"*
            'cat '     | "cat"
            cat.       | "cat"
            big cat    | "big" AND "cat"*
            node.js    | "node js"*
            node.js 18 | "node js" AND "18"*
            字         | "字"*
            東京       | "東京"
            東京都     | "東京 京都"
            東京　大阪 | "東京" AND "大阪"
            東京、大阪 | "東京" AND "大阪"
            GPU使用率  | "gpu" AND "使用 用率"
            使用率GPU  | "使用 用率" AND "gpu"*
            字 a       | "字"* AND "a"*
            """)
    void whatWasTypedBecomesAnExpression(String typed, String match) {
        assertThat(SearchWords.of(typed).map(SearchWords::match)).contains(match);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "　", "\"", "* - ( ) : ^ + ,", "。、！", "👍", "\0", "\uE000", "\uD83D", "\u0301"})
    void nothingToSearchForIsEmpty(String typed) {
        assertThat(SearchWords.of(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The model is slow            | MOD              | true
            The model is slow            | 'mod '           | false
            The model is slow            | slow mod         | true
            The model is slow            | slow model       | true
            run node.js now              | node.j           | true
            run js with node             | node.js          | false
            GPUの使用率は高い            | GPU使用率        | true
            今日は東京都へ               | 京都             | true
            東京 都                      | 東京都           | false
            東京。京都                   | 東京京都         | false
            東京。京都                   | 東京都           | false
            漢字                         | 字               | true
            漢字                         | 漢               | true
            漢字                         | 感               | false
            ﾃﾞｰﾀを読む                   | データ           | true
            Ｏｌｌａｍａ                 | olla             | true
            Ollama                       | ｏｌｌ           | true
            résumé                       | resume           | true
            résumé                       | "RESUME'"        | true
            rock AND roll                | and              | true
            rock roll                    | rock AND roll    | false
            NEAR(a b)                    | NEAR(            | true
            𠮷野家                       | 𠮷               | true
            สวัสดีครับ                   | สดี              | true
            """)
    void aMessageIsFoundAndItsHitsShownOrNeither(String text, String typed, boolean found) throws SQLException {
        add(1, text);
        SearchWords query = SearchWords.of(typed).orElseThrow();
        assertThat(finds(query.match())).as("found by %s", query.match()).isEqualTo(found);
        assertThat(hasHitsOfAllTerms(query, text))
                .as("hits of %s", query.match())
                .isEqualTo(found);
    }

    @Test
    void theIndexFindsWhatTheHitsShowInTextsOfAllKinds() throws SQLException {
        String[] pieces = {
            "a", "B", "ab", "é", "e\u0301", "1", "①", "ﷺ", "ﬁ", " ", " ", "\n", ".", "\"", "'", "*", "東", "京", "が",
            "か\u3099", "ー", "ｶﾞ", "々", "한", "ส", "ี", "𠮷", "👍🏽", "\u200D", "\0", "\uE000", "\uD800", "\uDC00", "AND",
            "NEAR("
        };
        var random = new Random(20261122);
        for (int i = 1; i <= 3000; i++) {
            String text = any(pieces, random, 12);
            String typed = random.nextBoolean() ? any(pieces, random, 4) : part(text, random);
            Optional<SearchWords> query = SearchWords.of(typed);
            if (query.isPresent()) {
                execute("INSERT INTO search(search) VALUES('delete-all')");
                add(i, text);
                assertThat(hasHitsOfAllTerms(query.get(), text))
                        .as("hits of %s in %s", escaped(typed), escaped(text))
                        .isEqualTo(finds(query.get().match()));
            }
        }
    }

    @Test
    void nothingThatIsTypedIsASyntaxError() {
        var random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            var typed = new StringBuilder();
            int length = random.nextInt(20);
            for (int k = 0; k < length; k++) {
                typed.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
            }
            assertThatCode(() -> {
                        Optional<SearchWords> query = SearchWords.of(typed.toString());
                        if (query.isPresent()) {
                            finds(query.get().match());
                        }
                    })
                    .as("typing %s", escaped(typed.toString()))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a ", "a.", "東 ", "東", "a", "\"", "𠮷", "ﷺ", "a\u0301", "東a", "👍a"})
    void aLongInputStaysAShortExpression(String piece) {
        Optional<SearchWords> query = SearchWords.of(piece.repeat(10_000));
        assertThat(query.map(SearchWords::match).orElse("").length()).isLessThan(6000);
        assertThatCode(() -> finds(query.map(SearchWords::match).orElse("\"a\"")))
                .doesNotThrowAnyException();
    }

    @Test
    void aFilterFindsOnlyWhatHasItsToken() throws SQLException {
        String token = SearchMarks.model("Qwen3:8b-q4_K_M");
        add(1, "slow \uE000m" + token.substring(2));
        assertThat(finds("\"slow\" AND \"" + token + "\"")).isFalse();
        execute("INSERT INTO search(rowid, tokens) VALUES(2, 'slow " + token + "')");
        assertThat(finds("\"slow\" AND \"" + token + "\"")).isTrue();
    }

    private static boolean hasHitsOfAllTerms(SearchWords query, String text) {
        FoldedText folded = FoldedText.of(text);
        return query.terms().stream().allMatch(term -> {
            for (int token = folded.first(); token < folded.length(); token = folded.next(token)) {
                if (term.matchEnd(folded, token) != SearchTerm.NO_MATCH) {
                    return true;
                }
            }
            return false;
        });
    }

    private static String any(String[] pieces, Random random, int most) {
        var text = new StringBuilder();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            text.append(pieces[random.nextInt(pieces.length)]);
        }
        return text.toString();
    }

    private static String part(String text, Random random) {
        int start = random.nextInt(text.length());
        return text.substring(start, start + 1 + random.nextInt(text.length() - start));
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c > ' ' && c < 0x7F ? Character.toString(c) : "\\u%04X".formatted(c)));
        return escaped.toString();
    }

    private void add(int rowid, String text) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO search(rowid, tokens) VALUES(?, ?)")) {
            insert.setInt(1, rowid);
            insert.setString(2, FoldedText.tokens(text));
            insert.executeUpdate();
        }
    }

    private boolean finds(String match) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT rowid FROM search WHERE search MATCH ?")) {
            select.setString(1, match);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
