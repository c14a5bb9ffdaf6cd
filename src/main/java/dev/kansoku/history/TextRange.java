package dev.kansoku.history;

/**
 * A part of a text.
 *
 * @param start where it begins, in UTF-16 units
 * @param end where what follows it begins
 */
public record TextRange(int start, int end) {}
