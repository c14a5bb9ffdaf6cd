package dev.kansoku.history;

import java.util.ArrayList;
import java.util.List;

/** Finds in a text what was searched for, by the same tokens as the full-text index. */
public final class Hits {

    /** More than anybody looks at. */
    private static final int MOST = 1000;

    private Hits() {}

    /** The same for what was typed; nothing if that holds no letter and no digit. */
    public static List<TextRange> of(String typed, String text) {
        return SearchWords.of(typed).map(words -> of(words, text)).orElse(List.of());
    }

    /** The parts of the text that the query is about, in order and without overlaps; the first thousand of them. */
    static List<TextRange> of(SearchWords query, String text) {
        FoldedText folded = FoldedText.of(text);
        List<TextRange> hits = new ArrayList<>();
        for (int token = folded.first(); token < folded.length() && hits.size() < MOST; token = folded.next(token)) {
            int end = SearchTerm.NO_MATCH;
            for (SearchTerm term : query.terms()) {
                end = Math.max(end, term.matchEnd(folded, token));
            }
            if (end != SearchTerm.NO_MATCH) {
                add(hits, folded.start(token), folded.end(end - 1));
            }
        }
        return List.copyOf(hits);
    }

    private static void add(List<TextRange> hits, int start, int end) {
        if (!hits.isEmpty() && start < hits.getLast().end()) {
            TextRange last = hits.removeLast();
            hits.add(new TextRange(last.start(), Math.max(last.end(), end)));
        } else {
            hits.add(new TextRange(start, end));
        }
    }
}
