package dev.kansoku.ui.tour;

import dev.kansoku.demo.DemoEngine;
import dev.kansoku.privacy.MaskedText;
import dev.kansoku.settings.Language;
import dev.kansoku.settings.Settings;
import dev.kansoku.settings.Theme;
import dev.kansoku.ui.common.Fonts;
import dev.kansoku.ui.common.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.shape.Shape;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * Goes through every view of the program as a newcomer would, in both languages and themes and two sizes, and takes a
 * picture of each step. A step fails if its texts do not show, if anything lies outside the window or is cut off, or if
 * the picture is not what the window should look like.
 */
public final class Tour {

    /** Starts the program. */
    @FunctionalInterface
    public interface Start {

        /**
         * On the FX thread.
         *
         * @param settings what the user has set
         * @param arguments as on the command line
         * @return ends it
         */
        AutoCloseable start(Stage stage, Settings settings, String... arguments);
    }

    private record Size(int width, int height) {}

    /** The small one first: a window that shrinks is beyond JavaFX's Headless platform. */
    private static final List<Size> SIZES = List.of(new Size(1000, 700), new Size(1600, 1000));
    /** With the prompt's own. */
    private static final int PARAGRAPHS = 2;

    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final long LOOK_EVERY_MILLIS = 20;

    private final Path folder;
    private final Start start;
    private final List<Throwable> thrown;
    private final Words words;
    private final Settings settings;
    private final boolean dark;
    private final String suffix;
    private String step = "start";

    private Tour(Path folder, Start start, List<Throwable> thrown, Language language, Theme theme) {
        this.folder = folder;
        this.start = start;
        this.thrown = thrown;
        words = new Words(language == Language.JAPANESE ? Locale.JAPANESE : Locale.ENGLISH);
        settings = Settings.DEFAULTS.withLanguage(language).withTheme(theme);
        dark = theme == Theme.DARK;
        suffix = words.locale().getLanguage() + (dark ? "-dark" : "-light");
    }

