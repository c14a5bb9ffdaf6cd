package dev.kansoku.privacy;

import org.jspecify.annotations.Nullable;

/** User and password in a URL: what stands between "://" and "@". */
final class Logins {

    private static final String ENDS_AUTHORITY = "/?#\\";
    private static final String ENDS_URL = "\"'`<>\n ";

    /** How far the "@" may be behind a "/" that stands in a password, where it should have been encoded. */
    private static final int MOST_PASSWORD = 64;

    private Logins() {}

    static @Nullable Finding at(FoldedText text, int colon) {
        if (!text.startsWith(colon, "://")) {
            return null;
        }
        int start = colon + 3;
        int sign = -1;
        int port = -1;
        int i = start;
        for (; i < text.length() && !isAny(ENDS_AUTHORITY, text.at(i)) && !isAny(ENDS_URL, text.at(i)); i++) {
            if (text.at(i) == '@') {
                sign = i;
            } else if (text.at(i) == ':' && port < 0) {
                port = i + 1;
            }
        }
        if (sign < 0 && port >= 0 && !isPort(text, port, i)) {
            int most = i + MOST_PASSWORD;
            for (; i < Math.min(text.length(), most) && !isAny(ENDS_URL, text.at(i)); i++) {
                if (text.at(i) == '@') {
                    sign = i;
                }
            }
        }
        return sign > start ? new Finding(DataKind.LOGIN, start, sign) : null;
    }

    private static boolean isPort(FoldedText text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!Chars.isDigit(text.at(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAny(String characters, char c) {
        return characters.indexOf(c) >= 0;
    }
}
