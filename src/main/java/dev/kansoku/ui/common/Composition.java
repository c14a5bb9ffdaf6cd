package dev.kansoku.ui.common;

import javafx.scene.Node;
import javafx.scene.input.InputMethodEvent;

/** What an input method is doing in a field: as long as it composes, keys like Enter and Esc belong to it. */
public final class Composition {

    private boolean going;
    private boolean justCommitted;

    public Composition(Node field) {
        field.addEventFilter(InputMethodEvent.INPUT_METHOD_TEXT_CHANGED, this::composed);
    }

    private void composed(InputMethodEvent e) {
        going = !e.getComposed().isEmpty();
        if (!e.getCommitted().isEmpty()) {
            // With some input methods the Enter that commits also arrives as a key.
            justCommitted = true;
            UiThread.nextPulse().execute(() -> justCommitted = false);
        }
    }

    public boolean isGoing() {
        return going;
    }

    /** Whether Enter still is the one that ends it. */
    public boolean hasEnter() {
        return going || justCommitted;
    }
}
