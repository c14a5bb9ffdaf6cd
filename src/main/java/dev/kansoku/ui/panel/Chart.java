package dev.kansoku.ui.panel;

import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/** A chart as it can be taken out of the program. */
interface Chart {

    Region view();

    /** What its picture stands on, unless it has a ground of its own. */
    default Color ground() {
        return Color.TRANSPARENT;
    }

    /** The values it shows. */
    String csv();
}
