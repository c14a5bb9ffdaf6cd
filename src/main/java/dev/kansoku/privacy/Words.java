package dev.kansoku.privacy;

import org.jspecify.annotations.Nullable;

/** Words of ASCII letters and digits that nobody reads: keys without a known form, digests, encoded data. */
final class Words {

    private static final int[] UUID_GROUPS = {8, 4, 4, 4, 12};
    private static final int LEAST_HEX = 32;
    private static final int LEAST_RANDOM = 20;

    /** So long is no word of any language or program. */
    private static final int LEAST_ENDLESS = 128;

    private Words() {}

    /** A word that begins here, if it is such a one. */
    static @Nullable Finding at(FoldedText text, int start) {
        int uppers = 0;
        int lowers = 0;
        int digits = 0;
        int digitGroups = 0;
        boolean hex = true;
        int end = start;
        for (; Chars.isAlphanumeric(text.at(end)); end++) {
            char c = text.at(end);
            hex &= Chars.isHex(c);
            if (Chars.isDigit(c)) {
                digits++;
                digitGroups += end == start || !Chars.isDigit(text.at(end - 1)) ? 1 : 0;
            } else if (Chars.isUpper(c)) {
                uppers++;
            } else {
                lowers++;
            }
        }
        int length = end - start;
        boolean mixed = digitGroups >= 4 || (digitGroups >= 2 && uppers > 0 && lowers > 0);
        boolean found = length >= LEAST_ENDLESS
                || (length >= LEAST_HEX && hex && digits > 0 && digits < length)
                || (length >= LEAST_RANDOM && mixed);
        return found ? new Finding(DataKind.SECRET, start, end) : null;
    }

    /**
     * Where a UUID that begins here ends, or -1. It stays as it is: it names things far more often than persons, and ten of
     * its characters identify none.
     */
    static int afterUuid(FoldedText text, int start) {
        int i = start;
        for (int group : UUID_GROUPS) {
            if (i > start && text.at(i++) != '-') {
                return -1;
            }
            for (int end = i + group; i < end; i++) {
                if (!Chars.isHex(text.at(i))) {
                    return -1;
                }
            }
        }
        return Chars.isAlphanumeric(text.at(i)) ? -1 : i;
    }
}
