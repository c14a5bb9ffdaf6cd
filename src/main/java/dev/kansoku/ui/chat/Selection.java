package dev.kansoku.ui.chat;

import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
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

    private final List<Row> rows;
    private final ReadOnlyObjectWrapper<@Nullable Range> range = new ReadOnlyObjectWrapper<>();

    Selection(List<Row> rows) {
        this.rows = rows;
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

    /** The selected part of a row, as offsets {from, to}; {@code null} if there is none. */
    public int @Nullable [] in(Row.Text row) {
        Range ordered = ordered();
        if (ordered == null) {
            return null;
        }
        int index = rows.indexOf(row);
        int first = rows.indexOf(ordered.anchor().row());
        int last = rows.indexOf(ordered.end().row());
        if (index < first || index > last) {
            return null;
        }
        int length = row.block().text().length();
        int from = index == first ? Math.min(ordered.anchor().offset(), length) : 0;
        int to = index == last ? Math.min(ordered.end().offset(), length) : length;
        return from < to ? new int[] {from, to} : null;
    }

    /** The selected text; blocks are apart as they are in the message. */
    public String text() {
        Range ordered = ordered();
        if (ordered == null) {
            return "";
        }
        var text = new StringBuilder();
        int last = rows.indexOf(ordered.end().row());
        for (int i = rows.indexOf(ordered.anchor().row()); i <= last; i++) {
            if (rows.get(i) instanceof Row.Text row) {
                int[] part = in(row);
                if (part != null) {
                    if (!text.isEmpty()) {
                        text.append(row.block().joint().separator());
                    }
                    text.append(row.block().text(), part[0], part[1]);
                }
            }
        }
        return text.toString();
    }

    private @Nullable Range ordered() {
        Range current = range.get();
        if (current == null) {
            return null;
        }
        int anchor = rows.indexOf(current.anchor().row());
        int end = rows.indexOf(current.end().row());
        if (anchor < 0 || end < 0) {
            return null;
        }
        boolean forward = anchor < end
                || (anchor == end && current.anchor().offset() <= current.end().offset());
        return forward ? current : current.turnedRound();
    }
}
