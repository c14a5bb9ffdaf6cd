package dev.kansoku.ui.common;

import atlantafx.base.theme.Styles;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.javafx.FontIcon;

/** Icons from the icon pack, and buttons that show nothing else. */
public final class Icons {

    private Icons() {}

    /** A button whose name is said by screen readers and shown as a tooltip. */
    public static Button button(String icon, String name) {
        var button = new Button(null, new FontIcon(icon));
        button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "quiet");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
        return button;
    }
}
