package dev.kansoku.ui.conversations;

import dev.kansoku.ui.chat.ChatViewModel.Activity;
import dev.kansoku.ui.common.Words;
import java.util.UUID;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** A row in sight: a heading, or the title of a conversation with what it is doing. */
final class ConversationCell extends ListCell<ListRow> {

    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");

    private final ConversationsViewModel conversations;
    private final Words words;
    private final HeadingWords headings;
    private final Runnable focusList;
    private final Label title = new Label();
    private final ActivityBadge badge = new ActivityBadge();
    private final HBox row = new HBox(title, badge);
    private @Nullable RenameField field;

    /** @param focusList is called when a name was entered by key */
    ConversationCell(ConversationsViewModel conversations, Words words, HeadingWords headings, Runnable focusList) {
        this.conversations = conversations;
        this.words = words;
        this.headings = headings;
        this.focusList = focusList;
        getStyleClass().add("conversation-cell");
        // As wide as the list, however long the title is.
        setPrefWidth(0);
        row.getStyleClass().add("conversation-row");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setOnMouseEntered(e -> title.setTooltip(isCut() ? new Tooltip(title.getText()) : null));
    }

    private boolean isCut() {
        return title.getWidth() < title.prefWidth(-1);
    }

    @Override
    protected void updateItem(@Nullable ListRow shown, boolean empty) {
        super.updateItem(shown, empty);
        boolean isHeading = shown instanceof ListRow.Heading;
        pseudoClassStateChanged(HEADING, isHeading);
        // A click on a heading selects nothing.
        setMouseTransparent(!(shown instanceof ListRow.Entry));
        switch (shown) {
            case ListRow.Heading heading -> showHeading(headings.text(heading));
            case ListRow.Entry entry when entry.renaming() -> showField(entry);
            case ListRow.Entry entry -> show(entry);
            case null -> showNothing();
        }
    }

    private void showNothing() {
        field = null;
        setText(null);
        setGraphic(null);
        setAccessibleText(null);
    }

    private void showHeading(String text) {
        field = null;
        setText(text);
        setGraphic(null);
        setAccessibleText(text);
    }

    private void show(ListRow.Entry entry) {
        field = null;
        Activity activity = entry.activity();
        String name = entry.conversation().title();
        String said = activity == null ? "" : words(activity);
        title.setText(name);
        badge.show(activity, said);
        setText(null);
        setGraphic(row);
        setAccessibleText(activity == null ? name : String.join(", ", name, said));
    }

    private void showField(ListRow.Entry entry) {
        UUID id = entry.id();
        if (field != null && field.conversation().equals(id)) {
            return;
        }
        field = new RenameField(conversations, entry.conversation(), words, focusList);
        setText(null);
        setGraphic(field);
        setAccessibleText(null);
        field.begin();
    }

    private String words(Activity activity) {
        return switch (activity) {
            case RUNNING -> words.get("conversations.running");
            case DONE -> words.get("conversations.done");
        };
    }
}
