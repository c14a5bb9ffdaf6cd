package dev.kansoku.ui.chat;

import dev.kansoku.history.Hits;
import dev.kansoku.history.TextRange;
import java.util.List;

/**
 * What was searched for, to be marked in the chat.
 *
 * @param query as it was typed
 */
public record Highlight(String query) {

    /** Where it stands in a text, in order and without overlaps. */
    List<TextRange> in(String text) {
        return Hits.of(query, text);
    }
}
