package dev.kansoku.ui.common;

import javafx.scene.Node;

/** Whether a node is there at all: visible and taking up room, or neither. */
public final class Shown {

    private Shown() {}

    public static void set(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
