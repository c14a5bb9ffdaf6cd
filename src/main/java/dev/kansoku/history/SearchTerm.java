package dev.kansoku.history;

/** Tokens that have to follow each other, of which the last may be only the beginning of one. */
final class SearchTerm {

    static final int NO_MATCH = -1;

    private final FoldedText typed;
    private final int first;
    private final int last;
    private final boolean prefix;

    /**
     * Some of the tokens of what was typed.
     *
     * @param first where the first token begins
     * @param last where the last token begins
     */
    SearchTerm(FoldedText typed, int first, int last, boolean prefix) {
        this.typed = typed;
        this.first = first;
        this.last = last;
        this.prefix = prefix;
    }

    /** A phrase of FTS5. Tokens are letters and digits only, so nothing has to be escaped. */
    String phrase() {
        var phrase = new StringBuilder().append('"');
        for (int token = first; token <= last; token = typed.next(token)) {
            if (token > first) {
                phrase.append(' ');
            }
            typed.append(token, phrase);
        }
        return phrase.append(prefix ? "\"*" : "\"").toString();
    }

    /** Where the match that begins with this token of a text ends, as an index of folded characters. */
    int matchEnd(FoldedText text, int token) {
        int there = token;
        int end = NO_MATCH;
        for (int here = first; here <= last; here = typed.next(here)) {
            if (here > first) {
                there = text.next(there);
            }
            end = there >= text.length() ? NO_MATCH : tokenMatchEnd(text, here, there);
            if (end == NO_MATCH) {
                return NO_MATCH;
            }
        }
        return end;
    }

    private int tokenMatchEnd(FoldedText text, int here, int there) {
        int length = typed.tokenEnd(here) - here;
        int available = text.tokenEnd(there) - there;
        boolean longEnough = (prefix && here == last) ? available >= length : available == length;
        if (!longEnough) {
            return NO_MATCH;
        }
        for (int i = 0; i < length; i++) {
            if (typed.at(here + i) != text.at(there + i)) {
                return NO_MATCH;
            }
        }
        return there + length;
    }
}
