package dev.kansoku.privacy;

import org.jspecify.annotations.Nullable;

/** Keys, certificates and messages between BEGIN and END (RFC 7468, RFC 9580). Without its END one lasts to the end of the text. */
final class Pem {

    private static final String BEGIN = "BEGIN ";
    private static final String END = "END ";
    private static final int LEAST_DASHES = 2;

    /** Of the line of BEGIN and of that of END. */
    private static final int MOST_LINE = 80;

    private Pem() {}

    static @Nullable Finding at(FoldedText text, int begin) {
        if (!text.startsWith(begin, BEGIN)) {
            return null;
        }
        int start = begin;
        int dashes = 0;
        while (begin - start < MOST_LINE && (text.at(start - 1) == '-' || text.at(start - 1) == ' ')) {
            start--;
            dashes += text.at(start) == '-' ? 1 : 0;
        }
        return dashes >= LEAST_DASHES ? new Finding(DataKind.PEM, start, end(text, begin)) : null;
    }

    private static int end(FoldedText text, int begin) {
        for (int i = begin + BEGIN.length(); i < text.length(); i++) {
            if (text.at(i) == 'E' && text.startsWith(i, END) && isDashed(text, i)) {
                return afterDashes(text, i);
            }
        }
        return text.length();
    }

    private static boolean isDashed(FoldedText text, int end) {
        return text.at(end - 1) == '-' || (text.at(end - 1) == ' ' && text.at(end - 2) == '-');
    }

    private static int afterDashes(FoldedText text, int end) {
        int i = end;
        while (i < Math.min(text.length(), end + MOST_LINE) && text.at(i) != '-') {
            i++;
        }
        while (text.at(i) == '-') {
            i++;
        }
        return i;
    }
}
