package dev.kansoku.privacy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Google's libphonenumber knows of telephone numbers. A question costs it some microseconds. */
class PhoneNumbers {

    private static final String NOWHERE = "ZZ";

    /** As "1" is written before numbers of North America: now and then. */
    private static final String OPTIONAL_PREFIX = "1";

    private final List<String> codes;
    private @Nullable Known known;

    /**
     * A country.
     *
     * @param prefix what every number in it begins with, within the country
     */
    private record Country(String code, String prefix) {}

    private record Known(PhoneNumberUtil library, List<Country> countries) {}

    /** @param countries where numbers without a country code may be from: ISO 3166 codes; unknown ones are nowhere */
    PhoneNumbers(String... countries) {
        codes = List.of(countries);
    }

    /** Reading it takes up to 0.1 s, which no start of the program should wait for. */
    private synchronized Known known() {
        if (known == null) {
            PhoneNumberUtil library = PhoneNumberUtil.getInstance();
            List<Country> countries = codes.stream()
                    .filter(library.getSupportedRegions()::contains)
                    .distinct()
                    .map(code -> new Country(code, prefix(library, code)))
                    .toList();
            known = new Known(library, countries);
        }
        return known;
    }

    private static String prefix(PhoneNumberUtil library, String country) {
        @Nullable String prefix = library.getNddPrefixForRegion(country, true);
        return prefix == null || prefix.equals(OPTIONAL_PREFIX) ? "" : prefix;
    }

    /** Whether digits with their country code are as many as a number of that country has. */
    boolean isInternational(String digits) {
        PhoneNumberUtil library = known().library;
        try {
            return library.isPossibleNumber(library.parse("+" + digits, NOWHERE));
        } catch (NumberParseException e) {
            return false;
        }
    }

    /**
     * Whether digits begin as a number that is dialled within one of the countries. The library also takes those that lack
     * the "0", and so every third number of nine digits.
     */
    boolean isDialled(String digits) {
        for (Country country : known().countries) {
            if (digits.startsWith(country.prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether digits are a number as it is dialled within one of the countries. */
    boolean isNational(String digits) {
        return known().countries.stream().anyMatch(country -> isNational(digits, country));
    }

    private boolean isNational(String digits, Country country) {
        PhoneNumberUtil library = known().library;
        try {
            return digits.startsWith(country.prefix) && library.isValidNumber(library.parse(digits, country.code));
        } catch (NumberParseException e) {
            return false;
        }
    }
}
