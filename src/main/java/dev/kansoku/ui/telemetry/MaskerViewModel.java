package dev.kansoku.ui.telemetry;

import dev.kansoku.privacy.MaskedText;
import dev.kansoku.privacy.TextLevel;
import dev.kansoku.ui.common.NewestOnly;
import java.util.function.BiFunction;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** What would be sent of a text, as it is typed. */
final class MaskerViewModel {

    private record Question(String text, TextLevel level) {}

    private final StringProperty text = new SimpleStringProperty("");
    private final ObjectProperty<TextLevel> level;
    private final ReadOnlyObjectWrapper<@Nullable MaskedText> masked = new ReadOnlyObjectWrapper<>();
    private final NewestOnly<Question, MaskedText> masking;

    MaskerViewModel(
            BiFunction<? super String, ? super TextLevel, MaskedText> masker, TextLevel level, Background background) {
        this.level = new SimpleObjectProperty<>(level);
        masking = new NewestOnly<>(
                background.quick(),
                background.back(),
                question -> masker.apply(question.text(), question.level()),
                masked::set);
        text.subscribe((before, now) -> ask());
        this.level.subscribe((before, now) -> ask());
    }

    private void ask() {
        masking.ask(new Question(text.get(), level.get()));
    }

    StringProperty textProperty() {
        return text;
    }

    ObjectProperty<TextLevel> levelProperty() {
        return level;
    }

    /** {@code null} until there was a text. */
    ReadOnlyObjectProperty<@Nullable MaskedText> maskedProperty() {
        return masked.getReadOnlyProperty();
    }
}
