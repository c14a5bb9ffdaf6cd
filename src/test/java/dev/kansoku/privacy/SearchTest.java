package dev.kansoku.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One table a kind: what is found, and what looks like it and is not. The part before "|" is given, that after it expected. */
class SearchTest {

    private static final String ZERO_WIDTH = "\u200B";

    private static void check(String row) {
        String[] parts = row.split(" \\| ", -1);
        String text = parts[0].replace("\\n", "\n");
        assertThat(Replaced.in(text)).as(text).isEqualTo(folded(parts[1].replace("\\n", "\n")));
    }

    private static String folded(String expected) {
        var folded = FoldedText.of(expected, Integer.MAX_VALUE);
        return folded.substring(0, folded.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taro.yamada@example.com | [EMAIL]",
                "Mail taro+news@mail.example.co.jp now. | Mail [EMAIL] now.",
                "連絡先はtaro@example.jpです | 連絡先は[EMAIL]です",
                "連絡先はｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐです | 連絡先は[EMAIL]です",
                "taro@example。jp | [EMAIL]",
                "山田@example.jp | [EMAIL]",
                "иван@пример.рф | [EMAIL]",
                "jürgen@müller.de | [EMAIL]",
                "taro@例え.jp | [EMAIL]",
                "Taro <taro@example.com>, Jiro <jiro@example.com> | Taro <[EMAIL]>, Jiro <[EMAIL]>",
                "mail=taro%40example.com&x=1 | mail=[EMAIL]&x=1",
                "\"taro yamada\"@example.com | [EMAIL]",
                "taro@[192.168.10.4] | [EMAIL]",
                "taro@192.168.10.4 | [EMAIL]",
                "ssh taro@buildhost | ssh [EMAIL]",
                "taro.@docomo.ne.jp | [EMAIL]",
                "admin:s3cret@db.local | [EMAIL]",
                "09012345678@docomo.ne.jp | [EMAIL]",
                "taro@example.com. | [EMAIL].",
                "𝐭𝐚𝐫𝐨@𝐞𝐱𝐚𝐦𝐩𝐥𝐞.𝐜𝐨𝐦 | [EMAIL]",
                "a@b | a@b",
                "[\\w.+]+@[\\w.]+ | [\\w.+]+@[\\w.]+",
                "@Override public void run() | @Override public void run()",
                "Map.@Nullable Entry e | Map.@Nullable Entry e",
                "npm install react@18.2.0 typescript@latest | npm install react@18.2.0 typescript@latest",
                "uses: actions/checkout@v4 | uses: actions/checkout@v4",
                "2 @ 3 dollars | 2 @ 3 dollars",
                "Follow @kansoku on it | Follow @kansoku on it",
            })
    void emailAddresses(String row) {
        check(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "090-1234-5678 | [PHONE]",
                "電話は09012345678です | 電話は[PHONE]です",
                "電話は０９０－１２３４－５６７８です | 電話は[PHONE]です",
                "電話は０９０ー１２３４ー５６７８です | 電話は[PHONE]です",
                "090の1234の5678 | [PHONE]",
                "0 9 0 1 2 3 4 5 6 7 8 | [PHONE]",
                "⓪⑨⓪①②③④⑤⑥⑦⑧ | [PHONE]",
                "٠٩٠١٢٣٤٥٦٧٨ | [PHONE]",
                "TEL:03-1234-5678 | TEL:[PHONE]",
                "tel03(1234)5678 | tel[PHONE]",
                "(03) 1234-5678 | [PHONE]",
                "0120-123-456 | [PHONE]",
                "+81 90 1234 5678 | [PHONE]",
                "+81-(0)90-1234-5678 | [PHONE]",
                "+44 20 7946 0958 | [PHONE]",
                "0081-90-1234-5678 | [PHONE]",
                "+1 (415) 555-2671 | [PHONE]",
                "Call 415-555-2671 now | Call [PHONE] now",
                "Call (415) 555-2671. | Call [PHONE].",
                "0312345678 0398765432 | [PHONE] [PHONE]",
                "0312345678,0398765432 | [PHONE],[PHONE]",
                "On 2026-11-22 at 10:54:33 | On 2026-11-22 at 10:54:33",
                "2026-11-22 10:54 | 2026-11-22 10:54",
                "2026/11/22 10:54 | 2026/11/22 10:54",
                "22.11.2026 10:54 | 22.11.2026 10:54",
                "01.02.2026 10:30 | 01.02.2026 10:30",
                "01/02/2026 | 01/02/2026",
                "2026-11-22-10-54-33 | 2026-11-22-10-54-33",
                "090-7254-06351 | [NUMBER]",
                "20261122 | 20261122",
                "17_179_869_184, 2_533_539_840L | 17_179_869_184, 2_533_539_840L",
                "tel_090_1234_5678.txt | tel_[PHONE].txt",
                "1,234,567 yen | 1,234,567 yen",
                "3.14159265358979 | 3.14159265358979",
                "1920x1080, 1024 768 | 1920x1080, 1024 768",
                "10 20 30 40 50 | 10 20 30 40 50",
                "a + 12345678 | a + 12345678",
                "令和8年11月22日 | 令和8年11月22日",
            })
    void telephoneNumbers(String row) {
        check(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "〒150-0002 東京都渋谷区1-2-3 | 〒[POSTAL] 東京都渋谷区1-2-3",
                "〒１５０－０００２ | 〒[POSTAL]",
                "150-0002 | [POSTAL]",
                "郵便番号は1500002です | 郵便番号は[POSTAL]です",
                "郵便番号 060 0808 | 郵便番号 [POSTAL]",
                "住所は150-0002東京都 | 住所は[POSTAL]東京都",
                "San Francisco, CA 94105-1234 | San Francisco, CA [POSTAL]",
                "ZIP: 94105 | ZIP: [POSTAL]",
                "Write 500-1000 words. | Write 500-1000 words.",
                "1-2-3 | 1-2-3",
                "100-200 | 100-200",
                "2024-2025 | 2024-2025",
            })
    void postalCodes(String row) {
        check(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1111 | [CARD]",
                "4111-1111-1111-1111 | [CARD]",
                "カードは4111111111111111です | カードは[CARD]です",
                "４１１１　１１１１　１１１１　１１１１ | [CARD]",
                "4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1 | [CARD]",
                "3782 822463 10005 | [CARD]",
                "3530111333300000 | [CARD]",
                "5555 5555 5555 4444 12/28 | [CARD] 12/28",
                "4111 1111 1111 1112 | [NUMBER]",
                "1914 1918 1939 1945 2001 | 1914 1918 1939 1945 2001",
                "4111111111111112 | [NUMBER]",
                "4111111111111111 4111111111111111 | [CARD] [CARD]",
                "978-4-7981-5757-6 | [NUMBER]",
            })
    void cards(String row) {
        check(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "マイナンバーは123456789018です | マイナンバーは[MYNUMBER]です",
                "ﾏｲﾅﾝﾊﾞｰ:123456789018 | マイナンバー:[MYNUMBER]",
                "個人番号１２３４５６７８９０１８ | 個人番号[MYNUMBER]",
                "123456789018は私の個人番号 | [MYNUMBER]は私の個人番号",
                "My Number: 1234-5678-9018 | My Number: [MYNUMBER]",
                "My Number: 1234 5678 9012 | My Number: [MYNUMBER]",
                "1234 5678 9018 | [MYNUMBER]",
                "1234 5678 9012 | 1234 5678 9012",
                "123456789018 | [NUMBER]",
            })
    void individualNumbers(String row) {
        check(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89370400440532013000 | [IBAN]",
                "IBAN DE89 3704 0044 0532 0130 00, BIC | IBAN [IBAN], BIC",
                "口座はGB29 NWBK 6016 1331 9268 19です | 口座は[IBAN]です",
                "gb29nwbk60161331926819 | [IBAN]",
                "DE89370400440532013001 | DE[NUMBER]",
                "DE89 is not enough | DE89 is not enough",
            })
    void ibans(String row) {
        check(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.10.4 | [IP]",
                "接続先は１９２．１６８．１０．４です | 接続先は[IP]です",
                "http://10.1.2.3:11434/api | http://[IP]:11434/api",
                "version 1.2.3.4 | version [IP]",
                "version 1.10.2 | version 1.10.2",
                "1.2.3.4.5 | 1.2.3.4.5",
                "300.1.2.3 | 300.1.2.3",
                "dial tcp 127.0.0.1:11434: connection refused | dial tcp 127.0.0.1:11434: connection refused",
                "2001:db8::8a2e:370:7334 | [IP]",
                "[fe80::1%eth0] | [[IP]%eth0]",
                "2001:0db8:85a3:0000:0000:8a2e:0370:7334 | [IP]",
                "::ffff:192.0.2.128 | [IP]",
                "127.8.9.1 | [IP]",
                "[::1]:11434 | [::1]:11434",
                "10:54:33 | 10:54:33",
                "std::vector<int> | std::vector<int>",
                "Face::add | Face::add",
            })
    void ipAddresses(String row) {
        check(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://taro:geheim@example.com/x | https://[LOGIN]",
                "https://token123@github.com/a/b.git | https://[LOGIN]",
                "postgres://app:p/w%23d@db.example.com:5432/x | postgres://[LOGIN]",
                "https://example.com/@taro | https://example.com/@taro",
                "http://localhost:11434/@x | http://localhost:11434/@x",
                "https://example.com/path?q=1#top | https://example.com/path?q=1#top",
            })
    void logins(String row) {
        String[] parts = row.split(" \\| ", -1);
        assertThat(Replaced.in(parts[0])).as(row).startsWith(parts[1]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-proj-abcDEF1234567890abcDEF12 | [SECRET]",
                "キーはsk-abcDEF1234567890です | キーは[SECRET]です",
                "AKIAIOSFODNN7EXAMPLE | [SECRET]",
                "ＡＫＩＡＩＯＳＦＯＤＮＮ７ＥＸＡＭＰＬＥ | [SECRET]",
                "ghp_16C7e42F292c6912E7710c838347Ae178B4a | [SECRET]",
                "xoxb-123456789012-abcdefABCDEF | [SECRET]",
                "AIzaSyA1234567890abcdefghijklmnopqrstuv | [SECRET]",
                "hf_AbCdEfGhIjKlMnOpQrStUvWxYz012345 | [SECRET]",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln x | [SECRET] x",
                "Authorization: Bearer abc123def456 | Authorization: [SECRET]",
                "Authorization: Basic dGFybzpnZWhlaW0xMjM= | Authorization: [SECRET]",
                "password=hunter22 | password=[SECRET]",
                "password=abcdefgh | password=[SECRET]",
                "DB_PASSWORD: \"correct horse\" | DB_PASSWORD: \"[SECRET]\"",
                "{\"api_key\":\"abcdefgh\"} | {\"api_key\":\"[SECRET]\"}",
                "Server=x;Pwd=Geheim!;Port=1 | Server=x;Pwd=[SECRET];Port=1",
                "パスワードはHunter22です | パスワードは[SECRET]です",
                "my password is hunter22, ok | my password is [SECRET], ok",
                "0123456789abcdef0123456789abcdef | [SECRET]",
                "Xk3f9QzP2mRa81Lw0vBt | [SECRET]",
                "123e4567-e89b-12d3-a456-426614174000 | 123e4567-e89b-12d3-a456-426614174000",
                "ask-me-anything-about-the-weather | ask-me-anything-about-the-weather",
                "sk-learn has estimators | sk-learn has estimators",
                "String password = getPassword(); | String password = getPassword();",
                "firstToken=first token, token: \"${TOKEN}\" | firstToken=first token, token: \"${TOKEN}\"",
                "password = null; token: String | password = null; token: String",
                "max_token: 4096 | max_token: 4096",
                "パスワードを忘れた | パスワードを忘れた",
                "Basic understanding of it | Basic understanding of it",
            })
    void secrets(String row) {
        check(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PRIVATE KEY-----\\nMIIEvQ\\n-----END PRIVATE KEY----- x | [PEM] x",
                "鍵-----BEGIN RSA PRIVATE KEY-----\\nMIIE | 鍵[PEM]",
                "－－－－－ＢＥＧＩＮ PRIVATE KEY----- abc | [PEM]",
                "BEGIN TRANSACTION; END | BEGIN TRANSACTION; END",
            })
    void pem(String row) {
        check(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home/taro/.ssh/config | /home/[USER]/.ssh/config",
                "C:\\Users\\Taro Yamada\\x.txt | C:\\Users\\[USER]\\x.txt",
                "C:\\\\Users\\\\taro\\\\x | C:\\\\Users\\\\[USER]\\\\x",
                "file:///Users/taro is | file:///Users/[USER] is",
                "/usr/lib/jvm/temurin-25/bin/java | /usr/lib/jvm/temurin-25/bin/java",
                "src/main/java/dev/kansoku/AppGraph.java | src/main/java/dev/kansoku/AppGraph.java",
                "https://example.com/home/page | https://example.com/home/page",
            })
    void homeFolders(String row) {
        check(row);
    }

