package dev.kansoku.ui.search;

import dev.kansoku.history.Snippet;
import dev.kansoku.history.TextRange;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.text.Text;

/** A part of a text on two lines, with what was found in it marked. */
final class SnippetView extends Region {

    private static final int LINES = 2;

    /** For the ellipsis at the end. In pixels. */
    private static final double ROOM = 14;

    private static final String ELLIPSIS = "…";

    private final Path found = new Path();
    private final Text text = new Text();
    private Snippet snippet = new Snippet("", List.of());
    private List<TextRange> hits = List.of();
    private double fitted = -1;

    SnippetView() {
        found.getStyleClass().add("found-text");
        found.setManaged(false);
        text.getStyleClass().add("snippet-text");
        text.setTextOrigin(VPos.TOP);
        getChildren().addAll(found, text);
    }

    void show(Snippet shown) {
        snippet = shown;
        fitted = -1;
        requestLayout();
    }

    private void fit(double width) {
        if (width == fitted || width <= 0) {
            return;
        }
        fitted = width;
        text.setWrappingWidth(width);
        text.setText("");
        double line = text.getLayoutBounds().getHeight();
        double most = (LINES + 0.5) * line;
        set(snippet.text(), 0);
        if (!hits.isEmpty() && shape(hits.getFirst()).getBoundsInLocal().getMaxY() > most) {
            int from = hits.getFirst().start();
            set(ELLIPSIS + snippet.text().substring(from), ELLIPSIS.length() - from);
        }
        if (text.getLayoutBounds().getHeight() > most) {
            int end = text.hitTest(new Point2D(width - ROOM, (LINES - 0.5) * line))
                    .getInsertionIndex();
            text.setText(text.getText().substring(0, end).stripTrailing() + ELLIPSIS);
            hits = hits.stream().filter(hit -> hit.end() <= end).toList();
        }
    }

    private void set(String part, int shift) {
        text.setText(part);
        hits = snippet.hits().stream()
                .map(hit -> new TextRange(hit.start() + shift, hit.end() + shift))
                .filter(hit -> hit.start() >= 0)
                .toList();
    }

    private Path shape(TextRange hit) {
        return new Path(text.rangeShape(hit.start(), hit.end()));
    }

    /** As wide as there is room. */
    @Override
    protected double computePrefWidth(double height) {
        return 0;
    }

    @Override
    protected double computePrefHeight(double width) {
        fit(width < 0 ? getWidth() : width);
        return Math.ceil(text.getLayoutBounds().getHeight());
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected void layoutChildren() {
        fit(getWidth());
        text.relocate(0, 0);
        List<PathElement> shape = new ArrayList<>();
        hits.forEach(hit -> shape.addAll(shape(hit).getElements()));
        found.getElements().setAll(shape);
        found.setLayoutX(text.getLayoutX());
        found.setLayoutY(text.getLayoutY());
    }
}
