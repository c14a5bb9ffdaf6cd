package dev.kansoku.telemetry;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts in forms in which disguises do not count; made without any of the masker's own parts. */
final class PlainText {

    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /** Control sequences of a terminal, and whatever else cannot be seen. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "\\x1B\\[[ -?]*[@-~]|[\\p{Cc}\\p{Cf}\\p{Cs}\\x{34F}\\x{115F}\\x{1160}\\x{3164}\\x{FFA0}\\x{FE00}-\\x{FE0F}\\x{E0000}-\\x{E0FFF}]");

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    private static final Pattern SPACE = Pattern.compile("[\\t\\p{Zs}]");
    private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^a-z0-9]");

    private PlainText() {}

    /** On one line, without what cannot be seen, in NFKC. */
    static String of(String text) {
        return Normalizer.normalize(visible(text), Normalizer.Form.NFKC);
    }

    /** Only the letters and digits of ASCII, in lower case. */
    static String lettersAndDigits(String text) {
        String folded = Normalizer.normalize(visible(text), Normalizer.Form.NFKD);
        return NO_LETTER_OR_DIGIT.matcher(folded.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** All stretches of so many grapheme clusters, each as {@link #of} has it. */
    static List<String> stretches(String text, int length) {
        List<String> clusters = clusters(text);
        var stretches = new ArrayList<String>();
        for (int i = 0; i + length <= clusters.size(); i++) {
            stretches.add(of(String.join("", clusters.subList(i, i + length))));
        }
        return stretches;
    }

    static List<String> clusters(String text) {
        return CLUSTER.matcher(Normalizer.normalize(visible(text), Normalizer.Form.NFC))
                .results()
                .map(cluster -> cluster.group())
                .toList();
    }

    private static String visible(String text) {
        String oneLine = SPACE.matcher(LINE_BREAK.matcher(text).replaceAll(" ")).replaceAll(" ");
        return INVISIBLE.matcher(oneLine).replaceAll("");
    }
}
