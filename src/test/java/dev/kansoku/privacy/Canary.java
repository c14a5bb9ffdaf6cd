package dev.kansoku.privacy;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Personal data that was made up.
 *
 * @param text as it stands in a text
 * @param core what of it must not be seen: letters and digits at random
 */
public record Canary(String text, String core) {

    private static final Pattern FOUR_LETTERS = Pattern.compile("[A-Za-z]{4}");
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + LOWER;

    private static final List<Function<Random, Canary>> KINDS = List.of(
            random -> around("", word(random, LOWER, 10), "@example.com"),
            random -> around("taro@", "a" + word(random, LOWER, 9), ".co.jp"),
            random -> around("", "090" + digits(random, 8), ""),
            random -> grouped("0" + (7 + random.nextInt(3)) + "0" + digits(random, 8), "-", 3, 4, 4),
            random -> grouped("03" + digits(random, 8), "-", 2, 4, 4),
            random -> grouped("0" + (1 + random.nextInt(9)) + digits(random, 8), " ", 4, 2, 4),
            random -> around("+81", "90" + digits(random, 8), ""),
            random -> grouped("415" + "555" + digits(random, 4), "-", 3, 3, 4),
            random -> around("〒", digits(random, 7), ""),
            random -> grouped("1" + digits(random, 5) + "1", "-", 3, 4),
            random -> around("", luhn("4" + digits(random, 14)), ""),
            random -> grouped(luhn("5" + digits(random, 14)), " ", 4, 4, 4, 4),
            random -> grouped(luhn("34" + digits(random, 12)), "-", 4, 6, 5),
            random -> around("マイナンバー:", myNumber(digits(random, 11)), ""),
            random -> around("", myNumber(digits(random, 11)), "が個人番号"),
            random -> grouped(myNumber(digits(random, 11)), " ", 4, 4, 4),
            random -> around("", iban(digits(random, 18)), ""),
            random -> grouped(iban(digits(random, 18)), " ", 4, 4, 4, 4, 4, 2),
            random -> ip(random),
            random -> around("2001:db8::", word(random, "abcdef0123456789", 4), ":7334"),
            random -> around("https://u:", word(random, MIXED, 12), "@example.com/"),
            random -> around("ftp://", word(random, LOWER, 12), ":x@example.com/"),
            random -> around("", word(random, LOWER, 10), ":geheim@db.local"),
            random -> around("sk-", word(random, MIXED, 31) + "7", ""),
            random -> around("AKIA", word(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16), ""),
            random -> around("ghp_", word(random, MIXED, 36), ""),
            random -> around("xoxb-", word(random, MIXED, 24), ""),
            random -> around("eyJ", word(random, MIXED, 20), ".eyJhIjoxfQ.c2ln"),
            random -> around("Bearer ", "7" + word(random, MIXED, 19), ""),
            random -> around("pw=", word(random, MIXED, 12), ""),
            random -> around("パスワードは", word(random, MIXED, 11) + "7", ""),
            random -> around("", "a1" + word(random, "abcdef0123456789", 38), ""),
            random -> around("-----BEGIN RSA PRIVATE KEY-----\n", word(random, MIXED, 64), "\n"),
            random -> around("/home/", word(random, LOWER, 9), "/x"),
            random -> grouped("9" + digits(random, 13), "-", 4, 5, 5));

    private static final List<Function<String, String>> DISGUISES = List.of(
            Function.identity(),
            Canary::wide,
            text -> spread(text, "\u200B"),
            text -> spread(text, "\u2060\u00AD"),
            text -> spread(text, "\u0336"),
            text -> spread(wide(text), "\u200D"),
            Canary::mixed);

    private static final List<String> INVISIBLE = List.of(
            "",
            "",
            "",
            "\u200B",
            "\u200E",
            "\u202D",
            "\u2063",
            "\uFEFF",
            "\uFE0E",
            "\u0000",
            "\u0307",
            "\u20E3",
            "\u001B[0m");
    private static final String DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30FC\uFF0D\uFF70\uFE63";
    private static final String SPACES = " \u00A0\u2003\u2009\u202F\u3000";

