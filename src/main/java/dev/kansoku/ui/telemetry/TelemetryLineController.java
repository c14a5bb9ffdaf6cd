package dev.kansoku.ui.telemetry;

import dev.kansoku.telemetry.TelemetryState;
import dev.kansoku.telemetry.delivery.DeliveryStatus;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;

/** The line in the live panel, as long as telemetry is on. */
public final class TelemetryLineController extends Controller {

    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");

    private final ReadOnlyObjectProperty<TelemetryState> state;
    private final ReadOnlyObjectProperty<DeliveryStatus> status;
    private final Words words;
    private final TelemetryWords sentences;
    private final Runnable open;

    @FXML
    private Button line;

    public TelemetryLineController(
            ReadOnlyObjectProperty<TelemetryState> state,
            ReadOnlyObjectProperty<DeliveryStatus> status,
            Words words,
            Runnable open) {
        this.state = state;
        this.status = status;
        this.words = words;
        this.open = open;
        sentences = new TelemetryWords(words);
    }

    @FXML
    private void initialize() {
        own(state.subscribe(changed -> show()));
        own(status.subscribe(changed -> show()));
    }

    private void show() {
        Shown.set(line, state.get() instanceof TelemetryState.On);
        if (!(state.get() instanceof TelemetryState.On on)) {
            return;
        }
        DeliveryStatus now = status.get();
        String counts = words.get("telemetry.line", sentences.counts(now));
        line.setText(now.problem() == null ? counts : counts + "\n" + sentences.problem(now.problem(), on.endpoint()));
        line.pseudoClassStateChanged(PROBLEM, now.problem() != null);
    }

    @FXML
    private void open() {
        open.run();
    }
}
