package dev.kansoku.privacy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** IBANs of the registered countries, with their length and check digits (ISO 13616; SWIFT's IBAN registry). */
final class Ibans {

    private static final String LENGTHS =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 "
                    + "DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 "
                    + "IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 "
                    + "MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 "
                    + "ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static final Map<String, Integer> LENGTH_OF = lengths();

    private static final int MODULUS = 97;

    private Ibans() {}

    private static Map<String, Integer> lengths() {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : LENGTHS.split(" ", -1)) {
            lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
        return lengths;
    }

    /** One that begins here: in one piece, or with single spaces or dashes. What stands beside it does not matter. */
    static @Nullable Finding at(FoldedText text, int start) {
        if (!Chars.isLetter(text.at(start + 1))
                || !Chars.isDigit(text.at(start + 2))
                || !Chars.isDigit(text.at(start + 3))) {
            return null;
        }
        char first = Character.toUpperCase(text.at(start));
        char second = Character.toUpperCase(text.at(start + 1));
        int length = LENGTH_OF.getOrDefault("" + first + second, 0);
        var compact = new StringBuilder(length);
        int end = start;
        while (compact.length() < length) {
            char c = text.at(end);
            if (Chars.isAlphanumeric(c)) {
                compact.append(c);
            } else if ((c != ' ' && c != '-') || !Chars.isAlphanumeric(text.at(end - 1))) {
                return null;
            }
            end++;
        }
        return length > 0 && isValid(compact) ? new Finding(DataKind.IBAN, start, end) : null;
    }

    /** ISO/IEC 7064, MOD 97-10, with the first four characters at the end. */
    private static boolean isValid(StringBuilder iban) {
        int rest = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), Character.MAX_RADIX);
            rest = (value < 10 ? 10 * rest + value : 100 * rest + value) % MODULUS;
        }
        return rest == 1;
    }
}
