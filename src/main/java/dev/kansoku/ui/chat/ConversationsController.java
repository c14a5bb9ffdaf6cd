package dev.kansoku.ui.chat;

import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Words;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The list of conversations. */
public final class ConversationsController extends Controller {

    private static final PseudoClass RUNNING = PseudoClass.getPseudoClass("running");

    private final ChatViewModel chat;
    private final Words words;
    private final Runnable focusPrompt;
    private final List<TitleCell> cells = new ArrayList<>();

    @FXML
    private ListView<ConversationViewModel> list;

    /**
     * Made by hand, as all controllers are.
     *
     * @param focusPrompt is called when the user has chosen where to write
     */
    public ConversationsController(ChatViewModel chat, Words words, Runnable focusPrompt) {
        this.chat = chat;
        this.words = words;
        this.focusPrompt = focusPrompt;
    }

    @FXML
    private void initialize() {
        list.setItems(chat.conversations());
        list.setCellFactory(view -> new TitleCell());
        // With the keyboard one walks on through the list.
        list.setOnMouseClicked(e -> focusPrompt.run());
        own(() -> cells.forEach(TitleCell::release));
        own(chat.openProperty().subscribe(open -> list.getSelectionModel().select(open)));
        own(list.getSelectionModel().selectedItemProperty().subscribe(chosen -> {
            if (chosen != null) {
                chat.open(chosen);
            }
        }));
    }

    @FXML
    private void newChat() {
        chat.newConversation();
        focusPrompt.run();
    }

    private final class TitleCell extends ListCell<ConversationViewModel> {

        private final Label title = new Label();
        private final Tooltip tooltip = new Tooltip();
        private Subscription bound = Subscription.EMPTY;

        private TitleCell() {
            cells.add(this);
            title.setTextOverrun(OverrunStyle.ELLIPSIS);
            title.prefWidthProperty().bind(list.widthProperty().subtract(36));
            title.setTooltip(tooltip);
            tooltip.textProperty().bind(title.textProperty());
        }

        private void release() {
            bound.unsubscribe();
            bound = Subscription.EMPTY;
        }

        @Override
        protected void updateItem(@Nullable ConversationViewModel conversation, boolean empty) {
            super.updateItem(conversation, empty);
            release();
            if (empty || conversation == null) {
                setGraphic(null);
                pseudoClassStateChanged(RUNNING, false);
                return;
            }
            setGraphic(title);
            bound = conversation
                    .titleProperty()
                    .subscribe(text -> title.setText(text.isEmpty() ? words.get("chat.new") : text))
                    .and(conversation
                            .runningProperty()
                            .subscribe(turn -> pseudoClassStateChanged(RUNNING, turn != null)));
        }
    }
}
