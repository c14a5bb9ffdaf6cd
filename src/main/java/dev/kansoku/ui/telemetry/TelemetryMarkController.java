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
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/** The mark in the header, as long as telemetry is on: by its shape, whether what is sent arrives. */
public final class TelemetryMarkController extends Controller {

    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");

    private final ReadOnlyObjectProperty<TelemetryState> state;
    private final ReadOnlyObjectProperty<DeliveryStatus> status;
    private final Words words;
    private final TelemetryWords sentences;
    private final Runnable open;

    @FXML
    private Button mark;

    @FXML
    private FontIcon icon;

    @FXML
    private Region dot;

    @FXML
    private Tooltip tooltip;

    public TelemetryMarkController(
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
        Shown.set(mark, state.get() instanceof TelemetryState.On);
        if (!(state.get() instanceof TelemetryState.On on)) {
            return;
        }
        DeliveryStatus now = status.get();
        boolean fails = now.problem() != null;
        icon.setIconLiteral(fails ? "fth-cloud-off" : "fth-upload-cloud");
        mark.pseudoClassStateChanged(PROBLEM, fails);
        Shown.set(dot, !fails && now.waiting() > 0);
        String what = sentences.state(on) + "\n" + sentences.counts(now);
        tooltip.setText(now.problem() == null ? what : what + "\n" + sentences.problem(now.problem(), on.endpoint()));
        mark.setAccessibleText(words.get("telemetry.title"));
        mark.setAccessibleHelp(tooltip.getText());
    }

    @FXML
    private void open() {
        open.run();
    }
}
