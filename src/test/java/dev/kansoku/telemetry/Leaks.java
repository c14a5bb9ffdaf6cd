package dev.kansoku.telemetry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What must not be read anywhere, and where it was read all the same. */
final class Leaks {

    /** Of any text, in grapheme clusters, may be seen one less. */
    private static final int CLUSTERS = 11;

    /** Of the core of a canary, in letters and digits, may be seen one less. */
    private static final int CORE = 6;

    /** Random, and six digits of one may be those of a canary. */
    private static final Pattern UUID =
            Pattern.compile("\\b\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}\\b");

    private record Reading(String read, String source, String text) {}

    private final Needles texts = new Needles(CLUSTERS);
    private final Needles cores = new Needles(CORE);
    private final Needles halves = new Needles(2);
    private final List<String> allowed = new ArrayList<>();
    private final Map<String, Reading> found = new LinkedHashMap<>();

    /** This may stand anywhere, and six digits of it may be those of a canary. */
    void allow(String text) {
        allowed.add(text);
    }

    /** Nothing longer than ten clusters of this text. */
    void forbidText(String text, String about) {
        PlainText.stretches(text, CLUSTERS).forEach(stretch -> texts.add(stretch, about));
    }

    /** Nothing longer than five characters of this. */
    void forbidCore(String core, String about) {
        String plain = PlainText.lettersAndDigits(core);
        for (int i = 0; i + CORE <= plain.length(); i++) {
            cores.add(plain.substring(i, i + CORE), about);
        }
    }

    /** Nothing but less than half of this short text. */
    void forbidHalf(String text, String about) {
        int clusters = PlainText.clusters(text).size();
        PlainText.stretches(text, (clusters + 1) / 2).forEach(stretch -> halves.add(stretch, about));
    }

    /** @param source where the text was found, for a human */
    void search(String source, String text) {
        String rest = UUID.matcher(text).replaceAll(" ");
        for (String each : allowed) {
            rest = rest.replace(each, " ");
        }
        String plain = PlainText.of(rest);
        texts.find(plain, (read, about) -> note(source, text, read, about));
        halves.find(plain, (read, about) -> note(source, text, read, about));
        cores.find(PlainText.lettersAndDigits(rest), (read, about) -> note(source, text, read, about));
    }

    void search(String source, List<String> strings) {
        strings.forEach(text -> search(source, text));
    }

    private void note(String source, String text, String read, String about) {
        // One is enough: a text that is there is there in many stretches. A message around it says less than itself.
        found.merge(
                about,
                new Reading(read, source, text),
                (before, now) -> before.text().length() <= now.text().length() ? before : now);
    }

    /** One for each planted text that was read, with the place where it was. */
    List<String> found() {
        return found.entrySet().stream()
                .map(leak -> "%s%n    \"%s\" was read in %s: \"%.300s\""
                        .formatted(
                                leak.getKey(),
                                leak.getValue().read(),
                                leak.getValue().source(),
                                leak.getValue().text()))
                .toList();
    }
}
