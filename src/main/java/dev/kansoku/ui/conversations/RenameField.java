package dev.kansoku.ui.conversations;

import dev.kansoku.history.ConversationSummary;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.Words;
import java.util.UUID;
import javafx.scene.control.TextField;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/** Where a conversation is given another name: Enter saves it, and so does going elsewhere. */
final class RenameField extends TextField {

    private final UUID conversation;
    private boolean composing;

    /** @param focusList is called when a name was entered by key */
    RenameField(ConversationsViewModel conversations, ConversationSummary renamed, Words words, Runnable focusList) {
        super(renamed.title());
        conversation = renamed.id();
        getStyleClass().add("rename-field");
        setAccessibleText(words.get("conversations.name"));
        // While an input method composes, Enter belongs to it.
        addEventFilter(
                InputMethodEvent.INPUT_METHOD_TEXT_CHANGED,
                e -> composing = !e.getComposed().isEmpty());
        addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER) {
                e.consume();
                if (!composing) {
                    conversations.rename(conversation, getText());
                    focusList.run();
                }
            }
        });
        // What the field has no use for is not meant for the list either.
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() != KeyCode.TAB) {
                e.consume();
            }
        });
        focusedProperty().subscribe((before, focused) -> {
            if (!focused) {
                conversations.rename(conversation, getText());
            }
        });
    }

    UUID conversation() {
        return conversation;
    }

    /** Takes the focus, as soon as it is in the list. */
    void begin() {
        UiThread.later(() -> {
            requestFocus();
            selectAll();
        });
    }
}
