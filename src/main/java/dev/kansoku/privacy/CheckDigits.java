package dev.kansoku.privacy;

/** The last digits of numbers, which are computed from the others. */
final class CheckDigits {

    private CheckDigits() {}

    /** Luhn's algorithm (ISO/IEC 7812-1, annex B). */
    static boolean isLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    /** Of a Japanese Individual Number of twelve digits (総務省令第85号 of 2014, article 5). */
    static boolean isMyNumber(String digits) {
        int sum = 0;
        for (int n = 1; n <= 11; n++) {
            int weight = n <= 6 ? n + 1 : n - 5;
            sum += weight * (digits.charAt(11 - n) - '0');
        }
        int rest = sum % 11;
        return digits.charAt(11) - '0' == (rest <= 1 ? 0 : 11 - rest);
    }
}
