package dev.kansoku.ui.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.telemetry.delivery.SentMessage;
import dev.kansoku.telemetry.delivery.SentMessageMaker;
import dev.kansoku.telemetry.delivery.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

class SentViewModelTest {

    private static SentMessage message(int second) {
        return SentMessageMaker.empty(Signal.TRACES, Instant.ofEpochSecond(second));
    }

    private final SentMessage first = message(1);
    private final SentMessage second = message(2);
    private final SentMessage third = message(3);
    private List<SentMessage> sent = List.of();
    private final SentViewModel model = new SentViewModel(() -> sent, Direct.BACKGROUND);

    @Test
    void theNewestStandsFirst() {
        sent = List.of(first, second);
        model.refresh();
        assertThat(model.messages()).containsExactly(second, first);
    }

    @Test
    void whatIsThereStaysWhenMoreComesAndTheOldestGoes() {
        sent = List.of(first, second);
        model.refresh();
        var removed = new ArrayList<SentMessage>();
        model.messages().addListener((ListChangeListener<SentMessage>) change -> {
            while (change.next()) {
                removed.addAll(change.getRemoved());
            }
        });
        sent = List.of(second, third);
        model.refresh();
        assertThat(model.messages()).containsExactly(third, second);
        assertThat(removed)
                .as("taken out of the list, and with it the selection")
                .containsExactly(first);
    }

    @Test
    void whereNothingIsLeftOfWhatWasShownEverythingIsNew() {
        sent = List.of(first);
        model.refresh();
        sent = List.of(second, third);
        model.refresh();
        assertThat(model.messages()).containsExactly(third, second);
    }

    @Test
    void aMessageIsDecodedInTheBackground() {
        var later = new Direct.Later();
        var slow = new SentViewModel(() -> List.of(first), later.background());
        slow.select(first);
        assertThat(slow.textProperty().get()).isEmpty();
        later.doAll();
        assertThat(slow.textProperty().get()).isEqualTo(first.text());
    }
}
