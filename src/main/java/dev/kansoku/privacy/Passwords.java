package dev.kansoku.privacy;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passwords and secrets that a word before them names: {@code password=…}, {@code "api_key": "…"}, パスワードは…. */
final class Passwords {

    private static final char IS = 'は';
    private static final String IS_IN_ENGLISH = " is ";

    private static final String QUOTES = "\"'`";
    private static final String ENDS_VALUE = QUOTES + " \n,;&<>)]}";
    private static final String BEGINS_PLACEHOLDER = "$<{*%([";

    /** Punctuation that stands in what programs call things. */
    private static final String OF_NAMES = "._-";

    private static final Set<String> NO_VALUES =
            Set.of("true", "false", "null", "none", "undefined", "required", "optional", "string", "str");

    private static final int MOST_BETWEEN = 3;
    private static final int MOST_QUOTED = 128;
    private static final int LOOKED_AT = 64;
    private static final int LEAST = 4;
    /** Of a number or a word behind what may also be none. */
    private static final int LEAST_DOUBTFUL = 8;

    private Passwords() {}

    /** A value behind this character, if it stands between a value and its name. */
    static @Nullable Finding at(FoldedText text, int i) {
        return switch (text.at(i)) {
            case '=', ':' -> assigned(text, i);
            case IS -> said(text, i, i + 1);
            case ' ' -> text.startsWith(i, IS_IN_ENGLISH) ? said(text, i, i + IS_IN_ENGLISH.length()) : null;
            default -> null;
        };
    }

    private static @Nullable Finding said(FoldedText text, int name, int from) {
        if (!isPassword(text, name)) {
            return null;
        }
        int start = skip(text, from, " " + QUOTES);
        int end = end(text, start);
        return end - start >= LEAST && hasDigit(text, start, end) ? new Finding(DataKind.SECRET, start, end) : null;
    }

    private static @Nullable Finding assigned(FoldedText text, int sign) {
        int name = sign;
        while (sign - name < MOST_BETWEEN && (" " + QUOTES).indexOf(text.at(name - 1)) >= 0) {
            name--;
        }
        boolean password = isPassword(text, name);
        if (!password && !Keywords.SECRET.endAt(text, name)) {
            return null;
        }
        int from = skip(text, sign + 1, "=> ");
        int quoted = QUOTES.indexOf(text.at(from)) >= 0 ? closing(text, from) : -1;
        if (quoted >= 0) {
            return quoted - from > LEAST && !isPlaceholder(text, from + 1)
                    ? new Finding(DataKind.SECRET, from + 1, quoted)
                    : null;
        }
        int start = skip(text, from, QUOTES);
        int end = end(text, start);
        boolean attached = text.at(start - 1) != ' ';
        return isValue(text, start, end, password, attached) ? new Finding(DataKind.SECRET, start, end) : null;
    }

    private static boolean isPassword(FoldedText text, int end) {
        return Keywords.PASSWORD.endAt(text, end) || Keywords.SHORT_PASSWORD.standAt(text, end);
    }

    private static int skip(FoldedText text, int from, String skipped) {
        int i = from;
        while (i - from < MOST_BETWEEN && skipped.indexOf(text.at(i)) >= 0) {
            i++;
        }
        return i;
    }

    /** Where a quotation ends on the same line, or -1. */
    private static int closing(FoldedText text, int open) {
        for (int i = open + 1; i < Math.min(text.length(), open + MOST_QUOTED) && text.at(i) != '\n'; i++) {
            if (text.at(i) == text.at(open)) {
                return i;
            }
        }
        return -1;
    }

    private static int end(FoldedText text, int start) {
        int end = start;
        while (text.at(end) != FoldedText.OUTSIDE && isOfValue(text.at(end))) {
            end++;
        }
        return end;
    }

    private static boolean isOfValue(char c) {
        return c < 0x80 ? ENDS_VALUE.indexOf(c) < 0 : Chars.isOfWord(c);
    }

    private static boolean isValue(FoldedText text, int start, int end, boolean password, boolean attached) {
        int length = end - start;
        if (length < LEAST || isPlaceholder(text, start)) {
            return false;
        }
        int digits = 0;
        int signs = 0;
        int looked = Math.min(end, start + LOOKED_AT);
        for (int i = start; i < looked; i++) {
            char c = text.at(i);
            if (c == '(' && signs == 0) {
                // Code that calls something.
                return false;
            }
            digits += Chars.isDigit(c) ? 1 : 0;
            signs += Character.isLetterOrDigit(c) || OF_NAMES.indexOf(c) >= 0 ? 0 : 1;
        }
        boolean sure = password || length >= LEAST_DOUBTFUL;
        if (digits == length) {
            return sure;
        }
        boolean word = digits == 0 && signs == 0;
        return !word
                || (sure
                        && attached
                        && !NO_VALUES.contains(text.substring(start, looked).toLowerCase(Locale.ROOT)));
    }

    private static boolean isPlaceholder(FoldedText text, int start) {
        return BEGINS_PLACEHOLDER.indexOf(text.at(start)) >= 0;
    }

    private static boolean hasDigit(FoldedText text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Chars.isDigit(text.at(i))) {
                return true;
            }
        }
        return false;
    }
}
