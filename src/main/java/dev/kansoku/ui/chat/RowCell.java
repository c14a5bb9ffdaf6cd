package dev.kansoku.ui.chat;

import dev.kansoku.chat.Prompt;
import dev.kansoku.ollama.ModelName;
import dev.kansoku.ui.common.Icons;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Words;
import java.util.Objects;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** One row in sight. Its nodes are made once and shown in turn for whatever rows come by. */
final class RowCell extends ListCell<Row> {

    private final ChatContext context;
    private final Words words;
    private final Column column;
    private @Nullable TextView text;
    private @Nullable StatusView status;

    RowCell(ListView<Row> list, ChatContext context) {
        this.context = context;
        words = context.words();
        column = new Column(list);
        getStyleClass().add("row-cell");
        setText(null);
        // For good: what is taken out of the scene is styled anew when it comes back.
        setGraphic(column);
    }

    @Nullable
    TextView text() {
        return getItem() instanceof Row.Text ? text : null;
    }

    /** The one in sight, if there is one. */
    @Nullable
    BranchSwitch branchSwitch() {
        return column.shown != null && column.shown.lookup("." + BranchSwitch.STYLE) instanceof BranchSwitch found
                ? found
                : null;
    }

    /** The height in the scene at which stands what was searched for, or else the row. */
    double foundTop() {
        TextView shown = text();
        Bounds found = shown == null ? null : shown.firstFound();
        return (found == null ? localToScene(getLayoutBounds()) : found).getMinY();
    }

    /** Shows nothing until there is something to show again. */
    void forget() {
        updateItem(null, /* empty= */ true);
    }

    private void release() {
        if (text != null) {
            text.release();
        }
        if (status != null) {
            status.release();
        }
    }

    @Override
    protected void updateItem(@Nullable Row row, boolean empty) {
        Row before = getItem();
        super.updateItem(row, empty);
        if (row != null && row.equals(before)) {
            return;
        }
        release();
        if (empty || row == null) {
            column.show(null);
            return;
        }
        column.show(node(row));
    }

    /** Asked for when a screen reader wants it, so that text that grows costs nothing. */
    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return attribute == AccessibleAttribute.TEXT && getItem() instanceof Row.Text row
                ? words.get("chat.speaker." + Keys.of(row.speaker())) + ": "
                        + row.block().text()
                : super.queryAccessibleAttribute(attribute, parameters);
    }

    private Node node(Row row) {
        return switch (row) {
            case Row.Text shown -> {
                if (text == null) {
                    text = new TextView(context, this);
                }
                text.show(shown, context.selection());
                yield text;
            }
            case Row.Status shown -> {
                if (status == null) {
                    status = new StatusView(context);
                }
                status.show(shown);
                yield status;
            }
            case Row.Attached attached -> attached(attached);
            case Row.Queued queued -> queued(queued);
            case Row.ModelChanged changed -> {
                var label = new Label(words.get(
                        "chat.modelChanged", ModelName.display(changed.turn().model())));
                label.getStyleClass().add("model-changed");
                label.setMaxWidth(Double.MAX_VALUE);
                label.setAlignment(Pos.CENTER);
                yield label;
            }
        };
    }

    private Node attached(Row.Attached attached) {
        var label = new AttachmentLabel(context, attached.attachment());
        label.getStyleClass().add("attachment");
        var box = new HBox(label);
        box.getStyleClass().add("attached");
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }

    private Node queued(Row.Queued queued) {
        Prompt sent = queued.turn().prompt();
        String prompt = sent.text().isBlank() ? sent.content() : sent.text();
        var label =
                new Label(prompt.substring(0, Math.min(prompt.length(), 500)).strip());
        label.setWrapText(true);
        label.getStyleClass().add("queued-text");
        label.setMaxHeight(60);
        var note = new Label(words.get("chat.queued"), new FontIcon("fth-clock"));
        note.getStyleClass().add("caption");
        note.setMinWidth(Region.USE_PREF_SIZE);
        Button remove = Icons.button("fth-x", words.get("chat.unqueue"));
        remove.setOnAction(e -> context.unqueue(queued.turn()));
        var branches = new BranchSwitch(context);
        branches.show(queued.turn());
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var box = new HBox(branches, space, note, label, remove);
        box.getStyleClass().add("queued");
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }

    /** The column that people read: of limited width, in the middle of the list. */
    private static final class Column extends Region {

        private static final double WIDEST = 760;
        private static final double MARGIN = 24;

        /** A row has some height even if nothing is shown in it: the list fills what is left with such rows. */
        private static final double EMPTY = 24;

        private final ListView<Row> list;
        private @Nullable Node shown;

        Column(ListView<Row> list) {
            this.list = list;
        }

        /** What is made once for all rows stays, out of sight. */
        void show(@Nullable Node node) {
            if (!Objects.equals(shown, node)) {
                getChildren()
                        .removeIf(child ->
                                !child.equals(node) && !(child instanceof TextView) && !(child instanceof StatusView));
                if (node != null && !getChildren().contains(node)) {
                    getChildren().add(node);
                }
                getChildren().forEach(child -> child.setVisible(child.equals(node)));
                shown = node;
            }
            requestLayout();
        }

        private double columnWidth() {
            return Math.max(100, Math.min(WIDEST, list.getWidth() - 2 * MARGIN));
        }

        /** Any width will do: the list is as wide as it is, and rows must not make it scroll sideways. */
        @Override
        protected double computePrefWidth(double height) {
            return 0;
        }

        @Override
        protected double computePrefHeight(double width) {
            return shown == null ? EMPTY : shown.prefHeight(columnWidth());
        }

        @Override
        protected void layoutChildren() {
            double width = columnWidth();
            double left = snapPositionX((list.getWidth() - width) / 2);
            if (shown != null) {
                shown.resizeRelocate(left, 0, width, getHeight());
            }
        }
    }
}
