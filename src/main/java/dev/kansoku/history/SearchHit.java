package dev.kansoku.history;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text in which something was found.
 *
 * @param turn whose text it is; {@code null} for the title of the conversation
 * @param model that answered; {@code null} for a title
 * @param at when it was said
 */
public record SearchHit(
        ConversationSummary conversation,
        @Nullable UUID turn,
        Kind kind,
        @Nullable String model,
        Instant at,
        Snippet snippet) {

    /** What text it is. */
    public enum Kind {
        PROMPT,
        ANSWER,
        THINKING,
        TITLE
    }
}
