package dev.kansoku.ui.chat;

import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Words;
import javafx.fxml.FXML;

/** The list of conversations. */
public final class ConversationsController extends Controller {

    private final ChatViewModel chat;
    private final Runnable focusPrompt;

    /**
     * Made by hand, as all controllers are.
     *
     * @param focusPrompt is called when the user has chosen where to write
     */
    public ConversationsController(ChatViewModel chat, Words words, Runnable focusPrompt) {
        this.chat = chat;
        this.focusPrompt = focusPrompt;
    }

    @FXML
    private void initialize() {}

    @FXML
    private void newChat() {
        chat.newConversation();
        focusPrompt.run();
    }
}
