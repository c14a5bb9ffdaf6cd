package dev.kansoku.demo;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Cuts text into pieces about as long as tokens are. */
final class DemoTokens {

    private static final String JAPANESE = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}ー々";

    private static final Pattern KANA_OR_HAN = Pattern.compile("[" + JAPANESE + "]");

    /** The last alternative takes any one code point, so that nothing is left out and no surrogate pair is cut. */
    private static final Pattern TOKEN = Pattern.compile(
            "[" + JAPANESE + "]{1,2}| ?[\\p{L}\\p{M}\\p{N}&&[^" + JAPANESE + "]]{1,7}|\\s{1,8}|.", Pattern.DOTALL);

    private DemoTokens() {}

    /** The pieces; joined they are the text. */
    static List<String> of(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }

    /** At most so many of them. */
    static List<String> of(String text, int most) {
        return TOKEN.matcher(text).results().limit(most).map(MatchResult::group).toList();
    }

    /** Whether the text has kana or ideographs. */
    static boolean looksJapanese(String text) {
        return KANA_OR_HAN.matcher(text).find();
    }
}
