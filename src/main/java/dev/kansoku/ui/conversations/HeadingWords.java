package dev.kansoku.ui.conversations;

import dev.kansoku.ui.common.Words;
import java.time.format.DateTimeFormatter;

/** What headings say. */
final class HeadingWords {

    private final Words words;
    private final DateTimeFormatter day;
    private final DateTimeFormatter month;

    HeadingWords(Words words) {
        this.words = words;
        // Each language has its own order of these parts.
        day = DateTimeFormatter.ofLocalizedPattern("MMMEd").withLocale(words.locale());
        month = DateTimeFormatter.ofLocalizedPattern("yMMMM").withLocale(words.locale());
    }

    String text(ListRow.Heading heading) {
        return switch (heading) {
            case ListRow.Group group ->
                switch (group) {
                    case PINNED -> words.get("conversations.pinned");
                    case TODAY -> words.get("conversations.today");
                    case YESTERDAY -> words.get("conversations.yesterday");
                };
            case ListRow.Day of -> day.format(of.date());
            case ListRow.Month of -> month.format(of.month());
        };
    }
}
