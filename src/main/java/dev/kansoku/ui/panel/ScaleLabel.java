package dev.kansoku.ui.panel;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** What a line of the grid stands for; what is drawn behind it steps back. */
final class ScaleLabel extends StackPane {

    private final Label text = new Label();

    ScaleLabel() {
        var plate = new Region();
        plate.getStyleClass().add("plate");
        text.getStyleClass().add("axis-label");
        getStyleClass().add("scale-label");
        setManaged(false);
        setMouseTransparent(true);
        getChildren().setAll(plate, text);
    }

    void show(String label, double top) {
        text.setText(label);
        applyCss();
        autosize();
        relocate(0, snapPositionY(top));
    }
}
