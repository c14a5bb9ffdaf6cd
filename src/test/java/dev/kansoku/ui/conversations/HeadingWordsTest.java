package dev.kansoku.ui.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ui.common.Words;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HeadingWordsTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);

    @Test
    void daysHaveTheirWeekdayAndMonthsTheirYear() {
        var english = new HeadingWords(new Words(Locale.ENGLISH));
        assertThat(english.text(ListRow.Group.TODAY)).isEqualTo("Today");
        assertThat(english.text(new ListRow.Day(MONDAY))).isEqualTo("Mon, Nov 16");
        assertThat(english.text(new ListRow.Month(YearMonth.from(MONDAY)))).isEqualTo("November 2026");

        var japanese = new HeadingWords(new Words(Locale.JAPANESE));
        assertThat(japanese.text(ListRow.Group.TODAY)).isEqualTo("今日");
        assertThat(japanese.text(new ListRow.Day(MONDAY))).isEqualTo("11月16日(月)");
        assertThat(japanese.text(new ListRow.Month(YearMonth.from(MONDAY)))).isEqualTo("2026年11月");
    }
}
