package dev.kansoku.privacy;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes characters that look alike the same, so that one way of writing has to be searched for: NFKD without marks, digits
 * of all scripts as ASCII, dashes as "-". Character by character, so that each has its place, and because normalising a
 * whole text takes quadratic time if it has many marks in a row (40,000: 1.4 s). Not thread-safe.
 */
final class Folding {

    private static final char POSTAL_MARK = '〒';

    private final Map<Integer, String> known = new HashMap<>();

    /** One that means itself alone: most of Chinese, Japanese and Korean. */
    static boolean isItself(int c) {
        return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
    }

    /** What to search instead of a character; nothing for a mark. */
    String of(int c) {
        return known.computeIfAbsent(c, Folding::fold);
    }

    private static String fold(int c) {
        if (Chars.isMark(c)) {
            return "";
        }
        var folded = new StringBuilder();
        Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKD)
                .codePoints()
                .filter(part -> !Chars.isMark(part) && !Chars.isInvisible(part))
                .map(Folding::alike)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }

    private static int alike(int c) {
        return switch (c) {
            // Minus signs, the long vowel of katakana, lines of boxes.
            case 0x02D7, 0x2043, 0x2212, 0x30FC, 0x2500, 0x2501 -> '-';
            case 0x00B7, 0x2219, 0x22C5, 0x3002, 0x30FB -> '.';
            case 0x2044, 0x2215 -> '/';
            case 0x2236 -> ':';
            case 0x2800 -> ' ';
            case 0x3020, 0x3036 -> POSTAL_MARK;
            default -> byType(c);
        };
    }

    @SuppressWarnings("CharacterGetNumericValue") // Never asked about letters; the circled digits are meant.
    private static int byType(int c) {
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER -> '0' + Character.digit(c, 10);
            case Character.DASH_PUNCTUATION -> '-';
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.OTHER_NUMBER -> {
                int value = Character.getNumericValue(c);
                yield value >= 0 && value <= 9 ? '0' + value : c;
            }
            default -> c;
        };
    }
}
