package dev.kansoku.ui.chat;

import dev.kansoku.history.TextRange;
import dev.kansoku.ui.common.Icons;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.geometry.Point2D;
import javafx.scene.control.Button;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.text.HitInfo;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Shows one block of text, as a bubble if the user wrote it, with what is selected and what was searched for marked.
 * Made once for a cell and used for one block after the other.
 */
final class TextView extends Region {

    private static final double BUBBLE_SHARE = 0.8;
    private static final double EDIT_GAP = 4;

    private final ChatContext context;
    private final IndexedCell<?> cell;
    private final Label caption = new Label();
    private final Button edit;
    private final IdleOnly editWhenIdle;
    private final Region ground = new Region();
    private final Path found = new Path();
    private final Path selected = new Path();
    private final Text text = new Text();
    private final TextFlow flow = new TextFlow(text);
    private List<TextRange> hits = List.of();
    private Subscription bound = Subscription.EMPTY;
    private Row.@Nullable Text row;

    TextView(ChatContext context, IndexedCell<?> cell) {
        this.context = context;
        this.cell = cell;
        getStyleClass().add("text-view");
        caption.getStyleClass().add("caption");
        edit = Icons.button("fth-edit-2", context.words().get("chat.edit"));
        edit.getStyleClass().add("edit-prompt");
        editWhenIdle = new IdleOnly(context, edit);
        ground.getStyleClass().add("ground");
        found.getStyleClass().add("found-text");
        selected.getStyleClass().add("selected-text");
        text.getStyleClass().add("block-text");
        flow.getStyleClass().add("block-flow");
        List.of(ground, found, selected).forEach(node -> node.setManaged(false));
        getChildren().addAll(editWhenIdle, caption, ground, found, selected, flow);
    }

    void show(Row.Text shown, Selection selection) {
        release();
        row = shown;
        Block block = shown.block();
        String speaker = shown.speaker().name().toLowerCase(Locale.ROOT);
        List<String> styles = List.of(
                "text-view",
                speaker,
                block.kind().name().toLowerCase(Locale.ROOT),
                block.joint().name().toLowerCase(Locale.ROOT));
        // Even the same classes set anew are looked up anew.
        if (!getStyleClass().equals(styles)) {
            getStyleClass().setAll(styles);
        }
        boolean first = block.joint() == Block.Joint.FIRST;
        switch (shown.speaker()) {
            case USER -> caption.setText(context.time(shown.turn().createdAt()));
            case THINKING -> caption.setText(context.words().get("chat.thinking"));
            case ANSWER -> caption.setText("");
        }
        caption.setVisible(first && !caption.getText().isEmpty());
        editWhenIdle.setVisible(first && shown.speaker() == Speaker.USER);
        edit.setOnAction(e -> context.edit(shown.turn()));
        bound = block.textProperty()
                .subscribe(value -> {
                    text.setText(value);
                    find();
                })
                .and(context.highlight().subscribe(highlight -> find()))
                .and(selection.rangeProperty().subscribe(range -> paintSelection(selection)))
                .and(editWhenIdle.follow());
    }

    void release() {
        bound.unsubscribe();
        bound = Subscription.EMPTY;
        edit.setOnAction(null);
        row = null;
    }

    /** The place in the text that is nearest to a point of the scene. */
    Selection.@Nullable Place placeAt(Point2D scene) {
        if (row == null) {
            return null;
        }
        Point2D local = flow.sceneToLocal(scene);
        HitInfo hit = flow.getHitInfo(local);
        int offset = Math.clamp(hit.getInsertionIndex(), 0, text.getText().length());
        return new Selection.Place(row, offset);
    }

    /** Where in the scene the first of what was searched for stands; {@code null} if nothing of it is here. */
    @Nullable
    Bounds firstFound() {
        if (hits.isEmpty()) {
            return null;
        }
        var shape = new Path(
                flow.getRangeShape(hits.getFirst().start(), hits.getFirst().end(), /* includeLineSpacing= */ true));
        return flow.localToScene(shape.getBoundsInLocal());
    }

    private void find() {
        Highlight highlight = context.highlight().get();
        hits = highlight == null ? List.of() : highlight.in(text.getText());
        requestLayout();
    }

    private void paintFound() {
        List<PathElement> shape = new ArrayList<>();
        hits.forEach(hit ->
                shape.addAll(List.of(flow.getRangeShape(hit.start(), hit.end(), /* includeLineSpacing= */ true))));
        found.getElements().setAll(shape);
    }

    private void paintSelection(Selection selection) {
        int[] part = row == null ? null : selection.in(cell.getIndex());
        List<PathElement> shape = new ArrayList<>();
        if (part != null) {
            shape.addAll(List.of(flow.getRangeShape(part[0], part[1], true)));
        }
        selected.getElements().setAll(shape);
    }

    private boolean isBubble() {
        return row != null && row.speaker() == Speaker.USER;
    }

    private double gapAbove() {
        if (row == null) {
            return 0;
        }
        return switch (row.block().joint()) {
            case FIRST -> row.speaker() == Speaker.USER ? 24 : 12;
            case NEW -> 12;
            case CONTINUED, CUT -> 0;
        };
    }

    private double captionHeight() {
        return caption.isVisible() ? caption.prefHeight(-1) + 4 : 0;
    }

    private double flowWidth(double width) {
        Insets padding = ground.getInsets();
        double most = (isBubble() ? BUBBLE_SHARE * width : width) - padding.getLeft() - padding.getRight();
        boolean hugs = isBubble() && row != null && row.block().text().length() < Block.LONGEST / 10;
        return hugs ? Math.min(most, Math.ceil(flow.prefWidth(-1))) : most;
    }

    @Override
    protected double computePrefHeight(double width) {
        Insets padding = ground.getInsets();
        return gapAbove()
                + captionHeight()
                + padding.getTop()
                + Math.ceil(flow.prefHeight(flowWidth(width)))
                + padding.getBottom();
    }

    @Override
    protected void layoutChildren() {
        Insets padding = ground.getInsets();
        double flowWidth = flowWidth(getWidth());
        double groundWidth = flowWidth + padding.getLeft() + padding.getRight();
        double left = isBubble() ? snapPositionX(getWidth() - groundWidth) : 0;
        double top = gapAbove() + captionHeight();
        double height = getHeight() - top;
        double captionWidth = caption.prefWidth(-1);
        caption.resizeRelocate(
                isBubble() ? getWidth() - captionWidth : left, gapAbove(), captionWidth, caption.prefHeight(-1));
        double editWidth = editWhenIdle.prefWidth(-1);
        double editHeight = editWhenIdle.prefHeight(-1);
        // Higher than the caption: the gap above has room for it.
        editWhenIdle.resizeRelocate(
                snapPositionX(getWidth() - captionWidth - EDIT_GAP - editWidth),
                snapPositionY(gapAbove() + (caption.prefHeight(-1) - editHeight) / 2),
                editWidth,
                editHeight);
        ground.resizeRelocate(left, top, groundWidth, height);
        flow.resizeRelocate(
                left + padding.getLeft(),
                top + padding.getTop(),
                flowWidth,
                height - padding.getTop() - padding.getBottom());
        for (Path mark : List.of(found, selected)) {
            mark.setLayoutX(flow.getLayoutX());
            mark.setLayoutY(flow.getLayoutY());
        }
        if (row != null) {
            paintFound();
            paintSelection(context.selection());
        }
    }
}
