package dev.kansoku.privacy;

/** Classes of characters. */
final class Chars {

    /** From here on scripts are written without spaces between words: CJK, kana, Hangul, full-width forms. */
    private static final int FIRST_WIDE = 0x2E80;

    private Chars() {}

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isUpper(int c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isLetter(int c) {
        return isUpper(c) || isLower(c);
    }

    static boolean isAlphanumeric(int c) {
        return isLetter(c) || isDigit(c);
    }

    static boolean isHex(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** A letter or digit of a script that puts spaces between words. */
    static boolean isOfWord(int c) {
        return c < 0x80 ? isAlphanumeric(c) : c < FIRST_WIDE && Character.isLetterOrDigit(c);
    }

    /** Whether this cannot be seen, or changes how others are seen: it is left out of what is searched and shown. */
    static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
            case Character.UNASSIGNED -> (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) || isIgnorable(c);
            case Character.NON_SPACING_MARK, Character.OTHER_LETTER -> isIgnorable(c);
            default -> false;
        };
    }

    /** Default_Ignorable_Code_Point (DerivedCoreProperties.txt of Unicode 16), but for those of category Cf. */
    private static boolean isIgnorable(int c) {
        return c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x180B && c <= 0x180F)
                || c == 0x2065
                || c == 0x3164
                || (c >= 0xFE00 && c <= 0xFE0F)
                || c == 0xFFA0
                || (c >= 0xFFF0 && c <= 0xFFF8)
                || (c >= 0xE0000 && c <= 0xE0FFF);
    }

    static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    static boolean isLineBreak(int c) {
        return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
