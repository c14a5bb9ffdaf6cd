package dev.kansoku.history;

/** Stub until the real one comes. */
final class SearchText {
    private SearchText() {}

    static String words(String text) {
        return text;
    }
}
