package dev.kansoku.ui.chat;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * What is selected in the chat: from one place in the text to another, across blocks. It is kept here and painted by
 * whatever cells are in sight, so it survives the reuse of cells and text that grows.
 */
public final class Selection {

    /** A place in the text of a block; the offset is in UTF-16 units. */
    public record Place(Row.Text row, int offset) {}

    /** Two places, in no particular order. */
    public record Range(Place anchor, Place end) {

        Range turnedRound() {
            return new Range(/* anchor= */ end, /* end= */ anchor);
        }
    }

    private final ObservableList<Row> rows;
    private final ReadOnlyObjectWrapper<@Nullable Range> range = new ReadOnlyObjectWrapper<>();
    private int first;
    private int last = -1;
    private boolean backward;

    Selection(ObservableList<Row> rows) {
        this.rows = rows;
        rows.addListener((ListChangeListener<Row>) change -> {
            if (range.get() != null) {
                find();
            }
        });
        // Before anybody else hears of a new range.
        range.subscribe(changed -> find());
    }

    public ReadOnlyObjectProperty<@Nullable Range> rangeProperty() {
        return range.getReadOnlyProperty();
    }

    public void start(Place place) {
        range.set(new Range(place, place));
    }

    public void extendTo(Place place) {
        Range current = range.get();
        range.set(new Range(current == null ? place : current.anchor(), place));
    }

    public void select(Place from, Place to) {
        range.set(new Range(from, to));
    }

    public void clear() {
        range.set(null);
    }

    public void selectAll() {
        Row.Text first = null;
        Row.Text last = null;
        for (Row row : rows) {
            if (row instanceof Row.Text text) {
                first = first == null ? text : first;
                last = text;
            }
        }
        if (first != null && last != null) {
            select(new Place(first, 0), new Place(last, last.block().text().length()));
        }
    }

    public boolean isEmpty() {
        Range current = range.get();
        return current == null || current.anchor().equals(current.end());
    }

    /** The selected part of the row with this index, as offsets {from, to}; {@code null} if there is none. */
    public int @Nullable [] in(int index) {
        Range ordered = ordered();
        if (ordered == null || index < first || index > last || !(rows.get(index) instanceof Row.Text row)) {
            return null;
        }
        int length = row.block().text().length();
        int from = index == first ? Math.min(ordered.anchor().offset(), length) : 0;
        int to = index == last ? Math.min(ordered.end().offset(), length) : length;
        return from < to ? new int[] {from, to} : null;
    }

    /** The selected text; blocks are apart as they are in the message. */
    public String text() {
        var text = new StringBuilder();
        for (int i = Math.max(0, first); i <= last; i++) {
            int[] part = in(i);
            if (part != null && rows.get(i) instanceof Row.Text row) {
                if (!text.isEmpty()) {
                    text.append(row.block().joint().separator());
                }
                text.append(row.block().text(), part[0], part[1]);
            }
        }
        return text.toString();
    }

    /** Where the selected rows are now: rows may have come, or gone, before them. */
    private void find() {
        Range current = range.get();
        int anchor = current == null ? -1 : rows.indexOf(current.anchor().row());
        int end = current == null ? -1 : rows.indexOf(current.end().row());
        boolean gone = anchor < 0 || end < 0;
        first = gone ? 0 : Math.min(anchor, end);
        last = gone ? -1 : Math.max(anchor, end);
        backward = anchor > end
                || (current != null
                        && anchor == end
                        && current.anchor().offset() > current.end().offset());
    }

    private @Nullable Range ordered() {
        Range current = range.get();
        return current == null || !backward ? current : current.turnedRound();
    }
}
