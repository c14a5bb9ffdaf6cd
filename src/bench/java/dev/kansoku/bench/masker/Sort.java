package dev.kansoku.bench.masker;

import java.util.Random;

/** What people write, and what somebody would write who wants to see the masker slow: each a piece that is repeated. */
public enum Sort {
    ENGLISH("English prose", "The quick brown fox jumps over the lazy dog, and nobody knows why it does. "),
    JAPANESE("Japanese prose", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"),
    CODE("Java", "for (var e : map.entrySet()) {\n    sum += e.getValue().length() * 0x7fL; // why: O(n)\n}\n"),
    NUMBERS("numbers", "12 305 1,024 3.5 77 2026-11-22 10:54 415 1999 88 42 7,000 "),
    PERSONAL(
            "personal data",
            "taro@example.com, 090-1234-5678, 4111 1111 1111 1111, 192.168.0.7, DE89370400440532013000; "),
    DOTTED("dotted", "a.b.c.d.e.f.1.2.3.4.5.6.7.8.9."),
    SINGLE_DIGITS("digits with spaces", "4 1 1 5 "),
    GROUPS("groups of digits", "415 555 267 12 "),
    YEARS("years", "1914 1918 1939 "),
    DASHED("digits with dashes", "20-26-11-"),
    DIGITS("digits only", "4111111111"),
    SIGNS("at signs", "a@"),
    ENCODED_SIGNS("encoded at signs", "a%40"),
    SCHEMES("begun URLs", "a://b:x/"),
    COLONS("colons", "1::2:"),
    ASSIGNMENTS("assignments", "password="),
    KEYS("begun keys", "sk-aaaaaaa1-"),
    IBANS("begun IBANs", "DE89 "),
    PEMS("begun PEM", "-BEGIN A"),
    FOLDERS("home folders", "/home/a"),
    SPACES("spaces", " "),
    WORD("one word", "aB"),
    ZERO_WIDTH("zero-width characters", "\u200B"),
    MARKS("combining marks", "\u0301\u0323"),
    EMOJI("emoji", "👨\u200D👩\u200D👧\u200D👦🇯🇵👍🏽"),
    ANY("any characters", "");

    private static final long SEED = 20261122;

    private final String title;
    private final String piece;

    Sort(String title, String piece) {
        this.title = title;
        this.piece = piece;
    }

    /** As the document calls it. */
    public String title() {
        return title;
    }

    /**
     * A text of this sort.
     *
     * @param length in UTF-16 units
     */
    public String text(int length) {
        if (!piece.isEmpty()) {
            return piece.repeat(length / piece.length() + 1).substring(0, length);
        }
        var random = new Random(SEED);
        var text = new StringBuilder();
        while (text.length() < length) {
            text.appendCodePoint(0x80 + random.nextInt(0xD800 - 0x80));
        }
        return text.toString();
    }
}
