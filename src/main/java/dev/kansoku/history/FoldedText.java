package dev.kansoku.history;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text as it is searched, and where each of its characters comes from: NFKC, in lower case, without diacritics, and
 * without what cannot be seen. It consists of tokens, which are words, or pairs of characters where a script writes no
 * spaces: each character of such a run begins one with the character after it, and the last stands alone. A run is thus
 * found by any part of it that has two characters, and by one character as the beginning of a token.
 *
 * <p>Controls and private-use characters separate tokens, so no text can contain a token made with one.
 */
final class FoldedText {

    /** Further characters of a word do not count; an encoded picture must not become one term of the index. */
    static final int LONGEST_WORD = 64;

    private static final int SEPARATOR = ' ';

    /** Normalising takes quadratic time if many marks come in a row. */
    private static final int LONGEST_CLUSTER = 16;

    private static final int MOST_KNOWN = 1024;

    private final String text;
    private final Map<String, String> known = new HashMap<>();
    private int[] points;
    private int[] starts;
    private int[] ends;
    private int length;

    private FoldedText(String text) {
        this.text = text;
        int expected = text.length() + 1;
        points = new int[expected];
        starts = new int[expected];
        ends = new int[expected];
    }

    static FoldedText of(String text) {
        var folded = new FoldedText(text);
        folded.read();
        return folded;
    }

    /** All tokens with spaces between them, for the full-text index. */
    static String tokens(String text) {
        FoldedText folded = of(text);
        var tokens = new StringBuilder(2 * folded.length);
        for (int token = folded.first(); token < folded.length; token = folded.next(token)) {
            if (!tokens.isEmpty()) {
                tokens.append(' ');
            }
            folded.append(token, tokens);
        }
        return tokens.toString();
    }

    private void read() {
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int end = i + Character.charCount(c);
            boolean alone = end == text.length() || !continues(text.charAt(end));
            if (alone && c < 0x80) {
                add(asciiFolded(c), i, end);
            } else if (alone && isItself(c)) {
                add(c, i, end);
            } else {
                end = clusterEnd(end);
                addFolded(text.substring(i, end), i, end);
            }
            i = end;
        }
    }

    /** Whether the character belongs to the one before it; a high surrogate might begin one that does. */
    private static boolean continues(int c) {
        return c >= 0x300
                && !isItself(c)
                && (isMark(c)
                        || Character.isSurrogate((char) c)
                        // The voice marks of half-width katakana; vowels and finals of Hangul.
                        || c == 0xFF9E
                        || c == 0xFF9F
                        || (c >= 0x1160 && c <= 0x11FF));
    }

    private int clusterEnd(int after) {
        int end = after;
        for (int count = 1; count < LONGEST_CLUSTER && end < text.length(); count++) {
            int c = text.codePointAt(end);
            if (Character.isSupplementaryCodePoint(c) ? !isMark(c) : !continues(c) || isSurrogate(c)) {
                break;
            }
            end += Character.charCount(c);
        }
        return end;
    }

    private static boolean isSurrogate(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    private static int asciiFolded(int c) {
        if (c >= 'A' && c <= 'Z') {
            return c + ('a' - 'A');
        }
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : SEPARATOR;
    }

    /** Folding does not change Chinese characters, kana and syllables of Hangul. */
    private static boolean isItself(int c) {
        return (c >= 0x3041 && c <= 0x3096)
                || (c >= 0x30A1 && c <= 0x30FA)
                || c == 0x30FC
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0xAC00 && c <= 0xD7A3);
    }

    private void addFolded(String cluster, int start, int end) {
        @Nullable String folded = known.get(cluster);
        if (folded == null) {
            folded = folded(cluster);
            if (known.size() < MOST_KNOWN) {
                known.put(cluster, folded);
            }
        }
        if (folded.isEmpty() && length > 0 && ends[length - 1] == start) {
            ends[length - 1] = end;
        }
        for (int i = 0; i < folded.length(); ) {
            int c = folded.codePointAt(i);
            add(isWord(c) ? c : SEPARATOR, start, end);
            i += Character.charCount(c);
        }
    }

    private static String folded(String cluster) {
        var kept = new StringBuilder();
        Normalizer.normalize(cluster, Normalizer.Form.NFKD)
                .codePoints()
                .filter(c -> !isDropped(c))
                // By way of the upper case, as the long s and the final sigma have no other lower case.
                .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
                .forEach(kept::appendCodePoint);
        return Normalizer.normalize(kept, Normalizer.Form.NFC);
    }

    /** Diacritics of any script and format characters, but not the voice marks of kana: they make another sound. */
    private static boolean isDropped(int c) {
        return Character.getType(c) == Character.FORMAT
                || (isMark(c) && UnicodeScript.of(c) == UnicodeScript.INHERITED && c != 0x3099 && c != 0x309A);
    }

    private static boolean isWord(int c) {
        return switch (Character.getType(c)) {
            case Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> Character.isLetterOrDigit(c) || isMark(c);
        };
    }

    private void add(int point, int start, int end) {
        if (length == points.length) {
            points = Arrays.copyOf(points, 2 * length);
            starts = Arrays.copyOf(starts, 2 * length);
            ends = Arrays.copyOf(ends, 2 * length);
        }
        points[length] = point;
        starts[length] = start;
        ends[length] = end;
        length++;
    }

    /** How many folded characters there are; also what {@link #next} says after the last token. */
    int length() {
        return length;
    }

    int at(int i) {
        return points[i];
    }

    /** Where the character of the text from which this one was folded begins, in UTF-16 units. */
    int start(int i) {
        return starts[i];
    }

    int end(int i) {
        return ends[i];
    }

    /** Where the first token begins. */
    int first() {
        return skip(0);
    }

    /** Where the token after this one begins. */
    int next(int token) {
        return skip(isPaired(token) ? token + 1 : wordEnd(token, length));
    }

    /** Where a token ends. Pairs overlap, so the next one may begin before that. */
    int tokenEnd(int token) {
        if (isPaired(token)) {
            return isPaired(token + 1) ? token + 2 : token + 1;
        }
        return wordEnd(token, Math.min(length, token + LONGEST_WORD));
    }

    /** Whether a word ends right before this place, so that it may go on there. */
    boolean isWordEnd(int i) {
        return i > 0 && points[i - 1] != SEPARATOR && !isPairedScript(points[i - 1]);
    }

    /** Whether this is a character of a script without spaces. */
    boolean isPaired(int i) {
        return i < length && isPairedScript(points[i]);
    }

    private int skip(int from) {
        int i = from;
        while (i < length && points[i] == SEPARATOR) {
            i++;
        }
        return i;
    }

    private int wordEnd(int token, int most) {
        int i = token;
        while (i < most && points[i] != SEPARATOR && !isPairedScript(points[i])) {
            i++;
        }
        return i;
    }

    private static boolean isPairedScript(int c) {
        // The first letter of Thai is the first of all these scripts; the mark of long vowels is said to be of none.
        if (c < 0x0E01) {
            return false;
        }
        if (isItself(c)) {
            return true;
        }
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    /** Writes a token. */
    void append(int token, StringBuilder to) {
        int end = tokenEnd(token);
        for (int i = token; i < end; i++) {
            to.appendCodePoint(points[i]);
        }
    }
}
