package dev.kansoku.ui;

import dev.kansoku.settings.WindowState.Bounds;
import dev.kansoku.ui.common.Appearance;
import dev.kansoku.ui.common.Fonts;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.panel.PanelPlacement;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.geometry.Rectangle2D;
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
        Bounds left = bounds == null ? new Bounds(0, 0, WIDTH, HEIGHT) : bounds;
        var there = new Rectangle2D(left.x(), left.y(), left.width(), left.height());
        Screen screen =
                Screen.getScreensForRectangle(there).stream().findFirst().orElse(Screen.getPrimary());
        if (bounds != null && screen.getBounds().intersects(there)) {
            stage.setX(left.x());
            stage.setY(left.y());
        }
        stage.setWidth(left.width());
        stage.setHeight(Math.min(left.height(), screen.getVisualBounds().getHeight()));
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

    /** Neither of the full screen nor of nothing. */
    private @Nullable Bounds current() {
        if (stage.isMaximized() || stage.isIconified()) {
            return bounds;
        }
        return new Bounds(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight());
    }

    ReadOnlyBooleanProperty iconifiedProperty() {
        return stage.iconifiedProperty();
    }
}
