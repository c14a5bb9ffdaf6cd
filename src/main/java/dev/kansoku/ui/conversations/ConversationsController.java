package dev.kansoku.ui.conversations;

import dev.kansoku.history.History;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Dialogs;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.conversations.ConversationsViewModel.Deletion;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The list of conversations, and the trash in its place. */
public final class ConversationsController extends Controller {

    static final KeyCombination RENAME = new KeyCodeCombination(KeyCode.F2);
    static final KeyCombination DELETE = new KeyCodeCombination(KeyCode.DELETE);
    private static final KeyCombination UNDO = new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination MENU = new KeyCodeCombination(KeyCode.F10, KeyCombination.SHIFT_DOWN);
    private static final KeyCombination OPEN = new KeyCodeCombination(KeyCode.ENTER);

    private static final Duration UNDO_OFFERED = Duration.ofSeconds(10);
    private static final Duration LOOK_AT_CLOCK = Duration.ofMinutes(1);

    /** Rows that are still below when the next ones are read. */
    private static final int NEAR_END = 30;

    /** How far below the top of a row its menu opens, in pixels; an empty list is high. */
    private static final double MENU_DOWN = 24;

    private final ConversationsViewModel conversations;
    private final Words words;
    private final HeadingWords headings;
    private final Dialogs dialogs;
    private final Consumer<List<UUID>> export;
    private final Runnable focusPrompt;
    private final RowFocus focus;
    private final RowSelection selection;
    private Subscription undoTimer = Subscription.EMPTY;
    private @Nullable ContextMenu menu;

    /** By the right button, which opens a menu but no conversation. */
    private boolean selectingForMenu;

    @FXML
    private VBox trashHead;

    @FXML
    private Label trashNote;

    @FXML
    private ListView<ListRow> list;

    @FXML
    private HBox undoBar;

    @FXML
    private Label undoText;

    @FXML
    private Button undoButton;

    @FXML
    private Button trashButton;

    @FXML
    private VBox trashFoot;

    @FXML
    private Button restoreButton;

    @FXML
    private Button purgeButton;

    @FXML
    private Button emptyButton;

    /**
     * Made by hand, as all controllers are.
     *
     * @param export asks for a file and writes conversations into it
     * @param focusPrompt is called when the user has chosen where to write
     */
    public ConversationsController(
            ConversationsViewModel conversations,
            Words words,
            Dialogs dialogs,
            Consumer<List<UUID>> export,
            Runnable focusPrompt) {
        this.conversations = conversations;
        this.export = export;
        this.words = words;
        headings = new HeadingWords(words);
        this.dialogs = dialogs;
        this.focusPrompt = focusPrompt;
        focus = new RowFocus(conversations.rows());
        selection = new RowSelection(conversations.rows(), focus, this::chosen);
    }

