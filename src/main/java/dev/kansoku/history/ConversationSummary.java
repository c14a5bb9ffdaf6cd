package dev.kansoku.history;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it stands in the list.
 *
 * @param title what the user called it, or the first prompt's first words
 * @param activeAt when something was sent last
 * @param deletedAt when it was put into the trash; {@code null} if it was not
 */
public record ConversationSummary(
        UUID id,
        String title,
        Instant activeAt,
        boolean pinned,
        @Nullable Instant deletedAt) {}
