package dev.kansoku.ui.panel;

import java.time.ZoneId;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/** The time of day along the bottom of a chart. */
final class TimeLabels extends Region {

    static final double HEIGHT = 16;

    private final TimeTicks ticks = new TimeTicks(ZoneId.systemDefault());

    TimeLabels() {
        setMouseTransparent(true);
    }

    /** @param x where a moment lies */
    void show(TimeAxis axis, LongToDoubleFunction x) {
        List<TimeTicks.Tick> shown = ticks.between(
                axis.clock(),
                axis.leftNanos(),
                axis.rightNanos(),
                axis.spanProperty().get().tick());
        while (getChildren().size() < shown.size()) {
            var label = new Label();
            label.getStyleClass().add("axis-label");
            label.setManaged(false);
            getChildren().add(label);
            // Without its font it has no width yet.
            label.applyCss();
        }
        for (int i = 0; i < getChildren().size(); i++) {
            var label = (Label) getChildren().get(i);
            if (i < shown.size()) {
                place(label, shown.get(i), x);
            } else {
                label.setVisible(false);
            }
        }
    }

    private void place(Label label, TimeTicks.Tick tick, LongToDoubleFunction x) {
        if (!tick.text().equals(label.getText())) {
            label.setText(tick.text());
        }
        label.autosize();
        double left = snapPositionX(x.applyAsDouble(tick.nanos()) - label.getWidth() / 2);
        label.relocate(left, snapPositionY((HEIGHT - label.getHeight()) / 2));
        // Half a time is worse than none.
        label.setVisible(left >= 0 && left + label.getWidth() <= getWidth());
    }
}
