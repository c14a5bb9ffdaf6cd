package dev.kansoku.ui.chat;

import dev.kansoku.chat.Turn;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.models.ModelChoice;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** What the cells of the chat need from around them: words, what is selected and found, and what their buttons do. */
interface ChatContext {

    Words words();

    Figures figures();

    Selection selection();

    /** What is to be marked in the texts. */
    ReadOnlyObjectProperty<@Nullable Highlight> highlight();

    /** {@link System#nanoTime()}, several times a second while a turn of the open conversation runs. */
    ReadOnlyLongProperty nowNanos();

    /** Whether a turn of the open conversation runs, in sight or not. */
    ReadOnlyBooleanProperty busy();

    List<ModelChoice> installedModels();

    /** Whether the demo engine would answer now. */
    ObservableValue<Boolean> demo();

    void copy(String text);

    /** A row has become higher by itself. */
    void grown();

    void unqueue(Turn turn);

    void remedy(Turn turn, Remedy remedy);

    /** Has a turn's prompt answered once more. */
    void again(Turn turn, String model);

    /** Has a turn's answer continued. */
    void goOn(Turn turn);

    void edit(Turn turn);

    /** Shows another branch in the place of the one in sight. */
    void choose(Turn inSight, Turn other);

    /** Keeps the turn's model in memory. */
    void keepLoaded(Turn turn);

    /** 2:32 PM, 14:32; before today Nov 3, 2026, 2:32 PM, 2026/11/03 14:32. */
    default String time(Instant at) {
        ZoneId zone = ZoneId.systemDefault();
        boolean today = LocalDate.ofInstant(at, zone).equals(LocalDate.now(zone));
        DateTimeFormatter format = today
                ? DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT);
        return format.withLocale(words().locale()).withZone(zone).format(at);
    }
}
