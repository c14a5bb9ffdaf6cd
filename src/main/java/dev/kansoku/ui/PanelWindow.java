package dev.kansoku.ui;

import dev.kansoku.settings.WindowState.Bounds;
import dev.kansoku.ui.common.Appearance;
import dev.kansoku.ui.common.Fonts;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.panel.PanelPlacement;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The live panel in a window of its own. Closing it puts the panel back into the main window. */
final class PanelWindow {

    private static final double WIDTH = 420;
    private static final double HEIGHT = 900;
    private static final double LEAST_WIDTH = 300;
    private static final double LEAST_HEIGHT = 320;

    private final Stage stage = new Stage();
    private final StackPane holder = new StackPane();
    private @Nullable Bounds bounds;

    /** @param bounds where it was last; {@code null} if it never was */
    PanelWindow(Appearance appearance, PanelPlacement placement, List<Image> icons, @Nullable Bounds bounds) {
        this.bounds = bounds;
        var scene = new Scene(holder);
        appearance.dress(scene);
        stage.setScene(scene);
        stage.getIcons().setAll(icons);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setOnCloseRequest(e -> placement.apartProperty().set(false));
        stage.setOnHiding(e -> this.bounds = current());
        placement.onTopProperty().subscribe(stage::setAlwaysOnTop);
    }

    void show(Region panel, Words words) {
        holder.getChildren().setAll(panel);
        Fonts.apply(holder, words.locale());
        stage.setTitle(words.get("panel.windowTitle"));
        place();
        stage.show();
    }

    /** As it was left, if that is still on a screen. */
    private void place() {
        if (bounds != null
                && !Screen.getScreensForRectangle(bounds.x(), bounds.y(), bounds.width(), bounds.height())
                        .isEmpty()) {
            stage.setX(bounds.x());
            stage.setY(bounds.y());
        }
        double most = Screen.getPrimary().getVisualBounds().getHeight();
        stage.setWidth(bounds == null ? WIDTH : bounds.width());
        stage.setHeight(Math.min(bounds == null ? HEIGHT : bounds.height(), most));
    }

    void hide() {
        // Before its window is gone: what is laid out there finds no style sheets.
        holder.getChildren().clear();
        stage.hide();
    }

    /** Where it is, or was last; {@code null} if it never was. */
    @Nullable
    Bounds bounds() {
        return stage.isShowing() ? current() : bounds;
    }

    private Bounds current() {
        return new Bounds(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
    }

    ReadOnlyBooleanProperty iconifiedProperty() {
        return stage.iconifiedProperty();
    }
}
