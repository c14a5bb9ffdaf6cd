package dev.kansoku.bench;

import java.util.stream.Collectors;

/** What was sent against what arrived. */
final class Texts {

    private static final int AROUND = 40;

    private Texts() {}

    /** What the rows show of a text: its lines, but for empty ones and the fences of code. */
    static String shown(String text) {
        return text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("```"))
                .collect(Collectors.joining("\n"));
    }

    static void check(String what, String expected, String actual) {
        if (expected.equals(actual)) {
            return;
        }
        int at = 0;
        while (at < Math.min(expected.length(), actual.length()) && expected.charAt(at) == actual.charAt(at)) {
            at++;
        }
        throw new IllegalStateException(
                "%s has other text from character %d on: \"%s\" instead of \"%s\"; %d characters instead of %d."
                        .formatted(
                                what,
                                at,
                                excerpt(actual, at),
                                excerpt(expected, at),
                                actual.length(),
                                expected.length()));
    }

    private static String excerpt(String text, int at) {
        return text.substring(at, Math.min(text.length(), at + AROUND)).replace("\n", "\\n");
    }
}
