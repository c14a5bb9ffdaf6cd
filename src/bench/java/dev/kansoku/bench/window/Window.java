package dev.kansoku.bench.window;

import dev.kansoku.AppGraph;
import dev.kansoku.CommandLine;
import dev.kansoku.chat.ChatService;
import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.faults.Faults;
import dev.kansoku.faults.LogFile;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.settings.Folders;
import dev.kansoku.ui.chat.Block;
import dev.kansoku.ui.chat.Row;
import dev.kansoku.ui.chat.Speaker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javafx.application.Platform;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The program in its window, and the hands of its user. */
final class Window {

    /** Of a turn; the longest is the steady one, of half a minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int FAULT = 1;

    private final Stage stage;
    private final AppGraph graph;
    private final Map<Turn, Timeline> timelines = new ConcurrentHashMap<>();

    private Window(Stage stage, AppGraph graph) {
        this.stage = stage;
        this.graph = graph;
        chat().observe(this::heard, Runnable::run);
    }

    private void heard(TurnEvent event) {
        if (event instanceof TurnEvent.Ended ended) {
            timelines.put(ended.turn(), ended.timeline());
        }
    }

    /** Opens it as {@code Kansoku} and {@code KansokuApp} do. */
    static Window open(String address) {
        Folders folders = Folders.ofThisMachine();
        LogFile.open(folders.logs());
        Thread.setDefaultUncaughtExceptionHandler(Window::end);
        var opened = new CompletableFuture<Window>();
        Platform.startup(() -> {
            Thread.currentThread().setUncaughtExceptionHandler(Window::end);
            var stage = new Stage();
            var graph = new AppGraph(
                    stage,
                    new CommandLine(false, false, address, false, null),
                    System.getenv(),
                    folders,
                    new Faults(folders.logs()),
                    page -> {});
            graph.start();
            opened.complete(new Window(stage, graph));
        });
        return Fx.await("the window", Duration.ofSeconds(30), opened);
    }

    /** What was measured up to here is of a program with a fault. */
    @SuppressWarnings({"SystemOut", "CatchAndPrintStackTrace"}) // Goes to the log of this process.
    private static void end(Thread thread, Throwable fault) {
        System.err.println("Fault in " + thread.getName());
        fault.printStackTrace();
        Runtime.getRuntime().halt(FAULT);
    }

    Scene scene() {
        return stage.getScene();
    }

    /** The program has no use for an accessor. */
    ChatService chat() {
        try {
            var field = AppGraph.class.getDeclaredField("chat");
            field.setAccessible(true);
            return (ChatService) field.get(graph);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("AppGraph has no field \"chat\" any more.", e);
        }
    }

    // On the FX thread

    ListView<Row> list() {
        @SuppressWarnings("unchecked")
        ListView<Row> list = (ListView<Row>) the(ListView.class, ".block-list");
        return list;
    }

    List<Row> rows() {
        return list().getItems();
    }

    /** Types a prompt and presses Enter. */
    Row.Status send(String prompt) {
        TextArea field = the(TextArea.class, ".prompt-field");
        field.insertText(field.getCaretPosition(), prompt);
        press(field, KeyCode.ENTER, false);
        return status();
    }

    void newConversation() {
        press(the(TextArea.class, ".prompt-field"), KeyCode.N, true);
    }

    void setIconified(boolean iconified) {
        stage.setIconified(iconified);
    }

    void showPanel(boolean shown) {
        scene().getRoot().lookupAll(".toggle-button").stream()
                .map(ToggleButton.class::cast)
                .filter(button -> "Live panel".equals(button.getAccessibleText()))
                .findFirst()
                .orElseThrow()
                .setSelected(shown);
    }

    private Row.Status status() {
        return (Row.Status) rows().getLast();
    }

    private <N extends Node> N the(Class<N> type, String selector) {
        return type.cast(Objects.requireNonNull(scene().getRoot().lookup(selector), selector));
    }

    private static void press(Node node, KeyCode key, boolean control) {
        Event.fireEvent(
                node,
                new KeyEvent(
                        KeyEvent.KEY_PRESSED,
                        KeyEvent.CHAR_UNDEFINED,
                        key.getName(),
                        key,
                        false,
                        control,
                        false,
                        false));
    }

    // On any other thread

