package dev.kansoku.privacy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words that say what stands beside them, in whatever case, as they are found in a {@link FoldedText}. */
final class Keywords {

    static final Keywords MY_NUMBER = new Keywords("マイナンバー", "個人番号", "my number", "mynumber", "individual number");
    static final Keywords POSTAL_CODE =
            new Keywords("〒", "郵便番号", "zip", "postal code", "postcode", "plz", "postleitzahl");

    /** Whatever is said to be one of these. */
    static final Keywords PASSWORD = new Keywords("password", "passwd", "passphrase", "パスワード", "暗証番号", "合言葉");

    /** The same where no letter stands before it. */
    static final Keywords SHORT_PASSWORD = new Keywords("pwd", "pass", "pw");

    /** Of these there are also numbers: how many, how long. */
    static final Keywords SECRET = new Keywords(
            "secret",
            "token",
            "apikey",
            "api key",
            "api_key",
            "api-key",
            "accesskey",
            "access key",
            "access_key",
            "secretkey",
            "secret key",
            "secret_key",
            "accountkey",
            "privatekey",
            "private_key",
            "credential",
            "credentials");

    private final List<String> words;

    /** The first and the last characters: nearly everywhere they show that no word stands there. */
    private final String firsts;

    private final String lasts;

    private Keywords(String... words) {
        this.words = Stream.of(words)
                .map(word -> FoldedText.of(word.toLowerCase(Locale.ROOT), Integer.MAX_VALUE))
                .map(word -> word.substring(0, word.length()))
                .toList();
        firsts = this.words.stream().map(word -> word.substring(0, 1)).collect(Collectors.joining());
        lasts = this.words.stream()
                .map(word -> word.substring(word.length() - 1))
                .collect(Collectors.joining());
    }

    /** Whether one begins here. */
    boolean beginAt(FoldedText text, int start) {
        if (firsts.indexOf(Character.toLowerCase(text.at(start))) < 0) {
            return false;
        }
        for (String word : words) {
            if (text.endsWith(start + word.length(), word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one ends right before this place. */
    boolean endAt(FoldedText text, int end) {
        return lengthBefore(text, end) > 0;
    }

    /** The same for one that is no part of a longer word. */
    boolean standAt(FoldedText text, int end) {
        int length = lengthBefore(text, end);
        return length > 0 && !Chars.isLetter(text.at(end - length - 1));
    }

    private int lengthBefore(FoldedText text, int end) {
        if (lasts.indexOf(Character.toLowerCase(text.at(end - 1))) < 0) {
            return 0;
        }
        for (String word : words) {
            if (text.endsWith(end, word)) {
                return word.length();
            }
        }
        return 0;
    }
}
