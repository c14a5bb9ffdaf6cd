package dev.kansoku.privacy;

import java.util.Arrays;

/**
 * The beginning of a text, twice: clean as it may be shown, on one line and without what cannot be seen, and folded as it
 * is searched (see {@link Folding}). Indexes are those of the folded characters.
 */
final class FoldedText {

    /** What stands before the first and after the last character. */
    static final char OUTSIDE = '\0';

    private static final char ESCAPE = 0x1B;

    private final String text;
    private final int most;
    private final Folding folding = new Folding();
    private final StringBuilder clean = new StringBuilder();
    private char[] folded;
    private int[] origins;
    private int length;
    private boolean whole;

    private FoldedText(String text, int most) {
        this.text = text;
        this.most = most;
        int expected = Math.min(text.length(), most) + 1;
        folded = new char[expected];
        origins = new int[expected];
    }

    /**
     * Reads a text until so much of it would be shown; what cannot be seen does not count, so that it cannot push the rest
     * out.
     *
     * @param most of the clean text, in UTF-16 units
     */
    static FoldedText of(String text, int most) {
        var folded = new FoldedText(text, most);
        folded.read();
        return folded;
    }

    private void read() {
        int i = 0;
        while (i < text.length() && clean.length() < most) {
            int c = text.codePointAt(i);
            if (c == ESCAPE) {
                i = afterEscape(i);
                continue;
            }
            i += Character.charCount(c);
            if (Chars.isLineBreak(c)) {
                // Two for the one of Windows would be two clusters.
                if (c != '\r' || i >= text.length() || text.charAt(i) != '\n') {
                    add(' ', '\n');
                }
            } else if (c == '\t') {
                add(' ', ' ');
            } else if ((c >= ' ' && c < 0x7F) || Folding.isItself(c)) {
                add((char) c, (char) c);
            } else if (!Chars.isInvisible(c)) {
                addFolded(c);
            }
        }
        whole = i >= text.length();
    }

    /** After a control sequence of a terminal (ECMA-48, 5.4), which might stand between two digits. */
    private int afterEscape(int escape) {
        int i = escape + 1;
        if (i < text.length() && text.charAt(i) == '[') {
            i++;
            while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) <= '?') {
                i++;
            }
            return i < text.length() && text.charAt(i) >= '@' && text.charAt(i) <= '~' ? i + 1 : i;
        }
        return i;
    }

    private void addFolded(int c) {
        String alike = folding.of(c);
        for (int k = 0; k < alike.length(); k++) {
            place(alike.charAt(k));
        }
        // A space of another width is one like any other.
        clean.appendCodePoint(Character.isSpaceChar(c) ? ' ' : c);
    }

    private void add(char shown, char searched) {
        place(searched);
        clean.append(shown);
    }

    private void place(char searched) {
        if (length == folded.length) {
            folded = Arrays.copyOf(folded, 2 * length);
            origins = Arrays.copyOf(origins, 2 * length);
        }
        folded[length] = searched;
        origins[length] = clean.length();
        length++;
    }

    /** What may be shown; not normalised. */
    String clean() {
        return clean.toString();
    }

    /** Whether the text was read to its end. */
    boolean isWhole() {
        return whole;
    }

    /** How many folded characters there are. */
    int length() {
        return length;
    }

    char at(int i) {
        return i >= 0 && i < length ? folded[i] : OUTSIDE;
    }

    /** Where the character from which this one was folded begins in the clean text; the end of it for the end. */
    int origin(int i) {
        return i < length ? origins[i] : clean.length();
    }

    boolean startsWith(int i, String word) {
        if (i < 0 || i + word.length() > length) {
            return false;
        }
        for (int k = 0; k < word.length(); k++) {
            if (folded[i + k] != word.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a word ends right before this place, in whatever case.
     *
     * @param lower the word in lower case
     */
    boolean endsWith(int end, String lower) {
        int start = end - lower.length();
        if (start < 0 || end > length) {
            return false;
        }
        for (int k = lower.length() - 1; k >= 0; k--) {
            if (Character.toLowerCase(folded[start + k]) != lower.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    String substring(int start, int end) {
        return new String(folded, start, end - start);
    }
}
