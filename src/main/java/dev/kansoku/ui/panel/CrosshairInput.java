package dev.kansoku.ui.panel;

import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/** Moves the crosshair by mouse and keyboard. */
final class CrosshairInput {

    private final TimeChart chart;

    /** Where the mouse is; {@link Double#NaN} if it is elsewhere. */
    private double mouseX = Double.NaN;

    CrosshairInput(TimeChart chart) {
        this.chart = chart;
        chart.addEventHandler(MouseEvent.MOUSE_MOVED, this::point);
        chart.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::point);
        chart.addEventHandler(MouseEvent.MOUSE_EXITED, event -> clear());
        chart.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
        chart.focusedProperty().subscribe((before, focused) -> {
            if (!focused) {
                clear();
            }
        });
    }

    /** What lies below the mouse is another instant now. */
    void axisMoved() {
        if (!Double.isNaN(mouseX)) {
            chart.pointAt(mouseX);
        }
    }

    private void point(MouseEvent event) {
        mouseX = event.getX();
        chart.pointAt(mouseX);
    }

    private void press(KeyEvent event) {
        switch (event.getCode()) {
            case LEFT -> step(event, -1);
            case RIGHT -> step(event, 1);
            case ESCAPE -> {
                if (chart.axis().crosshairProperty().get() != null) {
                    clear();
                    event.consume();
                }
            }
            default -> {}
        }
    }

    private void step(KeyEvent event, int direction) {
        mouseX = Double.NaN;
        chart.step(direction);
        event.consume();
    }

    private void clear() {
        mouseX = Double.NaN;
        chart.axis().crosshairProperty().set(null);
    }
}
