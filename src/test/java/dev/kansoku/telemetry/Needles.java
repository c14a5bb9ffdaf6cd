package dev.kansoku.telemetry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Many short texts, looked for in a text at once: found by how they begin. */
final class Needles {

    private record Needle(String text, String about) {}

    private final int begin;
    private final Map<String, List<Needle>> byBegin = new HashMap<>();

    /** @param begin length of the shortest, in UTF-16 units */
    Needles(int begin) {
        this.begin = begin;
    }

    /** @param about what a human is told of where it comes from */
    void add(String text, String about) {
        if (text.length() < begin) {
            throw new IllegalArgumentException("too short: " + text);
        }
        byBegin.computeIfAbsent(text.substring(0, begin), b -> new ArrayList<>(1))
                .add(new Needle(text, about));
    }

    /** Calls back with each that stands in the text and with what it is about. */
    void find(String text, BiConsumer<String, String> found) {
        for (int i = 0; i + begin <= text.length(); i++) {
            for (Needle needle : byBegin.getOrDefault(text.substring(i, i + begin), List.of())) {
                if (text.startsWith(needle.text(), i)) {
                    found.accept(needle.text(), needle.about());
                }
            }
        }
    }
}
