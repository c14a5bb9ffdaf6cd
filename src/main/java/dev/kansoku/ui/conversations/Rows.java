package dev.kansoku.ui.conversations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javafx.collections.ModifiableObservableListBase;
import org.jspecify.annotations.Nullable;

/** The rows of the list. Whatever becomes of them is told as one change, and only of the rows that differ. */
public final class Rows extends ModifiableObservableListBase<ListRow> {

    private final List<ListRow> rows = new ArrayList<>();

    Rows() {}

    void become(List<ListRow> next) {
        int least = Math.min(rows.size(), next.size());
        int from = 0;
        while (from < least && rows.get(from).equals(next.get(from))) {
            from++;
        }
        int tail = 0;
        while (tail < least - from && rows.get(rows.size() - 1 - tail).equals(next.get(next.size() - 1 - tail))) {
            tail++;
        }
        int changedEnd = least - tail;
        beginChange();
        for (int i = from; i < changedEnd; i++) {
            set(i, next.get(i));
        }
        remove(changedEnd, rows.size() - tail);
        addAll(changedEnd, next.subList(changedEnd, next.size() - tail));
        endChange();
    }

    /** The conversation in a row; empty for a heading, and outside the list. */
    Optional<ListRow.Entry> entry(int index) {
        return index >= 0 && index < rows.size() && rows.get(index) instanceof ListRow.Entry entry
                ? Optional.of(entry)
                : Optional.empty();
    }

    /** Where a conversation stands; -1 if it does not. */
    int indexOf(@Nullable UUID conversation) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) instanceof ListRow.Entry entry && entry.id().equals(conversation)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The nearest row with a conversation; -1 if there is none.
     *
     * @param forward where to look first
     */
    int entryNear(int index, boolean forward) {
        int ahead = entryFrom(index, forward ? 1 : -1);
        return ahead >= 0 ? ahead : entryFrom(index, forward ? -1 : 1);
    }

    private int entryFrom(int index, int step) {
        int i = Math.clamp(index, 0, Math.max(0, rows.size() - 1));
        while (i >= 0 && i < rows.size()) {
            if (rows.get(i) instanceof ListRow.Entry) {
                return i;
            }
            i += step;
        }
        return -1;
    }

    @Override
    public ListRow get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    protected void doAdd(int index, ListRow row) {
        rows.add(index, row);
    }

    @Override
    protected ListRow doSet(int index, ListRow row) {
        return rows.set(index, row);
    }

    @Override
    protected ListRow doRemove(int index) {
        return rows.remove(index);
    }
}
