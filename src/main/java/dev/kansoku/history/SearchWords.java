package dev.kansoku.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody has typed to search for, as far as it is typed. A message has to have all of it: words, the last of which
 * may still be incomplete, and runs of characters of scripts without spaces. Words without a space between them, as in
 * "node.js", have to follow each other.
 */
final class SearchWords {

    /** In UTF-16 units. Nobody types that much; who pastes more gets what has the beginning of it. */
    private static final int LONGEST = 256;

    private static final int MOST_TERMS = 16;

    private final List<SearchTerm> terms;

    private SearchWords(List<SearchTerm> terms) {
        this.terms = terms;
    }

    /** Empty if there is no letter and no digit to search for. */
    static Optional<SearchWords> of(String typed) {
        String read = typed.substring(0, Math.min(typed.length(), LONGEST));
        List<SearchTerm> terms = terms(read, FoldedText.of(read));
        return terms.isEmpty() ? Optional.empty() : Optional.of(new SearchWords(terms));
    }

    private static List<SearchTerm> terms(String typed, FoldedText folded) {
        List<SearchTerm> terms = new ArrayList<>();
        int first = folded.first();
        while (first < folded.length() && terms.size() < MOST_TERMS) {
            int last = folded.isPaired(first) ? lastPair(folded, first) : lastWord(typed, folded, first);
            terms.add(new SearchTerm(folded, first, last, isPrefix(folded, last)));
            int next = folded.next(last);
            // The last character of a run is in its last pair already.
            first = folded.isPaired(last) && folded.tokenEnd(last) == last + 2 ? folded.next(next) : next;
        }
        return terms;
    }

    private static int lastPair(FoldedText folded, int first) {
        int last = first;
        while (folded.isPaired(last + 2)) {
            last++;
        }
        return last;
    }

    private static int lastWord(String typed, FoldedText folded, int first) {
        int last = first;
        int next = folded.next(last);
        while (next < folded.length() && !folded.isPaired(next) && !isSpaceBetween(typed, folded, last, next)) {
            last = next;
            next = folded.next(last);
        }
        return last;
    }

    private static boolean isSpaceBetween(String typed, FoldedText folded, int token, int next) {
        int to = folded.start(next);
        // Both may come from one character, as the two numbers of a fraction.
        int from = Math.min(to, folded.end(folded.tokenEnd(token) - 1));
        return typed.substring(from, to)
                .codePoints()
                .anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    }

    /** A character alone begins pairs; a word at the very end may still be typed. */
    private static boolean isPrefix(FoldedText folded, int last) {
        return folded.isPaired(last)
                ? folded.tokenEnd(last) == last + 1
                : folded.isWordEnd(folded.length()) && folded.next(last) == folded.length();
    }

    /** The expression for MATCH; more of them can be joined to it with AND. */
    String match() {
        return terms.stream().map(SearchTerm::phrase).collect(Collectors.joining(" AND "));
    }

    List<SearchTerm> terms() {
        return terms;
    }
}