    @ParameterizedTest
    @CsvSource({
        "taro@example.com, EMAIL",
        "090-1234-5678, PHONE",
        "150-0002, POSTAL_CODE",
        "4111111111111111, CARD",
        "DE89370400440532013000, IBAN",
        "192.168.10.4, IP_ADDRESS",
        "2001:db8::8a2e:370:7334, IP_ADDRESS",
        "AKIAIOSFODNN7EXAMPLE, SECRET",
        "password=hunter22, SECRET",
        "https://taro:geheim@example.com, LOGIN",
        "-----BEGIN PRIVATE KEY-----, PEM",
        "/home/taro/x, USER",
        "98765432109, NUMBER",
    })
    void whatCannotBeSeenHidesNothing(String text, DataKind kind) {
        for (String between : List.of(
                ZERO_WIDTH, "\u00AD", "\uFE0F", "\u202E", "\u0000", "\u0308", "\u20E3", "\uDB40\uDC41", "\u001B[31m")) {
            var spread = new StringBuilder();
            text.chars().forEach(c -> spread.append((char) c).append(between));
            assertThat(Replaced.kinds(spread.toString()))
                    .as(text + " with " + between)
                    .containsExactly(kind);
        }
    }

    @Test
    void everyTokenCanBeShownWhole() {
        for (DataKind kind : DataKind.values()) {
            assertThat(kind.token()).matches("\\[[A-Z]{2,8}]").hasSizeLessThanOrEqualTo(Cut.MOST_CLUSTERS);
        }
    }
}
