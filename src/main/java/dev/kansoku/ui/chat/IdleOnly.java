package dev.kansoku.ui.chat;

import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;

/**
 * Holds a control that is of no use while an answer is being written in its conversation, and tells why: a control that
 * is disabled shows no tooltip of its own.
 */
final class IdleOnly extends StackPane {

    private final ChatContext context;
    private final Control control;
    private final Tooltip why;

    IdleOnly(ChatContext context, Control control) {
        super(control);
        this.context = context;
        this.control = control;
        why = new Tooltip(context.words().get("chat.busy"));
        setMinWidth(USE_PREF_SIZE);
    }

    /** Until it is unsubscribed. */
    Subscription follow() {
        return context.busy().subscribe(busy -> {
            control.setDisable(busy);
            control.setAccessibleHelp(busy ? why.getText() : null);
            if (busy) {
                Tooltip.install(this, why);
            } else {
                Tooltip.uninstall(this, why);
            }
        });
    }
}
