package dev.kansoku.history;

import java.util.List;

/**
 * The part of a text around what was found in it.
 *
 * @param hits where it was found in this part, in order
 */
public record Snippet(String text, List<Range> hits) {

    /** From {@code from} (inclusive) to {@code to} (exclusive), in UTF-16 units. */
    public record Range(int from, int to) {}
}
