package dev.kansoku.ui.conversations;

import dev.kansoku.history.ConversationSummary;
import dev.kansoku.ui.chat.ChatViewModel.Activity;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the list: a conversation, or what stands over some of them. */
public sealed interface ListRow {

    /** Can neither be selected nor have the focus. */
    sealed interface Heading extends ListRow {}

    /** Headings that are the same every day. */
    enum Group implements Heading {
        PINNED,
        TODAY,
        YESTERDAY
    }

    /** A day of the last week. */
    record Day(LocalDate date) implements Heading {}

    /** All that is older. */
    record Month(YearMonth month) implements Heading {}

    /**
     * A conversation.
     *
     * @param activity {@code null} if it does nothing
     * @param renaming whether the user is giving it another name
     */
    record Entry(ConversationSummary conversation, @Nullable Activity activity, boolean renaming) implements ListRow {

        UUID id() {
            return conversation.id();
        }
    }
}
