package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kansoku.ui.tour.Sight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.animation.AnimationTimer;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest extends UiTest {

    private static final List<String> VIEWS =
            List.of("main", "chat", "conversations", "models", "panel", "header", "composer");

    private boolean isOpen() {
        return Program.onFx(() -> program.stage().isShowing());
    }

    @Test
    void theTitleBeginsWithTheName() {
        assertThat(Program.onFx(() -> program.stage().getTitle())).startsWith("Kansoku");
        program.awaitText(ENGLISH.get("welcome.ready.title"));
    }

    /** All of fxml/ but the strip and the settings, which have tests of their own, in both languages. */
    @ParameterizedTest
    @ValueSource(strings = {"ENGLISH", "JAPANESE"})
    void theWindowOpensInBothLanguages(String language) {
        program.close();
        write("settings.json", "{\"language\":\"" + language + "\"}");
        restart();
        assertThat(VIEWS).allMatch(program::isShown);
        var words = language.equals("ENGLISH") ? ENGLISH : JAPANESE;
        program.awaitText(words.get("welcome.ready.title"));
        assertThat(program.inSight()).contains(words.get("prompt.hint.enter"));
        program.press(words.get("settings.title"));
        program.awaitText(words.get("settings.firstByte.note"));
    }

    @Test
    void aSecondStartBringsTheWindowBack() {
        Program.run(() -> program.stage().setIconified(true));
        program.pulses(3);
        assertThat(Program.onFx(() -> program.stage().isIconified())).isTrue();

        program.bringToFront();

        program.await("it is back", () -> !program.stage().isIconified());
        program.await("it has the focus", () -> program.stage().isFocused());
    }

    // Quitting

    @Test
    void quittingWhileNothingRunsDoesNotAsk() {
        program.requestClose();
        program.await("it is closed", () -> !isOpen());
        assertThat(program.isDialogOpen()).isFalse();
    }

    @Test
    void quittingWhileAnAnswerIsWrittenAsks() {
        server.on(
                "/api/chat",
                exchange -> exchange.stream().line(chunk("Once upon")).awaitClientGone());
        program.send("A tale");
        program.awaitAnswer("Once upon");
        program.requestClose();
        program.awaitText(ENGLISH.get("quit.text"));
        program.answerDialog(ENGLISH.get("dialog.cancel"));
        assertThat(isOpen()).isTrue();
        assertThat(program.buttons(ENGLISH.get("prompt.stop"))).hasSize(1);

        program.requestClose();
        program.awaitText(ENGLISH.get("quit.text"));
        assertThat(Sight.windows()).hasSize(2);
        program.answerDialog(ENGLISH.get("quit.agree"));
        program.await("it is closed", () -> !isOpen());
        assertThat(program.isDialogOpen()).isFalse();
    }

    // What is remembered

    @Test
    void theWindowComesBackAsItWasLeft() {
        Program.run(() -> {
            program.stage().setX(20);
            program.stage().setY(30);
            program.stage().setWidth(1180);
            program.stage().setHeight(700);
        });
        program.pulses(3);
        SplitPane split = program.the(SplitPane.class, "main-split");
        Program.run(() -> split.setDividerPosition(0, 1 - 400 / split.getWidth()));
        program.pulses(3);
        double panel = panelWidth();
        assertThat(panel).isCloseTo(400, within(5.0));
        program.choose("granite3.2:2b");
        restart();

        Window stage = program.stage();
        assertThat(Program.onFx(() -> List.of(stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight())))
                .containsExactly(20.0, 30.0, 1180.0, 700.0);
        assertThat(panelWidth()).isCloseTo(panel, within(2.0));
        assertThat(Program.onFx(() -> program.modelChoice().getText())).isEqualTo("granite3.2:2b");
        restart();
        assertThat(panelWidth()).as("and once more").isCloseTo(panel, within(2.0));
    }

    private double panelWidth() {
        return Program.onFx(() -> program.the(Region.class, "panel-scroll").getWidth());
    }

    @Test
    void whatWasHiddenStaysHidden() {
        double width = panelWidth();
        toggle("main.panel");
        toggle("main.conversations");
        assertThat(program.isShown("panel")).isFalse();
        assertThat(program.isShown("conversations")).isFalse();
        restart();
        assertThat(program.isShown("panel")).isFalse();
        assertThat(program.isShown("conversations")).isFalse();

        toggle("main.panel");
        toggle("main.conversations");
        assertThat(program.isShown("conversations")).isTrue();
        assertThat(panelWidth()).isCloseTo(width, within(2.0));
        restart();
        assertThat(program.isShown("panel")).isTrue();
        assertThat(program.isShown("conversations")).isTrue();
    }

    private void toggle(String key) {
        ToggleButton button = (ToggleButton) program.button(ENGLISH.get(key));
        Program.run(button::fire);
        program.pulses(3);
    }

    @Test
    void aNarrowWindowHidesTheConversationsUntilItIsWideAgain() {
        Program.run(() -> program.stage().setWidth(900));
        program.await("hidden", () -> !program.isShown("conversations"));
        Program.run(() -> program.stage().setWidth(1300));
        program.await("shown", () -> program.isShown("conversations"));
        Program.run(() -> program.stage().setWidth(900));
        program.await("hidden", () -> !program.isShown("conversations"));
        program.close();
        write("window.json", windowFile().replaceAll("\"width\" : [\\d.]+", "\"width\" : 1300"));
        restart();
        assertThat(program.isShown("conversations")).isTrue();
    }

    private String windowFile() {
        try {
            return Files.readString(home.resolve("config/window.json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPlaceThatIsOnNoScreenIsNotUsed() {
        program.close();
        write("window.json", "{\"x\":50000,\"y\":50000,\"width\":900,\"height\":600}");
        restart();
        assertThat(Program.onFx(() -> program.stage().getX())).isLessThan(1000);
        assertThat(Program.onFx(() -> program.stage().getWidth())).isEqualTo(900);
    }

    // What goes wrong inside

    @Test
    void damagedSettingsAreSetAsideAndSaid() throws IOException {
        program.close();
        write("settings.json", "{\"theme\":");
        restart();
        program.dialog();
        assertThat(program.inSight()).contains(ENGLISH.get("storage.title"), "settings.json.damaged-");
        program.answerDialog(ENGLISH.get("dialog.close"));

        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        program.send("Hi");
        program.awaitAnswer("Hello.");
        try (Stream<Path> files = Files.list(home.resolve("config"))) {
            assertThat(files.map(path -> path.getFileName().toString()).toList())
                    .anyMatch(name -> name.startsWith("settings.json.damaged-"));
        }
    }

    /** The code in the crash file is the one in the window. */
    private void assertFaultIsTold() {
        program.dialog();
        assertThat(program.inSight())
                .contains(ENGLISH.get("fault.title"))
                .containsPattern("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}");
        try (Stream<Path> files = Files.list(home.resolve("logs"))) {
            String file = files.findFirst().orElseThrow().getFileName().toString();
            assertThat(program.inSight()).contains(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        program.answerDialog(ENGLISH.get("dialog.close"));
        assertThat(isOpen()).isTrue();
    }

    @Test
    void aFaultOfTheProgramIsToldWithItsCode() {
        program.faults().uncaughtException(Thread.currentThread(), new IllegalStateException("secret"));
        assertFaultIsTold();
        assertThat(program.inSight().toLowerCase(Locale.ROOT)).doesNotContain("secret");
    }

    @Test
    void aFaultOnTheFxThreadIsTold() {
        Program.begin(() -> program.faults().uncaughtException(Thread.currentThread(), new IllegalStateException("x")));
        assertFaultIsTold();
    }

    /** JavaFX allows no dialog in the middle of a pulse, and that is where most of the program's work is done. */
    @Test
    void aFaultWithinAPulseIsTold() {
        Program.run(() -> new AnimationTimer() {
            @Override
            public void handle(long now) {
                stop();
                program.faults().uncaughtException(Thread.currentThread(), new IllegalStateException("x"));
            }
        }.start());
        assertFaultIsTold();
    }
}