    /**
     * Opens the conversation that was used last, as by a click in the list; before that an empty one has to be open.
     *
     * @return nanoseconds until the picture with its last message was handed to the X server
     */
    long openFirst() {
        var presented = new CompletableFuture<Long>();
        long start = Fx.ask(() -> {
            long now = System.nanoTime();
            clickFirst();
            whenThere(presented);
            return now;
        });
        return Fx.await("the conversation", PATIENCE, presented) - start;
    }

    /** Its first row is the heading of a day. */
    private void clickFirst() {
        ListView<?> conversations = the(ListView.class, ".conversation-list");
        conversations.getSelectionModel().select(1);
    }

    /** The pulse that lays out the last row is the one that shows it. */
    private void whenThere(CompletableFuture<Long> presented) {
        Runnable[] look = new Runnable[1];
        look[0] = () -> {
            ListView<Row> now = list();
            boolean there = !now.getItems().isEmpty() && isLastInSight(now);
            if (there) {
                scene().removePostLayoutPulseListener(look[0]);
                Fx.whenPresented(presented::complete);
            } else {
                Platform.requestNextPulse();
            }
        };
        scene().addPostLayoutPulseListener(look[0]);
        Platform.requestNextPulse();
    }

    private static boolean isLastInSight(ListView<Row> list) {
        return list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow
                && flow.getLastVisibleCell() != null
                && flow.getLastVisibleCell().getIndex() == list.getItems().size() - 1;
    }

    /**
     * Types into the search through the X server.
     *
     * @return for each letter the nanoseconds until the picture with it was handed to the X server
     */
    List<Long> search(String words) {
        TextField field = Fx.ask(() -> {
            TextField found = the(TextField.class, ".search-field");
            found.requestFocus();
            found.clear();
            return found;
        });
        return words.chars().mapToObj(letter -> type(field, (char) letter)).toList();
    }

    private static long type(TextField field, char letter) {
        KeyCode key =
                letter == ' ' ? KeyCode.SPACE : KeyCode.getKeyCode(Character.toString(Character.toUpperCase(letter)));
        var presented = new CompletableFuture<Long>();
        long start = Fx.ask(() -> {
            field.textProperty().addListener(new ChangeListener<String>() {
                @Override
                public void changed(ObservableValue<? extends String> text, String before, String now) {
                    field.textProperty().removeListener(this);
                    field.getScene().addPostLayoutPulseListener(new Runnable() {
                        @Override
                        public void run() {
                            field.getScene().removePostLayoutPulseListener(this);
                            Fx.whenPresented(presented::complete);
                        }
                    });
                }
            });
            long now = System.nanoTime();
            new Robot().keyType(key);
            return now;
        });
        return Fx.await("a letter", PATIENCE, presented) - start;
    }

    /** Sends a prompt and waits until the turn has ended and is measured. */
    Answers.Turned turn(String prompt) {
        var measured = new CompletableFuture<TurnMeasurement>();
        long enter = System.nanoTime();
        Row.Status status = Fx.ask(() -> {
            Row.Status sent = send(prompt);
            sent.measurement().subscribe(measurement -> {
                if (measurement != null) {
                    measured.complete(measurement);
                }
            });
            return sent;
        });
        TurnMeasurement measurement = Fx.await("the end of the turn", PATIENCE, measured);
        if (measurement.error() != null) {
            throw new IllegalStateException("The turn failed: " + measurement.error());
        }
        Timeline timeline = Objects.requireNonNull(timelines.remove(status.turn()), "the turn ended unheard");
        @Nullable ReplyFigures figures = measurement.figures();
        @Nullable Duration total = figures == null ? null : figures.total();
        boolean drawn = measurement.segments().duration(SegmentKind.DRAW).isPresent();
        return new Answers.Turned(
                timeline.sent() - enter,
                timeline.last() - timeline.sent(),
                drawn ? measurement.segments().wall().toNanos() : null,
                total == null ? null : total.toNanos(),
                figures == null ? null : figures.evalCount(),
                figures == null || figures.eval() == null
                        ? null
                        : figures.eval().toNanos(),
                status.turn().answer().toString(),
                Fx.ask(() -> lines(status.turn())));
    }

    /** The answer as it stands in the rows. */
    private List<String> lines(Turn turn) {
        var text = new StringBuilder();
        for (Row row : rows()) {
            if (row instanceof Row.Text shown && shown.turn() == turn && shown.speaker() == Speaker.ANSWER) {
                if (shown.block().joint() != Block.Joint.CUT) {
                    text.append('\n');
                }
                text.append(shown.block().text());
            }
        }
        return text.toString().lines().filter(line -> !line.isBlank()).toList();
    }
}
