package dev.kansoku.ui.tour;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Whether a window has room for what it shows: no node lies outside it, and no text is cut off. In what scrolls both are
 * as they should be.
 */
final class LayoutCheck {

    /** Labels of these style classes may end in "…" where there is little room: a tooltip has the whole text. */
    private static final Set<String> MAY_BE_CUT = Set.of("model-state", "server");

    /** In pixels; below it is rounding. */
    private static final double TOLERANCE = 1.5;

    private final Scene scene;
    private final List<String> faults = new ArrayList<>();

    private LayoutCheck(Scene scene) {
        this.scene = scene;
    }

    /** What is wrong, one sentence each. To be called on the FX thread after a layout. */
    static List<String> faults(Scene scene) {
        var check = new LayoutCheck(scene);
        check.look(scene.getRoot());
        return check.faults;
    }

    private void look(Node node) {
        if (!node.isVisible()) {
            return;
        }
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        if (bounds.getWidth() > 0
                && bounds.getHeight() > 0
                && !within(bounds, 0, 0, scene.getWidth(), scene.getHeight())) {
            faults.add(name(node) + " lies outside the window: " + shown(bounds) + " in " + (int) scene.getWidth() + "×"
                    + (int) scene.getHeight());
        }
        if (node instanceof Labeled labeled) {
            look(labeled);
        } else if (node instanceof Text text && !(text.getParent() instanceof Labeled)) {
            lookBeyondParent(text);
        }
        boolean scrolls = node instanceof ScrollPane || node instanceof ListView || node instanceof TextInputControl;
        if (!scrolls && node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(this::look);
        }
    }

    private void look(Labeled labeled) {
        if (labeled.getWidth() == 0) {
            return;
        }
        lookBeyondParent(labeled);
        if (labeled.getText() == null || labeled.getText().isEmpty()) {
            return;
        }
        for (Node child : labeled.getChildrenUnmodifiable()) {
            if (child instanceof Text text && child.isVisible() && !(child instanceof FontIcon)) {
                boolean cut = !text.getText().equals(labeled.getText())
                        || text.getLayoutBounds().getHeight() > labeled.getHeight() + TOLERANCE;
                if (cut && !mayBeCut(labeled)) {
                    faults.add(name(labeled) + " is cut off: \"" + text.getText() + "\"");
                }
            }
        }
    }

    /** A pane that has too little room lets its children stick out of it. */
    private void lookBeyondParent(Node node) {
        if (node.getParent() instanceof Region parent) {
            Bounds bounds = node.getBoundsInParent();
            if (node.isManaged() && !within(bounds, 0, 0, parent.getWidth(), parent.getHeight())) {
                faults.add(name(node) + " sticks out of " + name(parent) + ": " + shown(bounds) + " in "
                        + (int) parent.getWidth() + "×" + (int) parent.getHeight());
            }
        }
    }

    private static boolean mayBeCut(Labeled labeled) {
        return labeled.getTooltip() != null
                && labeled.getTooltip().getText().equals(labeled.getText())
                && labeled.getStyleClass().stream().anyMatch(MAY_BE_CUT::contains);
    }

    private static boolean within(Bounds bounds, double x, double y, double width, double height) {
        return bounds.getMinX() >= x - TOLERANCE
                && bounds.getMinY() >= y - TOLERANCE
                && bounds.getMaxX() <= x + width + TOLERANCE
                && bounds.getMaxY() <= y + height + TOLERANCE;
    }

    private static String name(Node node) {
        String text = Sight.textOf(node);
        return node.getClass().getSimpleName() + "." + String.join(".", node.getStyleClass())
                + (text.isEmpty() ? "" : " \"" + text + "\"");
    }

    private static String shown(Bounds bounds) {
        return String.format(
                "%.0f,%.0f to %.0f,%.0f", bounds.getMinX(), bounds.getMinY(), bounds.getMaxX(), bounds.getMaxY());
    }
}
