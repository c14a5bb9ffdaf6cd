package dev.kansoku.ui.telemetry;

import dev.kansoku.telemetry.delivery.DeliveryStatus;
import dev.kansoku.telemetry.delivery.SentMessage;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.CopiedText;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;

/** What has left the program, message by message, as it was handed to the socket. */
final class SentController extends Controller {

    /** A text area is slow with more. */
    private static final int MOST_CHARACTERS = 50_000;

    private final SentViewModel model;
    private final ReadOnlyObjectProperty<DeliveryStatus> status;
    private final Words words;
    private final Figures figures;

    @FXML
    private ListView<SentMessage> messages;

    @FXML
    private TextArea text;

    @FXML
    private Label cut;

    @FXML
    private Button copy;

    @FXML
    private Node filled;

    @FXML
    private Label empty;

    /** @param status when it changes, there may be more */
    SentController(SentViewModel model, ReadOnlyObjectProperty<DeliveryStatus> status, Words words) {
        this.model = model;
        this.status = status;
        this.words = words;
        figures = new Figures(words);
    }

    @FXML
    private void initialize() {
        messages.setItems(model.messages());
        messages.setCellFactory(list -> new SentCell(words, figures));
        own(messages.getSelectionModel().selectedItemProperty().subscribe(model::select));
        own(model.textProperty().subscribe(this::show));
        own(Bindings.isEmpty(model.messages()).subscribe(none -> {
            Shown.set(filled, !none);
            Shown.set(empty, none);
        }));
        own(status.subscribe(changed -> model.refresh()));
    }

    private void show(String decoded) {
        boolean tooLong = decoded.length() > MOST_CHARACTERS;
        text.setText(tooLong ? decoded.substring(0, MOST_CHARACTERS) : decoded);
        cut.setText(tooLong ? words.get("telemetry.sent.cut", figures.count(MOST_CHARACTERS)) : "");
        Shown.set(cut, tooLong);
        copy.setDisable(decoded.isEmpty());
    }

    @FXML
    private void refresh() {
        model.refresh();
    }

    @FXML
    private void copy() {
        CopiedText.set(model.textProperty().get());
    }
}
