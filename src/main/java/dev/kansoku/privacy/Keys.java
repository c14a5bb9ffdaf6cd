package dev.kansoku.privacy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** API keys and access tokens that say by their first characters what they are. */
final class Keys {

    /**
     * How a kind of key begins.
     *
     * @param least how many characters follow at least
     * @param random whether what follows must not look like a word, because words begin like this too
     */
    private record Shape(String prefix, int least, boolean random) {}

    private static final int SHORT = 8;
    private static final int LONG = 16;
    private static final String MARKS = "_-.~+/=";
    private static final int LOOKED_AT = 64;

    private static final Map<Character, List<Shape>> SHAPES = Stream.of(
                    shapes(
                            LONG,
                            false,
                            "ghp_",
                            "gho_",
                            "ghu_",
                            "ghs_",
                            "ghr_",
                            "github_pat_",
                            "AIza",
                            "whsec_",
                            "shpat_"),
                    shapes(LONG, false, "pplx-", "nvapi-", "hvs.", "dop_v1_", "lin_api_", "AGE-SECRET-KEY-"),
                    shapes(LONG - 4, false, "AKIA", "ASIA", "ABIA", "ACCA"),
                    shapes(
                            SHORT,
                            false,
                            "sk_live_",
                            "sk_test_",
                            "pk_live_",
                            "pk_test_",
                            "rk_live_",
                            "rk_test_",
                            "ya29."),
                    shapes(
                            SHORT, false, "glpat-", "GOCSPX-", "xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-",
                            "xapp-"),
                    shapes(SHORT, false, "dckr_pat_", "eyJ", "AAAAB3NzaC1", "AAAAC3NzaC1"),
                    shapes(LONG, true, "hf_", "npm_", "pypi-", "SG.", "gsk_", "xai-", "r8_", "tvly-"),
                    shapes(SHORT, true, "sk-", "Bearer ", "bearer ", "BEARER ", "Basic ", "Token "))
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(shape -> shape.prefix.charAt(0)));

    private Keys() {}

    private static List<Shape> shapes(int least, boolean random, String... prefixes) {
        return Stream.of(prefixes)
                .map(prefix -> new Shape(prefix, least, random))
                .toList();
    }

    /** A key that begins here, where a word does. */
    static @Nullable Finding at(FoldedText text, int start) {
        for (Shape shape : SHAPES.getOrDefault(text.at(start), List.of())) {
            int from = start + shape.prefix.length();
            if (text.startsWith(start, shape.prefix) && isLong(text, from, shape.least)) {
                if (!shape.random || isRandom(text, from)) {
                    return new Finding(DataKind.SECRET, start, end(text, from));
                }
            }
        }
        return null;
    }

    private static boolean isKey(char c) {
        return Chars.isAlphanumeric(c) || (c < 0x80 && MARKS.indexOf(c) >= 0);
    }

    private static boolean isLong(FoldedText text, int from, int least) {
        for (int i = from; i < from + least; i++) {
            if (!isKey(text.at(i))) {
                return false;
            }
        }
        return true;
    }

    /** With a digit, or with capitals inside as no name has them. */
    private static boolean isRandom(FoldedText text, int from) {
        int capitals = 0;
        for (int i = from; i < from + LOOKED_AT && isKey(text.at(i)); i++) {
            if (Chars.isDigit(text.at(i))) {
                return true;
            }
            if (Chars.isUpper(text.at(i)) && Chars.isLower(text.at(i - 1))) {
                capitals++;
            }
        }
        return capitals > 1;
    }

    private static int end(FoldedText text, int from) {
        int end = from;
        while (isKey(text.at(end))) {
            end++;
        }
        return end;
    }
}
