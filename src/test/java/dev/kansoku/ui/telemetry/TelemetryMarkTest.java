package dev.kansoku.ui.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.telemetry.TelemetryState;
import dev.kansoku.telemetry.delivery.DeliveryProblem;
import dev.kansoku.telemetry.delivery.DeliveryStatus;
import dev.kansoku.ui.Program;
import dev.kansoku.ui.common.FxmlView;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.tour.Sight;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kordamp.ikonli.javafx.FontIcon;

/** The mark in the header and the line in the panel. */
@Timeout(60)
class TelemetryMarkTest {

    private static final Words WORDS = new Words(Locale.ENGLISH);
    private static final TelemetryState ON = new TelemetryState.On("https://collector.example:4318", true);

    private final ReadOnlyObjectWrapper<TelemetryState> state = new ReadOnlyObjectWrapper<>(new TelemetryState.Off());
    private final ReadOnlyObjectWrapper<DeliveryStatus> status = new ReadOnlyObjectWrapper<>(DeliveryStatus.NONE);
    private final AtomicInteger opened = new AtomicInteger();
    private Stage stage;

    @BeforeEach
    void show() {
        Program.toolkit();
        stage = Program.onFx(() -> {
            var mark = new TelemetryMarkController(
                    state.getReadOnlyProperty(), status.getReadOnlyProperty(), WORDS, opened::incrementAndGet);
            var line = new TelemetryLineController(
                    state.getReadOnlyProperty(), status.getReadOnlyProperty(), WORDS, opened::incrementAndGet);
            var shown = new Stage();
            shown.setScene(new Scene(
                    new VBox(FxmlView.TELEMETRY_MARK.load(WORDS, mark), FxmlView.TELEMETRY_LINE.load(WORDS, line)),
                    400,
                    200));
            shown.show();
            return shown;
        });
    }

    @AfterEach
    void close() {
        Program.run(stage::close);
    }

    private void now(TelemetryState changed, DeliveryStatus how) {
        Program.run(() -> {
            status.set(how);
            state.set(changed);
        });
    }

    private static Button button(String style) {
        return Sight.all(Button.class, button -> button.getStyleClass().contains(style))
                .getFirst();
    }

    private static String icon() {
        return Sight.all(FontIcon.class, icon -> true).getFirst().getIconLiteral();
    }

    private static boolean isDotted() {
        return !Sight.all(Region.class, dot -> dot.getStyleClass().contains("dot"))
                .isEmpty();
    }

    @Test
    void thereIsNoneUnlessItIsOn() {
        for (TelemetryState off : new TelemetryState[] {
            new TelemetryState.Off(),
            new TelemetryState.Asking("https://collector.example", false),
            new TelemetryState.Declined("https://collector.example", false),
            new TelemetryState.Unusable("No.")
        }) {
            now(off, DeliveryStatus.NONE);
            assertThat(Sight.all(Button.class, button -> true))
                    .as(off.toString())
                    .isEmpty();
        }
    }

    @Test
    void itSaysWhereToAndHowFarAndOpensTheWindow() {
        now(ON, new DeliveryStatus(1_200, 0, 1, null, null));
        assertThat(Program.onFx(() -> button("telemetry-mark").getTooltip().getText()))
                .contains("collector.example:4318", "1,200 sent, 0 waiting, 1 dropped");
        assertThat(Program.onFx(() -> button("telemetry-line").getText()))
                .isEqualTo("Telemetry: 1,200 sent, 0 waiting, 1 dropped");
        Program.run(() -> button("telemetry-mark").fire());
        Program.run(() -> button("telemetry-line").fire());
        assertThat(opened).hasValue(2);
    }

    @Test
    void itLooksOtherwiseWhileMessagesWaitAndWhenTheyFail() {
        now(ON, new DeliveryStatus(1, 0, 0, null, null));
        String usual = icon();
        assertThat(isDotted()).isFalse();
        now(ON, new DeliveryStatus(1, 3, 0, null, null));
        assertThat(isDotted()).as("a dot while messages wait").isTrue();
        var problem = new DeliveryProblem(DeliveryProblem.Kind.TIMEOUT, "");
        now(ON, new DeliveryStatus(1, 3, 0, null, problem));
        assertThat(icon()).as("the icon of a problem").isNotEqualTo(usual);
        assertThat(Program.onFx(() -> button("telemetry-line").getText()))
                .contains(WORDS.get("telemetry.problem.timeout", "collector.example:4318"));
    }
}
