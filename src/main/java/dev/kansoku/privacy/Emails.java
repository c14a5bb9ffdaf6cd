package dev.kansoku.privacy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * E-mail addresses (RFC 5321, RFC 6531), and whoever is at a host: {@code taro@mail}. Every character is looked at by the
 * nearest "@" on either side alone, so that any number of them takes linear time.
 */
final class Emails {

    private static final String ENCODED_SIGN = "%40";
    private static final String LOCAL_MARKS = "._%+-'~";

    /** Of what stands in quotation marks, in brackets or in a script without spaces, and of a host name. */
    private static final int MOST_QUOTED = 64;

    private static final int MOST_DOMAIN = 253;

    /** What follows the "@" of a package or an image. */
    private static final Set<String> VERSIONS = Set.of(
            "latest", "next", "beta", "alpha", "canary", "rc", "stable", "master", "main", "head", "dev", "lts",
            "sha256", "sha512");

    private Emails() {}

    static @Nullable Finding at(FoldedText text, int sign) {
        int length = text.at(sign) == '@' ? 1 : text.startsWith(sign, ENCODED_SIGN) ? ENCODED_SIGN.length() : 0;
        if (length == 0) {
            return null;
        }
        int end = domain(text, sign + length);
        if (end < 0) {
            return null;
        }
        int start = local(text, sign);
        boolean dotted = text.substring(sign + length, end).indexOf('.') >= 0;
        // Java writes Map.@Nullable Entry.
        boolean local = dotted || text.at(sign - 1) != '.';
        return local && hasLetter(text, start, sign) ? new Finding(DataKind.EMAIL, start, end) : null;
    }

    private static boolean hasLetter(FoldedText text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Character.isLetterOrDigit(text.at(i))) {
                return true;
            }
        }
        return false;
    }

    private static int local(FoldedText text, int sign) {
        int start = ofLocal(text, sign);
        if (start < sign) {
            // A login without its scheme: user:password@host.
            return text.at(start - 1) == ':' ? ofLocal(text, start - 1) : start;
        }
        return text.at(sign - 1) == '"' ? quoted(text, sign - 1) : ofAnyScript(text, sign);
    }

    private static int ofLocal(FoldedText text, int end) {
        int start = end;
        while (isLocal(text.at(start - 1)) && !text.startsWith(start - ENCODED_SIGN.length(), ENCODED_SIGN)) {
            start--;
        }
        return start;
    }

    private static boolean isLocal(char c) {
        return Chars.isOfWord(c) || (c < 0x80 && LOCAL_MARKS.indexOf(c) >= 0);
    }

    private static int quoted(FoldedText text, int close) {
        for (int i = close - 1; i >= Math.max(0, close - MOST_QUOTED); i--) {
            if (text.at(i) == '"') {
                return i;
            }
        }
        return close + 1;
    }

    /** Where Japanese and the like stand before the "@", nobody can say where the name begins: at most at a space. */
    private static int ofAnyScript(FoldedText text, int sign) {
        int start = sign;
        while (sign - start < MOST_QUOTED
                && (isLocal(text.at(start - 1)) || Character.isLetterOrDigit(text.at(start - 1)))) {
            start--;
        }
        return start;
    }

    /** Where it ends, or -1. */
    private static int domain(FoldedText text, int from) {
        char first = text.at(from);
        if (first == '[') {
            return literal(text, from);
        }
        boolean wide = !Chars.isOfWord(first) && Character.isLetter(first);
        int end = from;
        while (isDomain(text.at(end), wide) && (!wide || end - from < MOST_DOMAIN)) {
            end++;
        }
        while (end > from && (text.at(end - 1) == '.' || text.at(end - 1) == '-')) {
            end--;
        }
        return isHost(text, from, end) ? end : -1;
    }

    private static boolean isDomain(char c, boolean wide) {
        return Chars.isOfWord(c) || c == '.' || c == '-' || (wide && Character.isLetterOrDigit(c));
    }

    private static int literal(FoldedText text, int open) {
        for (int i = open + 1; i < open + MOST_QUOTED; i++) {
            if (text.at(i) == ']') {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean isHost(FoldedText text, int from, int end) {
        int label = end;
        while (label > from && text.at(label - 1) != '.') {
            label--;
        }
        if (label > from) {
            return isTopLevel(text, label, end) || startsAsName(text, from, label) || IpAddresses.isV4(text, from, end);
        }
        if (end - from < 2 || end - from > MOST_DOMAIN || !Character.isLetter(text.at(from))) {
            return false;
        }
        boolean numbered = text.at(from) == 'v' && Chars.isDigit(text.at(from + 1));
        return !numbered && !VERSIONS.contains(text.substring(from, end));
    }

    /** Something may stand right behind an address; versions like 18.2.0 have their digits in front. */
    private static boolean startsAsName(FoldedText text, int from, int label) {
        return Character.isLetter(text.at(from))
                && Character.isLetter(text.at(label))
                && Character.isLetter(text.at(label + 1));
    }

    private static boolean isTopLevel(FoldedText text, int label, int end) {
        if (text.startsWith(label, "xn--")) {
            return true;
        }
        for (int i = label; i < end; i++) {
            if (!Character.isLetter(text.at(i))) {
                return false;
            }
        }
        return end - label >= 2;
    }
}
