package dev.kansoku.ui.chat;

import dev.kansoku.chat.Turn;
import dev.kansoku.ui.common.UiThread;
import java.text.BreakIterator;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javafx.animation.AnimationTimer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a conversation, newest at the bottom. It follows what comes as long as the user is at the bottom, and lets
 * text be selected across rows with the mouse.
 */
final class BlockList extends ListView<Row> {

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination ALL = new KeyCodeCombination(KeyCode.A, KeyCombination.SHORTCUT_DOWN);
    private static final double AT_BOTTOM = 0.999;
    private static final double ROUNDING = 1e-9;
    private static final double FAR = 1e6;

    /** In pixels: less is rounding. */
    private static final double HIDDEN = 0.5;

    private static final double EDGE_SPEED = 12;

    /** Where in the list something that was searched for comes to stand. */
    private static final double FOUND_AT = 0.3;

    /** In pulses. */
    private static final int REVEAL_TRIES = 12;

    private final ChatContext context;

    /** Held weakly: for a screen reader the list makes some that it soon lets go. */
    private final Set<RowCell> cells = Collections.newSetFromMap(new WeakHashMap<>());

    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(true);
    private @Nullable ScrollBar bar;
    private @Nullable VirtualFlow<?> flow;
    private final ListChangeListener<Row> earlierRows = this::came;

    /** Counts the conversations that were shown: what is to be done at the next pulse is meant for one of them. */
    private long shows;

    private double dragX;
    private double dragY;

    /** While the mouse is held beyond the edge, the list moves under it. */
    private final AnimationTimer edgeScroll = new AnimationTimer() {
        @Override
        public void handle(long now) {
            Bounds bounds = localToScene(getLayoutBounds());
            double beyond = dragY < bounds.getMinY() ? -EDGE_SPEED : dragY > bounds.getMaxY() ? EDGE_SPEED : 0;
            if (beyond != 0 && flow != null) {
                flow.scrollPixels(beyond);
                extendTo(dragX, dragY);
            }
        }
    };

    BlockList(ChatContext context) {
        this.context = context;
        getStyleClass().add("block-list");
        setAccessibleText(context.words().get("chat.messages"));
        setCellFactory(list -> {
            var cell = new RowCell(list, context);
            cells.add(cell);
            return cell;
        });
        addEventFilter(ScrollEvent.SCROLL, e -> {
            if (e.getDeltaY() > 0) {
                leaveEnd();
            } else {
                lookAfterEvent();
            }
        });
        addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventFilter(MouseEvent.MOUSE_DRAGGED, this::dragged);
        addEventFilter(MouseEvent.MOUSE_RELEASED, e -> {
            edgeScroll.stop();
            lookAfterEvent();
        });
        setContextMenu(menu());
    }

    /** Shows a conversation, from its end. The cells stay the same: to make and to style others takes longer than all else. */
    void show(ObservableList<Row> rows) {
        letGo();
        setItems(rows);
        // After the list itself has heard of it.
        rows.addListener(earlierRows);
        jumpToEnd();
    }

    /** What is in sight stays there when rows come before it. */
    private void came(ListChangeListener.Change<? extends Row> change) {
        while (change.next()) {
            boolean before = change.wasAdded()
                    && !change.wasRemoved()
                    && change.getFrom() == 0
                    && change.getTo() < getItems().size();
            if (before && following.get()) {
                jumpToEnd();
            } else if (before && flow != null && flow.getFirstVisibleCell() != null) {
                IndexedCell<?> first = flow.getFirstVisibleCell();
                double top = first.getBoundsInParent().getMinY();
                scrollTo(first.getIndex() + change.getAddedSize());
                flow.scrollPixels(-top);
            }
        }
    }

    /** Lets go of the rows for good. */
    void dispose() {
        following.set(false);
        letGo();
        setItems(FXCollections.emptyObservableList());
    }

    /** Rows live on and may grow, and cells out of sight would go on showing them. */
    private void letGo() {
        shows++;
        edgeScroll.stop();
        getItems().removeListener(earlierRows);
        cells.forEach(RowCell::forget);
    }

    /** Whether the end of the conversation stays in sight. */
    ReadOnlyBooleanProperty followingProperty() {
        return following.getReadOnlyProperty();
    }

    /** Something was added at the end: where that is in sight it stays there. */
    void grown() {
        if (following.get()) {
            UiThread.afterNextPulse(this::reachEnd);
        }
    }

    void jumpToEnd() {
        following.set(true);
        if (!getItems().isEmpty()) {
            scrollTo(getItems().size() - 1);
        }
        grown();
    }

    /** Brings a row into sight, and in it what was searched for, and stays there. */
    void reveal(Row row) {
        following.set(false);
        revealFound(row, REVEAL_TRIES);
    }