    @FXML
    private void initialize() {
        trashNote.setText(words.get("conversations.trashNote", History.TRASH.toDays()));
        list.setCellFactory(shown -> cell());
        list.setFocusModel(focus);
        list.setSelectionModel(selection);
        list.setItems(conversations.rows());
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.addEventFilter(MouseEvent.MOUSE_PRESSED, e -> selectingForMenu = e.getButton() == MouseButton.SECONDARY);
        list.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        list.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menuRequested);
        ListChangeListener<ListRow> follow = change -> {
            focus.follow(change.next() ? change.getFrom() : 0);
            selection.follow();
            if (!list.isFocused()) {
                // A conversation is selected before its first prompt brings it into the list.
                focus.focus(selection.getSelectedIndex());
            }
            showTrashFoot();
        };
        conversations.rows().addListener(follow);
        own(() -> conversations.rows().removeListener(follow));
        own(conversations.inTrashProperty().subscribe(this::showTrash));
        own(conversations.openProperty().subscribe(open -> showOpen()));
        own(conversations.emptyProperty().subscribe(this::showEmpty));
        own(conversations.undoableProperty().subscribe(this::offerUndo));
        own(UiThread.every(LOOK_AT_CLOCK, conversations::lookAtClock));
        own(() -> undoTimer.unsubscribe());
    }

    private ConversationCell cell() {
        var cell = new ConversationCell(conversations, words, headings, list::requestFocus);
        cell.indexProperty().subscribe(index -> {
            if (index.intValue() >= conversations.rows().size() - NEAR_END) {
                conversations.readOn();
            }
        });
        return cell;
    }

    private boolean inTrash() {
        return conversations.inTrashProperty().get();
    }

    private void showTrash(boolean inTrash) {
        Shown.set(trashHead, inTrash);
        Shown.set(trashFoot, inTrash);
        Shown.set(trashButton, !inTrash);
        list.setAccessibleText(words.get(inTrash ? "conversations.trash" : "main.conversations"));
        selection.nothing();
        showOpen();
        showTrashFoot();
    }

    private void showTrashFoot() {
        boolean nothing = selection.isEmpty();
        restoreButton.setDisable(nothing);
        purgeButton.setDisable(nothing);
    }

    private void showOpen() {
        if (inTrash()) {
            return;
        }
        UUID open = conversations.openProperty().getValue();
        selection.only(open);
        int row = conversations.rows().indexOf(open);
        if (row >= 0) {
            bringIntoSight(row);
        }
    }

    private void showEmpty(boolean empty) {
        var text = new Label(
                !empty ? "" : inTrash() ? words.get("conversations.trashEmpty") : words.get("conversations.none"));
        text.setWrapText(true);
        text.getStyleClass().add("list-empty");
        list.setPlaceholder(text);
        emptyButton.setDisable(empty);
    }

    private void offerUndo(@Nullable Deletion deletion) {
        undoTimer.unsubscribe();
        if (undoButton.isFocused()) {
            list.requestFocus();
        }
        Shown.set(undoBar, deletion != null);
        if (deletion != null) {
            int count = deletion.conversations().size();
            undoText.setText(
                    count == 1 ? words.get("conversations.deletedOne") : words.get("conversations.deleted", count));
            undoTimer = UiThread.every(UNDO_OFFERED, () -> {
                if (!undoButton.isFocused()) {
                    conversations.forgetUndo();
                }
            });
        }
    }

    // What is chosen

    /** Not at once: one gesture may select in several steps. */
    private void chosen() {
        showTrashFoot();
        if (!selectingForMenu) {
            UiThread.later(this::openSelected);
        }
    }

    private void openSelected() {
        List<ListRow.Entry> selected = selection.entries();
        if (selected.size() == 1 && !inTrash()) {
            conversations.open(selected.getFirst().id());
        }
    }

    private void clicked(MouseEvent e) {
        boolean alone = e.getButton() == MouseButton.PRIMARY && !e.isShiftDown() && !e.isShortcutDown();
        if (alone && e.isStillSincePress() && !inTrash() && !conversations.isRenaming() && isOnCell(e.getTarget())) {
            openSelected();
            focusPrompt.run();
        }
    }

    private static boolean isOnCell(Object target) {
        Node node = target instanceof Node hit ? hit : null;
        while (node != null && !(node instanceof ConversationCell)) {
            node = node.getParent();
        }
        return node != null;
    }

    private void key(KeyEvent e) {
        selectingForMenu = false;
        if (!list.isFocused()) {
            return;
        }
        if (MENU.match(e)) {
            showMenuAtFocus();
        } else if (DELETE.match(e)) {
            delete(targets());
        } else if (UNDO.match(e)) {
            conversations.undo();
        } else if (OPEN.match(e) && !inTrash()) {
            selection.clearAndSelect(focus.getFocusedIndex());
            openSelected();
            focusPrompt.run();
        } else if (RENAME.match(e) && !inTrash()) {
            rename(targets());
        } else {
            return;
        }
        e.consume();
    }

    /** Whether the key has been used: Esc gives up a new name, and leads out of the trash. */
    public boolean handle(KeyEvent e) {
        if (e.getCode() != KeyCode.ESCAPE) {
            return false;
        }
        if (conversations.isRenaming()) {
            conversations.cancelRename();
            list.requestFocus();
            return true;
        }
        if (inTrash() && list.getParent().isFocusWithin()) {
            closeTrash();
            return true;
        }
        return false;
    }

    /** What is selected, or else where the keyboard is. */
    private List<ListRow.Entry> targets() {
        List<ListRow.Entry> selected = selection.entries();
        return selected.isEmpty()
                ? conversations.rows().entry(focus.getFocusedIndex()).stream().toList()
                : selected;
    }

    // The menu

    private void menuRequested(ContextMenuEvent e) {
        if (conversations.isRenaming()) {
            return;
        }
        if (e.isKeyboardTrigger()) {
            showMenuAtFocus();
        } else if (isOnCell(e.getTarget())) {
            showMenu(e.getScreenX(), e.getScreenY());
        }
        e.consume();
    }

    private void showMenuAtFocus() {
        Node place = cellInSight(focus.getFocusedIndex());
        Node beside = place == null ? list : place;
        Bounds bounds = beside.localToScreen(beside.getLayoutBounds());
        showMenu(bounds.getMinX() + bounds.getWidth() / 2, bounds.getMinY() + Math.min(bounds.getHeight(), MENU_DOWN));
    }

    private void showMenu(double x, double y) {
        List<ListRow.Entry> targets = targets();
        if (menu != null) {
            menu.hide();
        }
        if (targets.isEmpty()) {
            return;
        }
        var shown = new ContextMenu();
        shown.getItems().setAll(inTrash() ? trashItems(targets) : items(targets));
        shown.setOnHidden(e -> UiThread.later(this::menuHidden));
        menu = shown;
        shown.show(list, x, y);
    }

    private void menuHidden() {
        if (selectingForMenu && selection.entries().size() == 1) {
            showOpen();
        }
        selectingForMenu = false;
    }

    private List<MenuItem> items(List<ListRow.Entry> targets) {
        MenuItem rename = item(words.get("conversations.rename"), RENAME, () -> rename(targets));
        rename.setDisable(targets.size() > 1);
        boolean pin = !targets.stream().allMatch(entry -> entry.conversation().pinned());
        return List.of(
                rename,
                item(
                        words.get(pin ? "conversations.pin" : "conversations.unpin"),
                        null,
                        () -> conversations.pin(ids(targets), pin)),
                item(
                        words.get("conversations.export"),
                        null,
                        () -> export.accept(
                                targets.stream().map(ListRow.Entry::id).toList())),
                new SeparatorMenuItem(),
                item(words.get("conversations.delete"), DELETE, () -> delete(targets)));
    }

    private List<MenuItem> trashItems(List<ListRow.Entry> targets) {
        return List.of(
                item(words.get("conversations.restore"), null, () -> conversations.restore(ids(targets))),
                item(words.get("conversations.purge"), DELETE, () -> delete(targets)));
    }

    /** @param key does the same where the list has the focus; here it is only told */
    private static MenuItem item(String text, @Nullable KeyCombination key, Runnable action) {
        var item = new MenuItem(text);
        item.setAccelerator(key);
        item.setOnAction(e -> action.run());
        return item;
    }

    private static Set<UUID> ids(List<ListRow.Entry> entries) {
        return entries.stream().map(ListRow.Entry::id).collect(Collectors.toSet());
    }

    // What is done

    private void rename(List<ListRow.Entry> targets) {
        if (targets.size() == 1) {
            UUID id = targets.getFirst().id();
            bringIntoSight(conversations.rows().indexOf(id));
            conversations.beginRename(id);
        }
    }

    /** Out of the list into the trash, out of the trash for good. */
    private void delete(List<ListRow.Entry> targets) {
        if (targets.isEmpty()) {
            return;
        }
        if (inTrash()) {
            String count = targets.size() == 1
                    ? words.get("conversations.purgeOne")
                    : words.get("conversations.purgeMany", targets.size());
            if (dialogs.confirm(words.get("conversations.purgeTitle"), count, words.get("conversations.purge"))) {
                conversations.purge(ids(targets));
            }
        } else {
            conversations.delete(ids(targets));
            showOpen();
        }
    }

    private void bringIntoSight(int row) {
        if (cellInSight(row) == null) {
            list.scrollTo(row);
        }
    }

    private @Nullable Node cellInSight(int row) {
        return list.lookupAll(".conversation-cell").stream()
                .filter(node -> node.isVisible() && node instanceof ConversationCell cell && cell.getIndex() == row)
                .findFirst()
                .orElse(null);
    }

    @FXML
    private void newChat() {
        conversations.newConversation();
        focusPrompt.run();
    }

    @FXML
    private void openTrash() {
        conversations.openTrash();
        list.requestFocus();
    }

    @FXML
    private void closeTrash() {
        conversations.closeTrash();
        list.requestFocus();
    }

    @FXML
    private void undo() {
        conversations.undo();
    }

    @FXML
    private void restore() {
        conversations.restore(ids(selection.entries()));
        list.requestFocus();
    }

    @FXML
    private void purge() {
        delete(selection.entries());
    }

    @FXML
    private void emptyTrash() {
        if (dialogs.confirm(
                words.get("conversations.purgeTitle"),
                words.get("conversations.purgeAll"),
                words.get("conversations.empty"))) {
            conversations.emptyTrash();
        }
    }
}
