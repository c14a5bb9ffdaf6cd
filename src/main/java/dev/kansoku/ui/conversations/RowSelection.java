package dev.kansoku.ui.conversations;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.MultipleSelectionModel;
import javafx.scene.control.SelectionMode;
import org.jspecify.annotations.Nullable;

/**
 * Which conversations are selected. JavaFX's own model keeps indexes; this one keeps ids, because rows move while they are
 * selected, and leaves headings out.
 */
final class RowSelection extends MultipleSelectionModel<ListRow> {

    private final Rows rows;
    private final RowFocus focus;
    private final Runnable chosen;
    private final Set<UUID> ids = new LinkedHashSet<>();
    private final ObservableList<Integer> indices = FXCollections.observableArrayList();
    private final ObservableList<ListRow> items = FXCollections.observableArrayList();

    /** @param chosen is called when the user has selected something else */
    RowSelection(Rows rows, RowFocus focus, Runnable chosen) {
        this.rows = rows;
        this.focus = focus;
        this.chosen = chosen;
        setSelectionMode(SelectionMode.MULTIPLE);
    }

    /** Those that are selected and in the list, from top to bottom. */
    List<ListRow.Entry> entries() {
        return indices.stream().map(rows::entry).flatMap(Optional::stream).toList();
    }

    /** Selects a conversation alone, now or as soon as it is in the list. */
    void only(UUID conversation) {
        ids.clear();
        ids.add(conversation);
        follow();
        int row = rows.indexOf(conversation);
        if (row >= 0) {
            focus.focus(row);
        }
    }

    void nothing() {
        ids.clear();
        follow();
    }

    /** To be called after the rows have changed. */
    void follow() {
        var now = new ArrayList<Integer>();
        for (int i = 0; i < rows.size(); i++) {
            if (isChosen(i)) {
                now.add(i);
            }
        }
        items.setAll(now.stream().map(rows::get).toList());
        indices.setAll(now);
        int lead = now.contains(focus.getFocusedIndex()) ? focus.getFocusedIndex() : now.isEmpty() ? -1 : now.getLast();
        setSelectedIndex(lead);
        setSelectedItem(lead < 0 ? null : rows.get(lead));
    }

    private boolean isChosen(int index) {
        return rows.entry(index).map(ListRow.Entry::id).filter(ids::contains).isPresent();
    }

    private void add(int index) {
        rows.entry(index).ifPresent(entry -> ids.add(entry.id()));
    }

    private void choose(int lead) {
        focus.focus(lead);
        follow();
        chosen.run();
    }

    @Override
    public ObservableList<Integer> getSelectedIndices() {
        return indices;
    }

    @Override
    public ObservableList<ListRow> getSelectedItems() {
        return items;
    }

    @Override
    public void clearAndSelect(int index) {
        int row = focus.meant(index);
        if (row >= 0) {
            ids.clear();
            add(row);
            choose(row);
        }
    }

    @Override
    public void select(int index) {
        int row = focus.meant(index);
        if (row >= 0) {
            add(row);
            choose(row);
        }
    }

    @Override
    public void select(@Nullable ListRow row) {
        if (row instanceof ListRow.Entry entry) {
            select(rows.indexOf(entry.id()));
        }
    }

    @Override
    public void selectIndices(int index, int... more) {
        add(index);
        int last = index;
        for (int another : more) {
            add(another);
            last = another;
        }
        int lead = focus.meant(last);
        add(lead);
        choose(lead);
    }

    @Override
    public void selectAll() {
        for (int i = 0; i < rows.size(); i++) {
            add(i);
        }
        choose(focus.getFocusedIndex());
    }

    @Override
    public void selectFirst() {
        clearAndSelect(0);
    }

    @Override
    public void selectLast() {
        clearAndSelect(rows.size() - 1);
    }

    @Override
    public void selectPrevious() {
        select(focus.getFocusedIndex() - 1);
    }

    @Override
    public void selectNext() {
        select(focus.getFocusedIndex() + 1);
    }

    @Override
    public void clearSelection(int index) {
        rows.entry(index).ifPresent(entry -> ids.remove(entry.id()));
        follow();
        chosen.run();
    }

    @Override
    public void clearSelection() {
        nothing();
        chosen.run();
    }

    @Override
    public boolean isSelected(int index) {
        return indices.contains(index);
    }

    @Override
    public boolean isEmpty() {
        return indices.isEmpty();
    }
}