    /** Again and again: rows that were not laid out yet have estimated heights, so that the list may miss the row. */
    private void revealFound(Row row, int tries) {
        int index = getItems().indexOf(row);
        if (index < 0 || following.get()) {
            return;
        }
        if (tries == 0) {
            lookAfterEvent();
            return;
        }
        RowCell cell = cellOf(row);
        if (flow == null || cell == null) {
            scrollTo(index);
        } else {
            double top = flow.sceneToLocal(0, cell.foundTop()).getY();
            if (Math.abs(flow.scrollPixels(top - FOUND_AT * flow.getHeight())) < 1) {
                lookAfterEvent();
                return;
            }
        }
        UiThread.nextPulse().execute(() -> revealFound(row, tries - 1));
    }

    private @Nullable RowCell cellOf(Row row) {
        for (RowCell cell : cells) {
            if (cell.isVisible() && cell.getScene() != null && row.equals(cell.getItem())) {
                return cell;
            }
        }
        return null;
    }

    /**
     * Lets another branch take the place of a turn. Its buttons come where those of the turn were, so that one can go on
     * from branch to branch; an answer that is being written is followed as before.
     */
    void exchange(Turn inSight, Turn other, Runnable change) {
        List<Turn> branches = inSight.conversation().branches(inSight);
        boolean backwards = branches.indexOf(other) < branches.indexOf(inSight);
        boolean follows = following.get() && !other.state().isOver();
        BranchSwitch before = switchOf(inSight);
        double top = before == null ? 0 : topOf(before);
        following.set(false);
        change.run();
        layout();
        if (switchOf(other) == null) {
            scrollTo(rowUnder(other));
            layout();
        }
        hold(other, top);
        if (follows) {
            jumpToEnd();
        }
        long now = shows;
        // Cells have found their rows and heights by then.
        UiThread.afterNextPulse(() -> {
            if (shows != now) {
                return;
            }
            BranchSwitch shown = switchOf(other);
            if (shown != null) {
                shown.focus(backwards);
            }
            if (!follows) {
                hold(other, top);
                following.set(isAtBottom());
            }
        });
    }

    private void hold(Turn turn, double top) {
        BranchSwitch shown = switchOf(turn);
        if (shown != null && flow != null) {
            flow.scrollPixels(topOf(shown) - top);
        }
    }

    private static double topOf(Node node) {
        return node.localToScene(0, 0).getY();
    }

    private @Nullable BranchSwitch switchOf(Turn turn) {
        return cells.stream()
                .filter(cell -> cell.isVisible() && cell.getScene() != null && isUnder(cell.getItem(), turn))
                .findFirst()
                .map(RowCell::branchSwitch)
                .orElse(null);
    }

    private int rowUnder(Turn turn) {
        int i = getItems().size() - 1;
        while (i > 0 && !isUnder(getItems().get(i), turn)) {
            i--;
        }
        return i;
    }

    private static boolean isUnder(@Nullable Row row, Turn turn) {
        return (row instanceof Row.Status || row instanceof Row.Queued)
                && row.turn().equals(turn);
    }

    /**
     * Moves by what is hidden of the last row, and no further: a list that is sent far away takes its cells apart. Until
     * it has laid rows out, it only estimates their heights, and may stop short of the last one: then it is sent far.
     */
    private void reachEnd() {
        if (flow == null || bar == null || !following.get() || !bar.isVisible()) {
            return;
        }
        IndexedCell<?> last = flow.getLastVisibleCell();
        boolean isLast = last != null && last.getIndex() == getItems().size() - 1;
        double hidden = isLast ? last.getBoundsInParent().getMaxY() - flow.getHeight() : FAR;
        if (hidden <= HIDDEN && bar.getValue() >= bar.getMax() - ROUNDING) {
            return;
        }
        flow.scrollPixels(hidden > HIDDEN ? hidden : FAR);
        UiThread.nextPulse().execute(this::reachEnd);
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (bar == null) {
            bar = scrollBar();
            flow = lookup(".virtual-flow") instanceof VirtualFlow<?> found ? found : null;
            if (bar != null) {
                bar.valueProperty().subscribe(value -> UiThread.nextPulse().execute(this::reachEnd));
            }
        }
    }

    private @Nullable ScrollBar scrollBar() {
        for (Node node : lookupAll(".scroll-bar")) {
            if (node instanceof ScrollBar found && found.getOrientation() == Orientation.VERTICAL) {
                return found;
            }
        }
        return null;
    }

    /** At once, not when the list has moved: text may come in between, and must not take the list back to its end. */
    private void leaveEnd() {
        following.set(bar == null || !bar.isVisible());
    }

    /** The event that is being handled moves the list only after this: the place is known at the next pulse. */
    private void lookAfterEvent() {
        long now = shows;
        UiThread.nextPulse().execute(() -> {
            if (shows == now) {
                following.set(isAtBottom());
            }
        });
    }

