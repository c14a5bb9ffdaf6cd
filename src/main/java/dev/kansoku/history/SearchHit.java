package dev.kansoku.history;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text in which something was found.
 *
 * @param turn whose text it is; {@code null} for the title of the conversation
 * @param model that answered; {@code null} for a title
 * @param demo whether the demo engine answered
 * @param at when it was said
 */
public record SearchHit(
        ConversationSummary conversation,
        @Nullable UUID turn,
        Kind kind,
        @Nullable String model,
        boolean demo,
        Instant at,
        Snippet snippet) {

    /** What text it is; its number is part of the index. */
    public enum Kind {
        PROMPT(0),
        ANSWER(1),
        TITLE(2),
        THINKING(3);

        private static final int BITS = 2;

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        long row(long id) {
            return (id << BITS) | number;
        }

        static Kind of(long row) {
            long number = row & ((1 << BITS) - 1);
            return Arrays.stream(values())
                    .filter(kind -> kind.number == number)
                    .findFirst()
                    .orElseThrow();
        }

        static long id(long row) {
            return row >> BITS;
        }
    }
}
