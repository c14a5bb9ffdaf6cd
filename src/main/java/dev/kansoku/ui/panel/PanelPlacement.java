package dev.kansoku.ui.panel;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/** Where the user wants the live panel. */
public final class PanelPlacement {

    private final BooleanProperty shown = new SimpleBooleanProperty();
    private final BooleanProperty apart = new SimpleBooleanProperty();
    private final BooleanProperty onTop = new SimpleBooleanProperty();

    public PanelPlacement(boolean shown, boolean apart, boolean onTop) {
        this.shown.set(shown);
        this.apart.set(apart);
        this.onTop.set(onTop);
    }

    /** Anywhere at all. */
    public BooleanProperty shownProperty() {
        return shown;
    }

    /** In a window of its own. */
    public BooleanProperty apartProperty() {
        return apart;
    }

    /** That window stays above all others. */
    public BooleanProperty onTopProperty() {
        return onTop;
    }

    public boolean isDocked() {
        return shown.get() && !apart.get();
    }
}