    private boolean isAtBottom() {
        return bar == null || !bar.isVisible() || bar.getValue() >= AT_BOTTOM * bar.getMax();
    }

    private void key(KeyEvent e) {
        if (COPY.match(e)) {
            copySelection();
            e.consume();
        } else if (ALL.match(e)) {
            context.selection().selectAll();
            e.consume();
        } else if (e.getCode() == KeyCode.PAGE_UP || e.getCode() == KeyCode.HOME || e.getCode() == KeyCode.UP) {
            leaveEnd();
        } else if (e.getCode().isNavigationKey()) {
            lookAfterEvent();
        }
    }

    boolean copySelection() {
        String text = context.selection().text();
        if (!text.isEmpty()) {
            context.copy(text);
        }
        return !text.isEmpty();
    }

    private void pressed(MouseEvent e) {
        dragX = e.getSceneX();
        dragY = e.getSceneY();
        if (isOnControl(e)) {
            if (isOnScrollBar(e)) {
                leaveEnd();
            }
            return;
        }
        if (e.getButton() != MouseButton.PRIMARY) {
            return;
        }
        Selection.Place place = placeAt(dragX, dragY);
        if (place == null) {
            context.selection().clear();
        } else if (e.isShiftDown()) {
            context.selection().extendTo(place);
        } else if (e.getClickCount() == 2) {
            selectWord(place);
        } else if (e.getClickCount() >= 3) {
            context.selection()
                    .select(
                            new Selection.Place(place.row(), 0),
                            new Selection.Place(
                                    place.row(), place.row().block().text().length()));
        } else {
            context.selection().start(place);
        }
    }

    private void dragged(MouseEvent e) {
        if (!e.isPrimaryButtonDown()
                || isOnControl(e)
                || context.selection().rangeProperty().get() == null) {
            return;
        }
        leaveEnd();
        extendTo(e.getSceneX(), e.getSceneY());
        edgeScroll.start();
    }

    private void extendTo(double sceneX, double sceneY) {
        dragX = sceneX;
        dragY = sceneY;
        Selection.Place place = placeAt(sceneX, sceneY);
        if (place != null) {
            context.selection().extendTo(place);
        }
    }

    /** Buttons and the scroll bar have a use of their own for the mouse. */
    private static boolean isOnControl(MouseEvent e) {
        return isIn(e, ButtonBase.class) || isOnScrollBar(e);
    }

    private static boolean isOnScrollBar(MouseEvent e) {
        return isIn(e, ScrollBar.class);
    }

    private static boolean isIn(MouseEvent e, Class<? extends Node> control) {
        Node node = (Node) e.getTarget();
        while (node != null && !(node instanceof RowCell) && !control.isInstance(node)) {
            node = node.getParent();
        }
        return control.isInstance(node);
    }

    private void selectWord(Selection.Place place) {
        String text = place.row().block().text();
        BreakIterator words = BreakIterator.getWordInstance(context.words().locale());
        words.setText(text);
        int end = words.following(Math.min(place.offset(), Math.max(0, text.length() - 1)));
        if (end != BreakIterator.DONE) {
            context.selection()
                    .select(new Selection.Place(place.row(), words.previous()), new Selection.Place(place.row(), end));
        }
    }

    /** The place in the text in sight that is nearest to a point: of the cell at its height, or of the nearest one. */
    private Selection.@Nullable Place placeAt(double sceneX, double sceneY) {
        TextView nearest = null;
        double distance = Double.MAX_VALUE;
        for (RowCell cell : cells) {
            TextView text = cell.isVisible() && cell.getScene() != null ? cell.text() : null;
            if (text != null) {
                Bounds bounds = cell.localToScene(cell.getLayoutBounds());
                double off = Math.max(0, Math.max(bounds.getMinY() - sceneY, sceneY - bounds.getMaxY()));
                if (off < distance) {
                    distance = off;
                    nearest = text;
                }
            }
        }
        return nearest == null ? null : nearest.placeAt(new Point2D(sceneX, sceneY));
    }

    private ContextMenu menu() {
        var copy = new MenuItem(context.words().get("chat.copy"));
        copy.setOnAction(e -> copySelection());
        var message = new MenuItem(context.words().get("chat.copyMessage"));
        message.setOnAction(e -> {
            Selection.Place place = placeAt(dragX, dragY);
            if (place != null) {
                context.copy(messageOf(place.row()));
            }
        });
        var all = new MenuItem(context.words().get("chat.selectAll"));
        all.setOnAction(e -> context.selection().selectAll());
        var menu = new ContextMenu(copy, message, all);
        menu.setOnShowing(e -> copy.setDisable(context.selection().isEmpty()));
        return menu;
    }

    private static String messageOf(Row.Text row) {
        return switch (row.speaker()) {
            case USER -> row.turn().prompt().content();
            case THINKING -> row.turn().thinking().toString();
            case ANSWER -> row.turn().answer().toString();
        };
    }
}