    /** How many kinds there are: so many in a row differ in their kinds, after that in their disguises. */
    public static int kinds() {
        return KINDS.size();
    }

    /** The n-th of as many as one likes, of each kind in each disguise in turn. */
    static Canary of(int n, Random random) {
        Canary plain = KINDS.get(n % KINDS.size()).apply(random);
        return new Canary(DISGUISES.get(n / KINDS.size() % DISGUISES.size()).apply(plain.text), plain.core);
    }

    /**
     * The n-th of as many as one likes; no more than three letters of its core stand in a row, so that it is like no word
     * which somebody else writes.
     */
    public static Canary unlikeWords(int n, Random random) {
        Canary plain = KINDS.get(n % KINDS.size()).apply(random);
        String core = FOUR_LETTERS
                .matcher(plain.core)
                .replaceAll(four -> four.group().substring(0, 3) + (2 + random.nextInt(6)));
        String text = plain.text.replace(plain.core, core);
        return new Canary(DISGUISES.get(n / KINDS.size() % DISGUISES.size()).apply(text), core);
    }

    /** Whether so many characters in a row of the core can be read. */
    boolean isSeenIn(String shown, int inARow) {
        var folded = FoldedText.of(shown, Integer.MAX_VALUE);
        String letters = compact(folded.substring(0, folded.length()));
        String hidden = compact(core);
        for (int i = 0; i + inARow <= hidden.length(); i++) {
            if (letters.contains(hidden.substring(i, i + inARow))) {
                return true;
            }
        }
        return false;
    }

    private static String compact(String text) {
        return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static Canary around(String before, String core, String after) {
        return new Canary(before + core + after, core);
    }

    private static Canary grouped(String digits, String separator, int... sizes) {
        var text = new StringBuilder();
        int from = 0;
        for (int size : sizes) {
            text.append(from == 0 ? "" : separator).append(digits, from, from + size);
            from += size;
        }
        return new Canary(text.toString(), digits);
    }

    private static Canary ip(Random random) {
        String text = (1 + random.nextInt(254)) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                + (100 + random.nextInt(155));
        return new Canary(text, text);
    }

    private static String word(Random random, String alphabet, int length) {
        var word = new StringBuilder();
        while (word.length() < length) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }

    private static String digits(Random random, int length) {
        return word(random, "0123456789", length);
    }

    private static String luhn(String digits) {
        for (char last = '0'; last <= '9'; last++) {
            if (CheckDigits.isLuhn(digits + last)) {
                return digits + last;
            }
        }
        throw new AssertionError(digits);
    }

    private static String myNumber(String digits) {
        for (char last = '0'; last <= '9'; last++) {
            if (CheckDigits.isMyNumber(digits + last)) {
                return digits + last;
            }
        }
        throw new AssertionError(digits);
    }

    private static String iban(String account) {
        // "DE00" moved to the end, as numbers.
        int rest =
                new BigInteger(account + "131400").mod(BigInteger.valueOf(97)).intValue();
        return "DE" + String.format(Locale.ROOT, "%02d", 98 - rest) + account;
    }

    private static String wide(String text) {
        var wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c > ' ' && c < 0x7F ? c + 0xFEE0 : c)));
        return wide.toString();
    }

    /** Something else for every character; the same for the same text. */
    private static String mixed(String text) {
        var random = new Random(text.hashCode());
        var mixed = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '-') {
                mixed.append(DASHES.charAt(random.nextInt(DASHES.length())));
            } else if (c == ' ') {
                mixed.append(SPACES.charAt(random.nextInt(SPACES.length())));
            } else if (c >= '0' && c <= '9' && random.nextInt(4) == 0) {
                // Mathematical bold.
                mixed.appendCodePoint(0x1D7CE + c - '0');
            } else {
                mixed.append(random.nextBoolean() ? wide(String.valueOf(c)) : c);
            }
            mixed.append(INVISIBLE.get(random.nextInt(INVISIBLE.size())));
        }
        return mixed.toString();
    }

    private static String spread(String text, String between) {
        var spread = new StringBuilder();
        text.codePoints().forEach(c -> spread.appendCodePoint(c).append(between));
        return spread.toString();
    }
}
