package dev.kansoku.ui.telemetry;

import dev.kansoku.telemetry.delivery.SentMessage;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Words;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** A message that left: when, what, how much. */
final class SentCell extends ListCell<SentMessage> {

    private final Words words;
    private final Figures figures;
    private final Label signal = new Label();
    private final Label time = new Label();
    private final Label size = new Label();
    private final HBox row;

    SentCell(Words words, Figures figures) {
        this.words = words;
        this.figures = figures;
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        row = new HBox(time, signal, gap, size);
        row.getStyleClass().add("sent-row");
        time.getStyleClass().add("sent-figure");
        size.getStyleClass().add("sent-figure");
    }

    @Override
    protected void updateItem(@Nullable SentMessage message, boolean empty) {
        super.updateItem(message, empty);
        if (empty || message == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        time.setText(figures.timeOfDay(message.at()));
        signal.setText(words.get("telemetry.signal." + Keys.of(message.signal())));
        size.setText(figures.bytes(message.size()));
        setGraphic(row);
        setAccessibleText(String.join(", ", time.getText(), signal.getText(), size.getText()));
    }
}
