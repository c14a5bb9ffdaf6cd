package dev.kansoku.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In what people write about all day there is nothing to replace. */
class OrdinaryTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Meet me on 2026-11-22 at 10:54:33.123, or on 11/23/2026 from 9:30 to 12:00.",
                "It costs $1,299.99 (about ¥198,000), 25% less than the 1,732.00 of last year.",
                "Version 1.10.2 of the library needs Java 25 and runs 3.14159 times faster than 0.9.8-rc1.",
                "The years 1914, 1918, 1939 and 1945; pages 100-120; scores 21-19, 19-21, 21-17; 2019 2020 2021.",
                "Trace 123e4567-e89b-12d3-a456-426614174000 took 1234567890 ns on port 11434.",
                "Commit 3fa9c81 fixed it; see #12345 and RFC 9110, section 15.5.20.",
                "for (int i = 0; i < 1_000_000; i++) { sum += values[i] * 0x7fffffffL; } // O(n)",
                "String token = tokens.next(); Map.Entry<String, Integer> e = map.get(key); assert e != null;",
                "git clone https://github.com/ollama/ollama && cd ollama && go build -o /usr/local/bin/ollama .",
                "SELECT id, name FROM users WHERE created_at >= '2026-01-01' AND id IN (1, 2, 3) LIMIT 100;",
                "color: #1e90ff; margin: 0 auto; transform: translate(-50%, -50%); z-index: 100000",
                "std::unordered_map<std::string, std::vector<int>> index; a::b::c(1);",
                "curl http://127.0.0.1:11434/api/chat -d '{\"model\":\"tinyllama\",\"stream\":true}'",
                "for (double x : List.of(1.5, 2.25, 3.125)) System.out.printf(\"%.2f%n\", x);",
                "My password manager does not work. How do I reset a forgotten password?",
                "What is a token, and how many tokens are in this text? At most 4096 tokens: prompt 1204, answer 512.",
                "The secret of good soup: time. The key: patience.",
                "Explain the sk-learn pipeline, the Bearer scheme and Basic authentication.",
                "x = 12345678 + 87654321; y = 0.123456789; z = 6.02214076e23",
                "src/main/java/dev/kansoku/privacy/Masker.java:142: error: cannot find symbol",
                "C:\\Program Files\\Java\\jdk-25\\bin\\javac.exe",
                "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。",
                "2026年11月22日(日)10時54分に、第3会議室で打ち合わせをします。参加者は12名です。",
                "価格は1,980円(税込2,178円)、送料は500円〜800円、消費税は10%です。",
                "バージョン1.10.2では、起動時間が1200ミリ秒から350ミリ秒に短縮されました。",
                "トークン数は4096です。パスワードを忘れた場合の手順を教えてください。",
                "個人番号とは何ですか。マイナンバー制度について500文字以内で説明してください。",
                "第1条、第2条及び第15条第3項の規定は、令和8年4月1日から施行する。",
                "郵便番号の書き方と、電話のかけ方を教えて。",
                "ファイルは/usr/share/fonts/にあります。行100〜120を見てください。",
                "東京都の人口は約1400万人で、面積は2194平方キロメートルです。",
                "スコアは3-1、勝率は0.625、打率は.312でした。",
            })
    void nothingIsReplaced(String text) {
        assertThat(Replaced.kinds(text)).as(Replaced.in(text)).isEmpty();
    }
}
