package dev.kansoku.history;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as it stands in an archive, without its turns.
 *
 * @param renamed whether the user gave the title
 * @param deletedAt when it was put into the trash; {@code null} if it was not
 */
record ArchivedConversation(
        UUID id,
        String title,
        boolean renamed,
        Instant createdAt,
        Instant activeAt,
        boolean pinned,
        @Nullable Instant deletedAt) {}
