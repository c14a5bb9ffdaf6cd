package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.tags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.tour.Sight;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a screen reader says, and what the keyboard reaches. */
class AccessibilityTest extends UiTest {

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private void assertEverythingHasAName() {
        List<Control> focusable = program.all(Control.class, Control::isFocusTraversable);
        var nameless = Program.onFx(() -> {
            var labelled = new ArrayList<>(program.all(Label.class, label -> label.getLabelFor() != null).stream()
                    .map(Label::getLabelFor)
                    .toList());
            return focusable.stream()
                    .filter(control -> isBlank(control.getAccessibleText()))
                    .filter(control -> !(control instanceof Labeled labeled) || isBlank(labeled.getText()))
                    .filter(control -> !labelled.contains(control))
                    .map(control -> control + " in " + control.getParent())
                    .toList();
        });
        assertThat(focusable).isNotEmpty();
        assertThat(nameless).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENGLISH", "JAPANESE"})
    void everyControlHasAName(String language) {
        Words words = language.equals("ENGLISH") ? ENGLISH : JAPANESE;
        program.close();
        server.on("/api/tags", exchange -> exchange.json(200, tags("granite3.2:2b")));
        write("settings.json", "{\"language\":\"" + language + "\"}");
        write("window.json", "{\"model\":\"tinyllama\"}");
        restart();
        program.awaitText(words.get("models.missing", "tinyllama"));
        assertEverythingHasAName();

        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        program.send("Hi");
        program.awaitText(words.get("line.tokens", "26", "10"));
        program.press(words.get("chat.regenerate"));
        program.await(
                "another branch",
                () -> !program.buttons(words.get("chat.earlierBranch")).isEmpty());
        program.awaitText(words.get("line.tokens", "26", "10"));
        Program.run(() -> program.buttons(words.get("chat.edit")).getFirst().fire());
        program.awaitText(words.get("prompt.editing"));
        assertEverythingHasAName();
        program.press(words.get("prompt.endEdit"));
        server.on("/api/chat", exchange -> exchange.json(404, error("model 'tinyllama' not found")));
        program.send("Hi again");
        program.awaitText(words.get("error.modelMissing", "tinyllama"));
        server.on("/api/chat", exchange -> exchange.stream().line(chunk("And")).awaitClientGone());
        program.send("Once more");
        program.awaitAnswer("And");
        program.send("This waits");
        program.awaitText(words.get("chat.queued"));
        program.paste("x".repeat(21_000));
        program.awaitText(words.get("chat.attachment", "21,000"));
        assertEverythingHasAName();

        Program.run(() -> program.modelChoice().show());
        program.await("the menu", () -> Sight.windows().size() == 2);
        assertEverythingHasAName();
        Program.run(() -> program.modelChoice().hide());

        Program.run(() -> program.conversations().requestFocus());
        program.robot().push(KeyCode.F2);
        program.await("the field of the name", () -> program.isShown("rename-field"));
        assertEverythingHasAName();
        program.robot().push(KeyCode.ESCAPE);
        program.robot().push(KeyCode.DELETE);
        program.awaitText(words.get("conversations.deletedOne"));
        assertEverythingHasAName();
        program.press(words.get("conversations.trash"));
        program.awaitText(words.get("conversations.trashNote", 30));
        assertEverythingHasAName();

        program.press(words.get("settings.title"));
        program.awaitText(words.get("settings.firstByte.note"));
        assertEverythingHasAName();

        program.press(words.get("telemetry.open"));
        program.await("the window", () -> program.isShown("telemetry"));
        var tabs = program.the(TabPane.class, "telemetry").getSelectionModel();
        assertEverythingHasAName();
        Program.run(() -> tabs.select(1));
        assertEverythingHasAName();
        Program.run(() -> tabs.select(2));
        assertEverythingHasAName();
    }

    @Test
    void theQuestionAboutTelemetryCanBeAnsweredByKeyboard() {
        program.close();
        String endpoint = "http://collector.invalid:4318";
        write("telemetry.json", "{\"endpoint\":\"" + endpoint + "\",\"level\":\"MASKED\"}");
        restart();
        program.awaitText(ENGLISH.get("telemetry.consent.title"));
        assertEverythingHasAName();
        var passed = new ArrayList<String>();
        for (int i = 0; i < 8 && !passed.contains(ENGLISH.get("telemetry.consent.decline")); i++) {
            program.robot().push(KeyCode.TAB);
            passed.add(Program.onFx(() -> String.valueOf(
                    Sight.windows().getLast().getScene().getFocusOwner().getAccessibleText())));
        }
        assertThat(passed).contains(ENGLISH.get("telemetry.consent.example"), ENGLISH.get("telemetry.consent.decline"));
        program.robot().push(KeyCode.SPACE);
        program.awaitGone(ENGLISH.get("telemetry.consent.title"));
    }

    private List<String> saidOfRows() {
        return Program.onFx(() ->
                program
                        .all(ListCell.class, cell -> cell.getStyleClass().contains("row-cell") && !cell.isEmpty())
                        .stream()
                        .map(cell -> String.valueOf(cell.queryAccessibleAttribute(AccessibleAttribute.TEXT)))
                        .toList());
    }

    @Test
    void theWholeAnswerIsSaidOnceItIsThere() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("The sky")).await(goOn);
            exchange.line(chunk(" is blue today.")).line(done()).end();
        });
        program.send("Why?");
        program.awaitAnswer("The sky");
        goOn.countDown();
        program.awaitAnswer("The sky is blue today.");
        program.awaitMeasured(1);
        program.pulses(3);
        assertThat(saidOfRows())
                .contains(ENGLISH.get("chat.speaker.user") + ": Why?")
                .contains(ENGLISH.get("chat.speaker.answer") + ": The sky is blue today.");
    }

    @Test
    void tabLeadsFromThePromptThroughTheWholeWindowAndBack() {
        program.type("a");
        program.await("the focus", () -> program.prompt().isFocused());
        var passed = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            // In the field, Tab is a character.
            if (Program.onFx(() -> program.prompt().isFocused())) {
                program.robot().push(KeyCode.CONTROL, KeyCode.TAB);
            } else {
                program.robot().push(KeyCode.TAB);
            }
            passed.add(Program.onFx(() ->
                    String.valueOf(program.stage().getScene().getFocusOwner().getAccessibleText())));
            if (passed.getLast().equals(ENGLISH.get("prompt.name"))) {
                break;
            }
        }
        assertThat(passed)
                .contains(
                        ENGLISH.get("prompt.send"),
                        ENGLISH.get("settings.title"),
                        ENGLISH.get("chat.new"),
                        ENGLISH.get("main.conversations"),
                        ENGLISH.get("conversations.trash"),
                        ENGLISH.get("models.choice", "tinyllama"));
        assertThat(passed.getLast()).isEqualTo(ENGLISH.get("prompt.name"));
    }
}
