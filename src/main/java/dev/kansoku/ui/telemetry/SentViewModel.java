package dev.kansoku.ui.telemetry;

import dev.kansoku.telemetry.delivery.SentMessage;
import dev.kansoku.ui.common.NewestOnly;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The messages that left, the newest first, and the text of one of them. */
final class SentViewModel {

    private final ObservableList<SentMessage> messages = FXCollections.observableArrayList();
    private final ObservableList<SentMessage> shown = FXCollections.unmodifiableObservableList(messages);
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("");
    private final NewestOnly<Supplier<List<SentMessage>>, List<SentMessage>> listing;
    private final NewestOnly<SentMessage, String> decoding;
    private final Supplier<List<SentMessage>> sent;

    /** @param sent the newest last */
    SentViewModel(Supplier<List<SentMessage>> sent, Background background) {
        this.sent = sent;
        listing = new NewestOnly<>(
                background.quick(), background.back(), asked -> asked.get().reversed(), this::show);
        decoding = new NewestOnly<>(background.quick(), background.back(), SentMessage::text, text::set);
    }

    void refresh() {
        listing.ask(sent);
    }

    /** Only adds above and takes away below, so that what is selected stays where it is. */
    private void show(List<SentMessage> newestFirst) {
        int fresh = messages.isEmpty() ? -1 : newestFirst.indexOf(messages.getFirst());
        if (fresh < 0) {
            messages.setAll(newestFirst);
            if (newestFirst.isEmpty()) {
                text.set("");
            }
            return;
        }
        messages.addAll(0, newestFirst.subList(0, fresh));
        if (messages.size() > newestFirst.size()) {
            messages.remove(newestFirst.size(), messages.size());
        }
    }

    ObservableList<SentMessage> messages() {
        return shown;
    }

    /** Decodes it. Until that is done the text of the one before stays. */
    void select(@Nullable SentMessage message) {
        if (message != null) {
            decoding.ask(message);
        }
    }

    ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }
}
