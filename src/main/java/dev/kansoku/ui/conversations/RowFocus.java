package dev.kansoku.ui.conversations;

import java.util.UUID;
import javafx.scene.control.FocusModel;
import org.jspecify.annotations.Nullable;

/** Which row the keyboard is at: it stays with its conversation when that moves, and steps over headings. */
final class RowFocus extends FocusModel<ListRow> {

    private final Rows rows;
    private @Nullable UUID conversation;

    RowFocus(Rows rows) {
        this.rows = rows;
    }

    /**
     * To be called after the rows have changed. Where the conversation is gone, the focus goes to what follows.
     *
     * @param firstChanged index of the first row that is another one now
     */
    void follow(int firstChanged) {
        int there = rows.indexOf(conversation);
        focus(there >= 0 ? there : rows.entryNear(Math.clamp(firstChanged, 0, Math.max(0, getFocusedIndex())), true));
    }

    /** The row that is meant by an index that may be a heading's: the one behind it on the way. */
    int meant(int index) {
        return rows.entryNear(index, index >= getFocusedIndex());
    }

    @Override
    public void focus(int index) {
        int row = index < 0 ? -1 : meant(index);
        conversation = rows.entry(row).map(ListRow.Entry::id).orElse(null);
        super.focus(row);
    }

    @Override
    protected int getItemCount() {
        return rows.size();
    }

    @Override
    protected @Nullable ListRow getModelItem(int index) {
        return index >= 0 && index < rows.size() ? rows.get(index) : null;
    }
}
