package dev.kansoku.ui.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.telemetry.delivery.DeliveryStatus;
import dev.kansoku.telemetry.delivery.SentMessage;
import dev.kansoku.telemetry.delivery.SentMessageMaker;
import dev.kansoku.telemetry.delivery.Signal;
import dev.kansoku.ui.Program;
import dev.kansoku.ui.common.FxmlView;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.tour.Sight;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of what has left. */
@Timeout(60)
class SentTest {

    private static final Words WORDS = new Words(Locale.ENGLISH);

    private final SentMessage first = SentMessageMaker.empty(Signal.TRACES, Instant.ofEpochSecond(1));
    private final SentMessage second = SentMessageMaker.empty(Signal.LOGS, Instant.ofEpochSecond(2));
    private final ReadOnlyObjectWrapper<DeliveryStatus> status = new ReadOnlyObjectWrapper<>(DeliveryStatus.NONE);
    private List<SentMessage> sent = List.of();
    private Stage stage;

    @BeforeEach
    void show() {
        Program.toolkit();
        stage = Program.onFx(() -> {
            var shown = new Stage();
            var model = new SentViewModel(() -> sent, Direct.BACKGROUND);
            var controller = new SentController(model, status.getReadOnlyProperty(), WORDS);
            shown.setScene(new Scene(FxmlView.TELEMETRY_SENT.load(WORDS, controller), 700, 400));
            shown.show();
            return shown;
        });
    }

    @AfterEach
    void close() {
        Program.run(stage::close);
    }

    private void sent(SentMessage... messages) {
        Program.run(() -> {
            sent = List.of(messages);
            status.set(new DeliveryStatus(messages.length, 0, 0, null, null));
        });
        Sight.pulses(2);
    }

    private static ListView<?> list() {
        return Sight.all(ListView.class, list -> true).getFirst();
    }

    @Test
    void whatIsSentAppearsWithItsKindTheNewestFirst() {
        assertThat(Sight.texts()).contains(WORDS.get("telemetry.sent.empty"));
        sent(first, second);
        assertThat(Sight.texts())
                .containsSubsequence(WORDS.get("telemetry.signal.logs"), WORDS.get("telemetry.signal.traces"))
                .doesNotContain(WORDS.get("telemetry.sent.empty"));
    }

    @Test
    void whatIsSelectedStaysSelectedWhenMoreIsSent() {
        sent(first);
        Program.run(() -> list().getSelectionModel().select(0));
        sent(first, second);
        Object selected = Program.onFx(() -> list().getSelectionModel().getSelectedItem());
        assertThat(selected).isEqualTo(first);
        TextArea text = Sight.all(TextArea.class, area -> true).getFirst();
        String shown = Program.onFx(() -> text.getText());
        assertThat(shown).isEqualTo(first.text());
        assertThat(text.isEditable()).isFalse();
    }
}
