package dev.kansoku.ui;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.kansoku.AppGraph;
import dev.kansoku.CommandLine;
import dev.kansoku.faults.Faults;
import dev.kansoku.settings.Folders;
import dev.kansoku.ui.conversations.ListRow;
import dev.kansoku.ui.tour.Sight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.testfx.api.FxRobot;

/**
 * The whole program in its window, as its user has it before them: what can be seen, and what can be done. Exceptions
 * that nobody caught, errors in the log and complaints about style sheets fail the test when it is closed.
 */
public final class Program implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private static final Queue<Throwable> THROWN = new ConcurrentLinkedQueue<>();
    private static final Queue<String> COMPLAINTS = new ConcurrentLinkedQueue<>();
    private static final ListAppender<ILoggingEvent> LOGGED = new ListAppender<>();

    /** Kept: the log manager holds its loggers weakly. */
    private static final java.util.logging.Logger JAVAFX_LOG = java.util.logging.Logger.getLogger("javafx");

    private static boolean toolkitStarted;

    private final FxRobot robot = new FxRobot();
    private final Stage stage;
    private final AppGraph graph;
    private final Faults faults;
    private final List<String> pages;
    private boolean closed;

    private Program(Stage stage, AppGraph graph, Faults faults, List<String> pages) {
        this.stage = stage;
        this.graph = graph;
        this.faults = faults;
        this.pages = pages;
    }

    /** Makes sure that controls can be made. Not in a static initializer: the FX thread would wait for that. */
    public static synchronized void toolkit() {
        if (toolkitStarted) {
            return;
        }
        toolkitStarted = true;
        var started = new CompletableFuture<@Nullable Void>();
        Platform.startup(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> THROWN.add(e));
            started.complete(null);
        });
        started.join();
        Platform.setImplicitExit(false);
        LOGGED.list = new CopyOnWriteArrayList<>();
        LOGGED.start();
        ((Logger) LoggerFactory.getLogger("dev.kansoku")).addAppender(LOGGED);
        // What it says fails the test; it need not be printed as well.
        JAVAFX_LOG.setUseParentHandlers(false);
        JAVAFX_LOG.addHandler(new Handler() {
            @Override
            public void publish(LogRecord complaint) {
                if (complaint.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue()) {
                    COMPLAINTS.add(String.valueOf(complaint.getMessage()));
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    public static Program start(Path home, @Nullable String address) {
        return start(home, address, Map.of());
    }

    /**
     * Starts it as {@code KansokuApp} does.
     *
     * @param home the folder for all its files
     * @param address as on the command line
     */
    public static Program start(Path home, @Nullable String address, Map<String, String> environment) {
        return start(home, new CommandLine(false, false, address, false, null), environment);
    }

    /** Starts it with nobody to ask but the demo engine. */
    public static Program startDemo(Path home) {
        return start(home, new CommandLine(false, false, null, true, null), Map.of());
    }

    private static Program start(Path home, CommandLine commandLine, Map<String, String> environment) {
        toolkit();
        THROWN.clear();
        COMPLAINTS.clear();
        LOGGED.list.clear();
        Folders folders = Folders.in(home);
        var faults = new Faults(folders.logs());
        Program program = onFx(() -> {
            var stage = new Stage();
            var pages = new CopyOnWriteArrayList<String>();
            var graph = new AppGraph(stage, commandLine, environment, folders, faults, pages::add);
            try {
                graph.start();
            } catch (RuntimeException e) {
                stage.hide();
                throw e;
            }
            return new Program(stage, graph, faults, pages);
        });
        program.pulses(3);
        return program;
    }

    /** Closes whatever is open, and fails if anything was wrong inside. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        // What is laid out in a window that is gone finds no style sheets.
        List<String> complaints = List.copyOf(COMPLAINTS);
        run(() -> {
            for (Window window : List.copyOf(Window.getWindows())) {
                if (!window.equals(stage)) {
                    window.hide();
                }
            }
            stage.hide();
            graph.close();
        });
        pulses(1);
        assertThat(THROWN).as("thrown on the FX thread").isEmpty();
        assertThat(complaints).as("complaints of JavaFX").isEmpty();
        assertThat(LOGGED.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .as("errors in the log")
                .isEmpty();
    }

    /** What was thrown and caught by nobody so far; the test has dealt with it. */
    public static List<Throwable> takeThrown() {
        var thrown = new ArrayList<Throwable>();
        for (Throwable next = THROWN.poll(); next != null; next = THROWN.poll()) {
            thrown.add(next);
        }
        return thrown;
    }

    public FxRobot robot() {
        return robot;
    }

    /** As a second start does it. */
    public void bringToFront() {
        graph.bringToFront();
    }

    public Stage stage() {
        return stage;
    }

    public Faults faults() {
        return faults;
    }

    /** What was to be opened in a browser. */
    public List<String> pages() {
        return pages;
    }

    // The FX thread

    /** Something that is worked out on the FX thread. */
    public static <T> T onFx(Supplier<T> question) {
        return Sight.onFx(question);
    }

    public static void run(Runnable action) {
        onFx(() -> {
            action.run();
            return true;
        });
    }

    /** For what opens a dialog: does not wait for its end. */
    public static void begin(Runnable action) {
        Platform.runLater(action);
    }

    /** Waits until so many pulses have laid out and drawn what there is. */
    public void pulses(int count) {
        Sight.pulses(count);
        onFx(() -> true);
    }

    public void await(String what, BooleanSupplier condition) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK_EVERY)
                    .until(() -> onFx(condition::getAsBoolean));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Waited in vain: " + what + ". In sight:\n" + inSight(), e);
        }
    }

    // What can be seen

    /** All texts in all windows but what stands in fields, each on a line of its own. */
    public String inSight() {
        return Sight.texts();
    }

    public boolean isInSight(String text) {
        return inSight().contains(text);
    }

    public void awaitText(String text) {
        await("\"" + text + "\" is in sight", () -> isInSight(text));
    }

    public void awaitGone(String text) {
        await("\"" + text + "\" is gone", () -> !isInSight(text));
    }

    /** Every visible node of this type, in all windows. */
    public <N extends Node> List<N> all(Class<N> type, Predicate<N> wanted) {
        return Sight.all(type, wanted);
    }

    public <N extends Node> N the(Class<N> type, String style) {
        List<N> found = all(type, node -> node.getStyleClass().contains(style));
        assertThat(found).as("." + style + " in\n" + inSight()).isNotEmpty();
        return found.getFirst();
    }

    public boolean isShown(String style) {
        return !all(Node.class, node -> node.getStyleClass().contains(style)).isEmpty();
    }

    /** The buttons with this name, as they show it or as a screen reader says it. */
    public List<ButtonBase> buttons(String name) {
        return all(
                ButtonBase.class, button -> name.equals(button.getText()) || name.equals(button.getAccessibleText()));
    }

    public ButtonBase button(String name) {
        await("a button \"" + name + "\"", () -> !buttons(name).isEmpty());
        return buttons(name).getFirst();
    }

    public TextArea prompt() {
        return the(TextArea.class, "prompt-field");
    }

    public String draft() {
        return onFx(() -> prompt().getText());
    }

    public ListView<?> messages() {
        return the(ListView.class, "block-list");
    }

    public ListView<?> conversations() {
        return the(ListView.class, "conversation-list");
    }

    /** The titles in the list of conversations or in the trash, whatever is shown, from top to bottom. */
    public List<String> titles() {
        return onFx(() ->
                entries().stream().map(entry -> entry.conversation().title()).toList());
    }

    private List<ListRow.Entry> entries() {
        return conversations().getItems().stream()
                .filter(ListRow.Entry.class::isInstance)
                .map(ListRow.Entry.class::cast)
                .toList();
    }

    /** Selects a conversation alone, as the arrow keys do: it is opened. */
    public void openConversation(String title) {
        run(() -> {
            ListRow.Entry wanted = entries().stream()
                    .filter(entry -> entry.conversation().title().equals(title))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no conversation " + title + " in " + entries()));
            ListView<?> list = conversations();
            list.getSelectionModel().clearAndSelect(list.getItems().indexOf(wanted));
        });
    }

    /** The text of the blocks in sight with this style class, from top to bottom. */
    public List<String> blocks(String style) {
        return onFx(() -> all(Text.class, text -> text.getStyleClass().contains("block-text")).stream()
                .filter(text -> text.getParent().getParent().getStyleClass().contains(style))
                .sorted(Comparator.comparingDouble(
                        text -> text.localToScene(0, 0).getY()))
                .map(Text::getText)
                .toList());
    }

    /** What the model has answered, as far as it is in sight. */
    public String answer() {
        return String.join("\n\n", blocks("answer"));
    }

    public void awaitAnswer(String text) {
        await("the answer \"" + text + "\"", () -> answer().contains(text));
    }

    /** The lines under the answers in sight. */
    public List<String> measurements() {
        return onFx(() -> all(Labeled.class, label -> label.getStyleClass().contains("measurement")).stream()
                .map(Labeled::getText)
                .toList());
    }

    /** Waits until so many answers have ended and their figures stand under them. */
    public void awaitMeasured(int count) {
        await(
                count + " measured",
                () -> measurements().stream()
                                .filter(line -> line.contains("tokens"))
                                .count()
                        == count);
    }

    // What can be done

    /** Puts text into the prompt where the cursor is, as if it had been typed at once. */
    public void type(String text) {
        run(() -> prompt().insertText(prompt().getCaretPosition(), text));
    }

    public void paste(String text) {
        run(() -> {
            copy(text);
            prompt().paste();
        });
    }

    public static void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
    }

    public static String clipboard() {
        return onFx(
                () -> Objects.requireNonNullElse(Clipboard.getSystemClipboard().getString(), ""));
    }

    /** Types a prompt and sends it by Enter. */
    public void send(String text) {
        type(text);
        pressIn(prompt(), KeyCode.ENTER);
    }

    /** A key that goes to a node, focused or not, and comes up again. */
    public static void pressIn(Node node, KeyCode key, KeyCode... held) {
        run(() -> {
            Event.fireEvent(node, key(KeyEvent.KEY_PRESSED, key, held));
            Event.fireEvent(node, key(KeyEvent.KEY_RELEASED, key, held));
        });
    }

    private static KeyEvent key(EventType<KeyEvent> type, KeyCode key, KeyCode... held) {
        List<KeyCode> modifiers = List.of(held);
        return new KeyEvent(
                type,
                KeyEvent.CHAR_UNDEFINED,
                key.getName().toLowerCase(Locale.ROOT),
                key,
                modifiers.contains(KeyCode.SHIFT),
                modifiers.contains(KeyCode.CONTROL),
                modifiers.contains(KeyCode.ALT),
                false);
    }

    /** Presses a button; what it does may open a dialog. */
    public void press(String name) {
        ButtonBase button = button(name);
        begin(button::fire);
        onFx(() -> true);
    }

    /** Presses a button of the dialog that is open, and waits until it is closed. */
    public void answerDialog(String buttonText) {
        DialogPane dialog = dialog();
        Window window = onFx(() -> dialog.getScene().getWindow());
        Button button = onFx(() -> dialog.getButtonTypes().stream()
                .filter(type -> type.getText().equals(buttonText))
                .map(type -> (Button) dialog.lookupButton(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no \"" + buttonText + "\" in\n" + inSight())));
        begin(button::fire);
        await("the dialog is closed", () -> !window.isShowing());
    }

    public DialogPane dialog() {
        await("a dialog", this::isDialogOpen);
        return onFx(() -> dialogs().getFirst());
    }

    public boolean isDialogOpen() {
        return onFx(() -> !dialogs().isEmpty());
    }

    private static List<DialogPane> dialogs() {
        return Sight.windows().stream()
                .map(window -> window.getScene().getRoot())
                .filter(DialogPane.class::isInstance)
                .map(DialogPane.class::cast)
                .toList();
    }

    /** The entries of the menu of models, as they stand there. */
    public List<String> modelMenu() {
        return onFx(() -> modelChoice().getItems().stream()
                .map(MenuItem::getText)
                .filter(Objects::nonNull)
                .toList());
    }

    public MenuButton modelChoice() {
        return the(MenuButton.class, "model-choice");
    }

    /** Chooses from the menu of models; that may open a dialog. */
    public void choose(String entry) {
        await(entry + " in the menu", () -> modelMenu().stream().anyMatch(text -> text.startsWith(entry)));
        begin(() -> {
            MenuItem chosen = modelChoice().getItems().stream()
                    .filter(item -> item.getText() != null && item.getText().startsWith(entry))
                    .findFirst()
                    .orElseThrow();
            if (chosen instanceof RadioMenuItem radio) {
                radio.setSelected(true);
            } else if (chosen instanceof CheckMenuItem check) {
                check.setSelected(!check.isSelected());
            }
            chosen.fire();
        });
        onFx(() -> true);
    }

    /** Asks the window to close, as its frame's button does. */
    public void requestClose() {
        begin(() -> Event.fireEvent(stage, new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
        onFx(() -> true);
    }
}
