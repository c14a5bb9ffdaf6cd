package dev.kansoku.ui.conversations;

import dev.kansoku.ui.chat.ChatViewModel.Activity;
import dev.kansoku.ui.common.Shown;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** What a conversation is doing, told by shape: a dot while an answer is written, a ticked disc when it is there. */
final class ActivityBadge extends StackPane {

    private final FontIcon tick = new FontIcon("fth-check");
    private final Tooltip tooltip = new Tooltip();

    ActivityBadge() {
        getChildren().add(tick);
        Tooltip.install(this, tooltip);
        show(null, "");
    }

    /** @param said the same in words */
    void show(@Nullable Activity activity, String said) {
        Shown.set(this, activity != null);
        tick.setVisible(activity == Activity.DONE);
        getStyleClass().setAll("activity", activity == Activity.DONE ? "done" : "running");
        tooltip.setText(said);
    }
}
