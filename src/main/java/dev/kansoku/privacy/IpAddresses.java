package dev.kansoku.privacy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** IPv4 and IPv6 addresses in their textual forms (RFC 4291, 2.2). Those of every machine are nobody's. */
final class IpAddresses {

    private static final Set<String> OF_EVERYBODY = Set.of("127.0.0.1", "0.0.0.0", "255.255.255.255", "::1");

    private static final int V4_GROUPS = 4;
    private static final int V6_GROUPS = 8;
    private static final int LONGEST_V6 = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

    private IpAddresses() {}

    static boolean isV4(FoldedText text, int start, int end) {
        int groups = 0;
        for (int i = start; i <= end; i++) {
            int from = i;
            int value = 0;
            while (i < end && Chars.isDigit(text.at(i)) && i - from < 3) {
                value = 10 * value + text.at(i++) - '0';
            }
            if (i == from || value > 255 || (i < end && text.at(i) != '.')) {
                return false;
            }
            groups++;
        }
        return groups == V4_GROUPS;
    }

    static boolean isOfEverybody(FoldedText text, int start, int end) {
        return OF_EVERYBODY.contains(text.substring(start, end));
    }

    /** An IPv6 address whose first colon is this one. */
    static @Nullable Finding v6(FoldedText text, int colon) {
        int start = colon;
        while (Chars.isHex(text.at(start - 1)) && colon - start <= 4) {
            start--;
        }
        if (Chars.isAlphanumeric(text.at(start - 1)) || text.at(start - 1) == ':') {
            return null;
        }
        int end = colon;
        while (end - start <= LONGEST_V6 && (Chars.isHex(text.at(end)) || text.at(end) == ':' || text.at(end) == '.')) {
            end++;
        }
        while (text.at(end - 1) == '.' || (text.at(end - 1) == ':' && text.at(end - 2) != ':')) {
            end--;
        }
        return !Chars.isAlphanumeric(text.at(end)) && isV6(text, start, end) && !isOfEverybody(text, start, end)
                ? new Finding(DataKind.IP_ADDRESS, start, end)
                : null;
    }

    /** Of programs' names with "::" between them some are made of a to f: an address has a digit. */
    private static boolean isV6(FoldedText text, int start, int end) {
        int groups = 0;
        int gaps = 0;
        boolean digit = false;
        int i = start;
        while (i < end) {
            if (text.at(i) == ':') {
                if (text.at(i + 1) == ':' && i + 1 < end) {
                    gaps++;
                    i++;
                } else if (i == start) {
                    return false;
                }
                i++;
                continue;
            }
            int from = i;
            while (i < end && Chars.isHex(text.at(i))) {
                digit |= Chars.isDigit(text.at(i++));
            }
            if (i < end && text.at(i) == '.') {
                return groups > 0
                        && isV4(text, from, end)
                        && (gaps == 0 ? groups + 2 == V6_GROUPS : gaps == 1 && groups + 2 < V6_GROUPS);
            }
            if (i == from || i - from > 4) {
                return false;
            }
            groups++;
        }
        return digit && (gaps == 0 ? groups == V6_GROUPS : gaps == 1 && groups < V6_GROUPS);
    }
}