    /**
     * Takes the tour; the toolkit runs, and closing the last window does not end it.
     *
     * @param folder where the pictures go
     * @param thrown what nobody caught so far, on any thread; anything in there fails the tour
     * @throws TourException with the step that failed, and why
     */
    public static void take(Path folder, Start start, List<Throwable> thrown) {
        if (!Fonts.canShowJapanese()) {
            throw new TourException("there is no Japanese font: install one, on Debian and Ubuntu fonts-noto-cjk");
        }
        for (Language language : List.of(Language.ENGLISH, Language.JAPANESE)) {
            for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
                new Tour(folder, start, thrown, language, theme).take();
            }
        }
    }

    private void take() {
        firstRun();
        chat();
        telemetry();
    }

    private void firstRun() {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            in(List.of("--ollama", address), () -> {
                pictures("01-looking-for-ollama", words.get("welcome.looking.title"), words.get("welcome.tryDemo"));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String nobody = "127.0.0.1:" + closedPort();
        in(List.of("--ollama", nobody), () -> {
            pictures(
                    "02-no-ollama",
                    words.get("welcome.noOllama.title"),
                    words.get("error.notRunning", nobody),
                    words.get("welcome.instructions"),
                    words.get("demo.standIn"));
        });
        try (DemoEngine empty = DemoEngine.startEmpty()) {
            in(List.of("--ollama", empty.address().display()), () -> {
                pictures("03-no-models", words.get("welcome.noModels.title"), words.get("welcome.tinyllama"));
            });
        }
    }

    private void chat() {
        in(List.of("--demo"), () -> {
            resize(SIZES.getFirst());
            chat("tinyllama");
            resize(SIZES.getLast());
            press(words.get("chat.new"));
            chat("granite3.2:2b");
            search();
            conversations();
        });
    }

    /** Only in the large window: in the small one they are hidden. */
    private void conversations() {
        picture("21-conversations", words.get("conversations.today"), words.get("welcome.demoExample1"));
        ListView<?> list = the(ListView.class, "conversation-list");
        Sight.onFx(() -> {
            list.requestFocus();
            Event.fireEvent(list, key(KeyCode.DELETE));
            return true;
        });
        picture("22-deleted", words.get("conversations.deletedOne"), words.get("conversations.undo"));
        press(words.get("conversations.trash"));
        picture("23-trash", words.get("welcome.demoExample1"), words.get("conversations.empty"));
        Sight.onFx(() -> {
            list.getSelectionModel().selectFirst();
            return true;
        });
        press(words.get("conversations.restore"));
        picture("24-trash-empty", words.get("conversations.trashEmpty"));
        press(words.get("conversations.back"));
    }

    /** A model of its own for each size, so that each has to be loaded. */
    private void chat(String model) {
        picture("04-demo", words.get("welcome.demo.title"), words.get("demo.demo"), words.get("panel.idle"));
        choose(model);
        press(words.get("welcome.demoExample1"));
        await("the model is loading", () -> sees(words.get("phase.loading")));
        picture("06-loading", words.get("phase.loading"));
        await(
                "a good part of the answer",
                () -> Sight.all(Text.class, Tour::isOfAnswer).size() > PARAGRAPHS);
        picture("07-writing", words.get("phase.writing"), words.get("panel.runningTurn"));
        awaitMeasured(1);
        picture("08-first-answer", words.get("verdict.cold"), words.get("segment.load"));
        press(words.get("waterfall.open"));
        picture("09-waterfall", words.get("waterfall.server"), words.get("waterfall.client"));
        press(words.get("waterfall.open"));
        send(words.get("welcome.demoExample2"));
        awaitMeasured(2);
        picture("10-second-answer", words.get("verdict.warm"), words.get("demo.mark"), words.get("panel.latency"));
        pressLowest(words.get("chat.regenerate"));
        await("another branch", () -> sees("2/2"));
        awaitMeasured(2);
        picture("24-branches", "2/2", words.get("verdict.warm"));
        pressLowest(words.get("chat.earlierBranch"));
        await("the earlier branch", () -> sees("1/2"));
        pressLowest(words.get("chat.edit"));
        picture("25-edited-prompt", "1/2", words.get("prompt.editing"));
        press(words.get("prompt.endEdit"));
        settings();
        panel();
    }

    /** For what was asked before. */
    private void search() {
        String prompt = words.get("welcome.demoExample2");
        enter(words.get("search.name"), prompt);
        picture("26-search", words.get("search.kind.prompt"), prompt);
        Sight.onFx(() -> {
            Event.fireEvent(the(TextInputControl.class, "search-field"), key(KeyCode.ENTER));
            return true;
        });
        await(
                "what was found is marked in the chat",
                () -> !Sight.all(Shape.class, Tour::isMarkInChat).isEmpty());
        picture("27-search-opened", prompt, words.get("demo.mark"));
        MenuButton filter = the(MenuButton.class, "search-filter");
        Sight.onFx(() -> {
            filter.show();
            return true;
        });
        picture("28-search-filters", words.get("search.period"), words.get("search.failed"));
        Sight.onFx(() -> {
            filter.hide();
            return true;
        });
        press(words.get("search.clear"));
    }

    private static boolean isMarkInChat(Shape mark) {
        return mark.getStyleClass().contains("found-text")
                && mark.getParent().getStyleClass().contains("text-view")
                && !mark.getBoundsInLocal().isEmpty();
    }

    /** To an address where nobody listens, on this machine. */
    private void telemetry() {
        String collector = "127.0.0.1:" + closedPort();
        in(List.of("--demo"), () -> {
            resize(SIZES.getLast());
            press(words.get("settings.title"));
            press(words.get("telemetry.open"));
            press(words.get("dialog.cancel"));
            picture("15-telemetry-off", words.get("telemetry.state.off"), words.get("telemetry.endpoint.note"));
            enter(words.get("telemetry.endpoint"), "http://" + collector);
            press(words.get("dialog.save"));
            picture(
                    "16-telemetry-consent",
                    collector,
                    words.get("telemetry.consent.never.texts"),
                    words.get("telemetry.consent.agree"));
            press(words.get("telemetry.consent.agree"));
            picture("17-telemetry-on", words.get("telemetry.state.on", collector), words.get("telemetry.test"));
            tab(1);
            picture("18-telemetry-sent", words.get("telemetry.sent"));
            tab(2);
            enter(words.get("telemetry.masker.text"), words.get("telemetry.consent.exampleText"));
            picture("19-telemetry-masker", MaskedText.MASK, words.get("telemetry.kind.email"));
            Sight.onFx(() -> {
                Sight.windows().getLast().hide();
                return true;
            });
            await("the mark", () -> !buttons(words.get("telemetry.title")).isEmpty());
            picture("20-telemetry-mark", words.get("welcome.demo.title"));
        });
    }

    private static void enter(String field, String text) {
        Sight.onFx(() -> {
            Sight.all(TextInputControl.class, found -> field.equals(found.getAccessibleText()))
                    .getFirst()
                    .setText(text);
            return true;
        });
    }

    private static void tab(int index) {
        Sight.onFx(() -> {
            the(TabPane.class, "telemetry").getSelectionModel().select(index);
            return true;
        });
    }

    private void panel() {
        divide(1);
        picture("12-narrow-panel", words.get("panel.latency"), words.get("panel.cpu"));
        divide(0.6);
        picture("13-wide-panel", words.get("panel.latency"), words.get("panel.cpu"));
        press(words.get("panel.apart"));
        await("the panel has its own window", () -> Sight.windows().size() == 2);
        picture("14-panel-window", words.get("panel.latency"), words.get("panel.cpu"));
        press(words.get("panel.apart"));
        await("the panel is back", () -> Sight.windows().size() == 1);
    }

    private static SplitPane split() {
        return the(SplitPane.class, "main-split");
    }

    private static void divide(double position) {
        Sight.onFx(() -> {
            split().setDividerPosition(0, position);
            return true;
        });
    }

    private void choose(String model) {
        MenuButton menu = the(MenuButton.class, "model-choice");
        Sight.onFx(() -> {
            menu.show();
            return true;
        });
        picture("05-models", "granite3.2:2b");
        Sight.onFx(() -> {
            menu.getItems().stream()
                    .filter(item -> item.getText() != null && item.getText().startsWith(model))
                    .findFirst()
                    .orElseThrow()
                    .fire();
            menu.hide();
            return true;
        });
    }

    private void settings() {
        press(words.get("settings.title"));
        await("the settings are open", () -> sees(words.get("settings.address")));
        picture("11-settings", words.get("settings.address"), words.get("settings.language"));
        press(words.get("dialog.cancel"));
        await("the settings are closed", () -> Sight.windows().size() == 1);
    }

    // What a user does

    private void in(List<String> arguments, Runnable steps) {
        AutoCloseable program = Sight.onFx(() -> start.start(new Stage(), settings, arguments.toArray(String[]::new)));
        try {
            steps.run();
        } catch (RuntimeException e) {
            throw new TourException(
                    "step " + step + " (" + suffix + "): " + e.getMessage() + "\nIn sight:\n" + Sight.texts(), e);
        } finally {
            Sight.onFx(() -> {
                Sight.windows().reversed().forEach(Window::hide);
                close(program);
                return true;
            });
        }
    }

    private static void close(AutoCloseable program) {
        try {
            program.close();
        } catch (Exception e) {
            throw new IllegalStateException("the program does not end", e);
        }
    }

    private void press(String name) {
        await("a button \"" + name + "\"", () -> !buttons(name).isEmpty());
        Sight.onFx(() -> {
            buttons(name).getFirst().fire();
            return true;
        });
    }

    /** Under every answer there is one. */
    private void pressLowest(String name) {
        await("a button \"" + name + "\"", () -> !buttons(name).isEmpty());
        Sight.onFx(() -> {
            buttons(name).stream()
                    .max(Comparator.comparingDouble(
                            button -> button.localToScene(0, 0).getY()))
                    .orElseThrow()
                    .fire();
            return true;
        });
    }

    private static List<ButtonBase> buttons(String name) {
        return Sight.all(
                ButtonBase.class, button -> name.equals(button.getText()) || name.equals(button.getAccessibleText()));
    }

    private void send(String prompt) {
        Sight.onFx(() -> {
            TextArea field = the(TextArea.class, "prompt-field");
            field.setText(prompt);
            Event.fireEvent(field, key(KeyCode.ENTER));
            return true;
        });
    }

    private static KeyEvent key(KeyCode code) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, KeyEvent.CHAR_UNDEFINED, "", code, false, false, false, false);
    }

    private static <N extends Node> N the(Class<N> type, String style) {
        return Sight.all(type, node -> node.getStyleClass().contains(style)).getFirst();
    }

    private void awaitMeasured(int turns) {
        String mark = words.get("demo.mark") + " · ";
        await(
                turns + " answers are measured",
                () -> Sight.texts()
                                .lines()
                                .filter(line -> line.startsWith(mark))
                                .count()
                        == turns);
    }

    private static boolean isOfAnswer(Text text) {
        return text.getStyleClass().contains("block-text");
    }

    private static boolean sees(String text) {
        return Sight.texts().contains(text);
    }

    private void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!Sight.onFx(condition::getAsBoolean)) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new TourException("waited in vain: " + what);
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                throw new TourException("interrupted while waiting: " + what, e);
            }
        }
    }

    // What is seen

    private void pictures(String name, String... texts) {
        for (Size size : SIZES) {
            resize(size);
            picture(name, texts);
        }
    }

    private void resize(Size size) {
        Sight.onFx(() -> {
            Window window = Sight.windows().getFirst();
            window.setWidth(size.width);
            window.setHeight(size.height);
            return true;
        });
    }

    private void picture(String name, String... texts) {
        step = name;
        for (String text : texts) {
            await("\"" + text + "\" is in sight", () -> sees(text));
        }
        Sight.pulses(3);
        Sight.onFx(() -> {
            check(name, texts);
            return true;
        });
        if (!thrown.isEmpty()) {
            throw new TourException("thrown: " + thrown.getFirst(), thrown.getFirst());
        }
    }

    private void check(String name, String... texts) {
        Picture picture = Picture.ofScreen();
        Window window = Sight.windows().getFirst();
        try {
            picture.save(folder.resolve(
                    name + "-" + suffix + "-" + (int) window.getScene().getWidth() + ".png"));
        } catch (IOException e) {
            throw new UncheckedIOException("the picture cannot be written: " + e.getMessage(), e);
        }
        var faults = new ArrayList<String>();
        Sight.windows().forEach(shown -> faults.addAll(LayoutCheck.faults(shown.getScene())));
        if (!faults.isEmpty()) {
            throw new TourException(String.join("\n", faults));
        }
        picture.assertDrawn(dark);
        for (String text : texts) {
            if (Sight.written().stream()
                    .filter(node -> Sight.textOf(node).contains(text))
                    .noneMatch(picture::shows)) {
                throw new TourException("\"" + text + "\" is not in the picture");
            }
        }
    }

    private static int closedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
