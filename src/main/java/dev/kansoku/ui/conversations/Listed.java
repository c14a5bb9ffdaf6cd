package dev.kansoku.ui.conversations;

import dev.kansoku.history.ConversationSummary;
import dev.kansoku.history.HistoryReader.Listing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One listing, as far as it was read. */
final class Listed {

    /** So many are read at once. */
    static final int PAGE = 100;

    private final Listing listing;
    private final Map<UUID, ConversationSummary> read = new LinkedHashMap<>();
    private final Comparator<ConversationSummary> order;
    private @Nullable ConversationSummary last;
    private boolean complete;
    private boolean reading;

    Listed(Listing listing) {
        this.listing = listing;
        // As the table orders them: it compares the bytes of ids.
        order = Comparator.comparing(this::time)
                .thenComparing(conversation -> conversation.id().toString())
                .reversed();
    }

    Listing listing() {
        return listing;
    }

    /** The last one that was read; {@code null} before the first. */
    @Nullable
    ConversationSummary last() {
        return last;
    }

    boolean isComplete() {
        return complete;
    }

    /** Whether there is a page that nobody reads yet; if so, the caller does. */
    boolean beginPage() {
        boolean begins = !complete && !reading;
        reading |= begins;
        return begins;
    }

    void endPage(List<ConversationSummary> page) {
        reading = false;
        page.forEach(conversation -> read.put(conversation.id(), conversation));
        complete = page.size() < PAGE;
        if (!page.isEmpty()) {
            last = page.getLast();
        }
    }

    Optional<ConversationSummary> get(UUID id) {
        return Optional.ofNullable(read.get(id));
    }

    /**
     * What was read, in order, with what has changed since.
     *
     * @param stale tells of what was read that it is not so any more
     * @param changed as they are now; those that belong elsewhere, or to what was not read yet, are left out
     */
    List<ConversationSummary> with(Predicate<UUID> stale, Collection<ConversationSummary> changed) {
        var all = new ArrayList<ConversationSummary>();
        for (ConversationSummary conversation : read.values()) {
            if (!stale.test(conversation.id())) {
                all.add(conversation);
            }
        }
        for (ConversationSummary conversation : changed) {
            if (isHere(conversation) && isReached(conversation)) {
                all.add(conversation);
            }
        }
        all.sort(order);
        return all;
    }

    private boolean isHere(ConversationSummary conversation) {
        return switch (listing) {
            case PINNED -> conversation.deletedAt() == null && conversation.pinned();
            case OTHERS -> conversation.deletedAt() == null && !conversation.pinned();
            case TRASH -> conversation.deletedAt() != null;
        };
    }

    private boolean isReached(ConversationSummary conversation) {
        return complete || last == null || order.compare(conversation, last) <= 0;
    }

    private Instant time(ConversationSummary conversation) {
        return listing == Listing.TRASH ? Objects.requireNonNull(conversation.deletedAt()) : conversation.activeAt();
    }
}
