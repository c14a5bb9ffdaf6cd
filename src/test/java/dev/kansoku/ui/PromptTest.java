package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ui.chat.ChatViewModel;
import dev.kansoku.ui.common.Figures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.input.InputMethodEvent;
import javafx.scene.input.InputMethodHighlight;
import javafx.scene.input.InputMethodTextRun;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** What keys and pasted text do in the prompt. */
class PromptTest extends UiTest {

    private static final Figures FIGURES = new Figures(ENGLISH);

    @Override
    protected void prepare() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
    }

    private int sent() {
        return server.requests("/api/chat").size();
    }

    private String sentBody() {
        program.await("a request", () -> sent() == 1);
        return server.requests("/api/chat").getFirst().body();
    }

    /** Nothing is sent: not now, and not with the next pulses. */
    private void assertNothingSent() {
        program.pulses(3);
        assertThat(program.blocks("user")).isEmpty();
        assertThat(sent()).isZero();
    }

    private void useCtrlEnter() {
        program.close();
        write("settings.json", "{\"sendKey\":\"CTRL_ENTER\"}");
        restart();
    }

    @Test
    void shiftEnterBreaksTheLineAndEnterSends() {
        program.robot().write("a").push(KeyCode.SHIFT, KeyCode.ENTER).write("b");
        assertThat(program.draft()).isEqualTo("a\nb");
        assertNothingSent();
        assertThat(program.inSight()).contains(ENGLISH.get("prompt.hint.enter"));

        program.robot().push(KeyCode.ENTER);
        assertThat(sentBody()).contains("\"a\\nb\"");
        assertThat(program.draft()).isEmpty();
    }

    @Test
    void ctrlEnterAlwaysSends() {
        program.robot().write("a").push(KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(sentBody()).contains("\"a\"");
    }

    @Test
    void whereCtrlEnterSendsEnterBreaksTheLine() {
        useCtrlEnter();
        program.robot()
                .write("a")
                .push(KeyCode.ENTER)
                .write("b")
                .push(KeyCode.SHIFT, KeyCode.ENTER)
                .write("c");
        assertThat(program.draft()).isEqualTo("a\nb\nc");
        assertNothingSent();
        assertThat(program.inSight()).contains(ENGLISH.get("prompt.hint.ctrlEnter"));

        program.robot().push(KeyCode.CONTROL, KeyCode.ENTER);
        assertThat(sentBody()).contains("a\\nb\\nc");
    }

    @Test
    void whatARefusalSaysGoesAwayWithTheNextWord() {
        program.send("");
        program.awaitText(ENGLISH.get("prompt.empty"));
        Node composer = program.the(Node.class, "composer");
        assertThat(isRefused(composer)).isTrue();

        program.type("a");
        program.pulses(2);

        assertThat(isRefused(composer)).as("still red").isFalse();
    }

    private static boolean isRefused(Node composer) {
        return Program.onFx(() -> composer.getPseudoClassStates().contains(PseudoClass.getPseudoClass("refused")));
    }

    // Input methods

    private void compose(String text) {
        Program.run(() -> fireInputMethod(program.prompt(), text, ""));
    }

    private static void fireInputMethod(TextArea field, String composed, String committed) {
        List<InputMethodTextRun> runs = composed.isEmpty()
                ? List.of()
                : List.of(new InputMethodTextRun(composed, InputMethodHighlight.UNSELECTED_RAW));
        Event.fireEvent(
                field,
                new InputMethodEvent(InputMethodEvent.INPUT_METHOD_TEXT_CHANGED, runs, committed, composed.length()));
    }

    @Test
    void enterThatBelongsToTheInputMethodDoesNothing() {
        compose("にほん");
        assertThat(program.draft()).isEqualTo("にほん");
        program.robot().push(KeyCode.ENTER);
        program.robot().push(KeyCode.SHIFT, KeyCode.ENTER);
        program.robot().push(KeyCode.CONTROL, KeyCode.ENTER);

        assertThat(program.draft()).isEqualTo("にほん");
        assertNothingSent();
    }

    @Test
    void theEnterThatCommitsDoesNotSendAndTheNextOneDoes() {
        compose("にほん");
        Program.run(() -> {
            TextArea field = program.prompt();
            fireInputMethod(field, "", "日本");
            Program.pressIn(field, KeyCode.ENTER);
        });
        assertThat(program.draft()).isEqualTo("日本");
        assertNothingSent();

        program.robot().push(KeyCode.ENTER);
        assertThat(sentBody()).contains("日本");
    }

    @Test
    void aCompositionThatIsGivenUpGivesTheKeysBack() {
        program.type("a");
        compose("にほん");
        Program.run(() -> fireInputMethod(program.prompt(), "", ""));
        assertThat(program.draft()).isEqualTo("a");

        program.robot().push(KeyCode.ENTER);
        assertThat(sentBody()).contains("\"a\"");
    }

    @Test
    void enterWhileComposingBreaksNoLineWhereCtrlEnterSends() {
        useCtrlEnter();
        compose("にほん");
        program.robot().push(KeyCode.ENTER);
        Program.run(() -> {
            TextArea field = program.prompt();
            fireInputMethod(field, "", "日本");
            Program.pressIn(field, KeyCode.ENTER);
        });
        assertThat(program.draft()).isEqualTo("日本");
        assertNothingSent();
    }

    @Test
    void escOfTheInputMethodStopsNoAnswer() {
        server.on(
                "/api/chat",
                exchange -> exchange.stream().line(chunk("Once upon")).awaitClientGone());
        program.send("a tale");
        program.awaitAnswer("Once upon");
        compose("にほん");
        program.robot().push(KeyCode.ESCAPE);
        program.pulses(3);
        assertThat(program.inSight()).doesNotContain(ENGLISH.get("chat.stopped"));

        Program.run(() -> fireInputMethod(program.prompt(), "", ""));
        program.robot().push(KeyCode.ESCAPE);
        program.awaitText(ENGLISH.get("chat.stopped"));
    }

    // Long text

    @Test
    void longTextBecomesAnAttachmentThatIsSentAndCanBeRemoved() {
        program.type("Look: ");
        program.paste("first ".repeat(3_500));
        assertThat(program.draft()).isEqualTo("Look: ");
        program.awaitText(ENGLISH.get("chat.attachment", FIGURES.count(21_000)));
        program.paste("other ".repeat(4_000));
        program.awaitText(ENGLISH.get("chat.attachment", FIGURES.count(24_000)));

        Program.run(() -> program.buttons(ENGLISH.get("prompt.removeAttachment"))
                .getFirst()
                .fire());
        program.awaitGone(ENGLISH.get("chat.attachment", FIGURES.count(21_000)));
        program.robot().push(KeyCode.ENTER);

        assertThat(sentBody()).contains("Look:", "other ".repeat(3_999)).doesNotContain("first ");
        program.awaitAnswer("Hello.");
        assertThat(program.buttons(ENGLISH.get("prompt.removeAttachment"))).isEmpty();
        assertThat(program.inSight()).contains(ENGLISH.get("chat.attachment", FIGURES.count(24_000)));
    }

    @Test
    void anAttachmentAloneIsSentToo() {
        program.paste("x".repeat(20_001));
        program.press("Send");
        assertThat(sentBody()).contains("x".repeat(20_001));
    }

    @Test
    void whatFitsIsPastedIntoTheField() {
        program.paste("x".repeat(ChatViewModel.LONGEST_TYPED));
        assertThat(program.draft()).hasSize(ChatViewModel.LONGEST_TYPED);
        assertThat(program.buttons(ENGLISH.get("prompt.removeAttachment"))).isEmpty();
    }

    @Test
    void aMegabyteDoesNotHoldTheWindowUp() throws Exception {
        Program.run(() -> Program.copy("0123456789abcdef".repeat(65_536)));
        var through = new CompletableFuture<Long>();
        long before = System.nanoTime();
        Platform.runLater(() -> program.prompt().paste());
        Platform.runLater(() -> through.complete(System.nanoTime()));

        assertThat(Duration.ofNanos(through.get(20, TimeUnit.SECONDS) - before)).isLessThan(Duration.ofSeconds(1));
        program.awaitText("1,048,576");
        long sent = System.nanoTime();
        Program.pressIn(program.prompt(), KeyCode.ENTER);
        program.pulses(2);
        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(2));
        assertThat(sentBody()).contains("0123456789abcdef".repeat(65_536));
    }

    @Test
    void aKeyThatNoLongerFitsIsRefusedWithAHint() {
        program.paste("x".repeat(ChatViewModel.LONGEST_TYPED));
        Program.run(() -> program.prompt().requestFocus());
        program.robot().write("y");
        program.awaitText(ENGLISH.get("prompt.full"));
        assertThat(program.draft()).hasSize(ChatViewModel.LONGEST_TYPED).doesNotContain("y");

        program.robot().push(KeyCode.BACK_SPACE).write("z");
        assertThat(program.draft()).hasSize(ChatViewModel.LONGEST_TYPED).endsWith("z");
    }

    /** Some letters more do no harm, and an input method that was refused would later replace others. */
    @Test
    void aWordOfAnInputMethodIsTakenEvenWhereNoKeyFits() {
        program.paste("x".repeat(ChatViewModel.LONGEST_TYPED - 1));
        Program.run(() -> program.prompt().positionCaret(100));
        compose("に");
        compose("にほん");
        Program.run(() -> fireInputMethod(program.prompt(), "", "日本語"));
        program.pulses(2);

        assertThat(program.buttons(ENGLISH.get("prompt.removeAttachment"))).isEmpty();
        assertThat(program.draft().equals("x".repeat(100) + "日本語" + "x".repeat(ChatViewModel.LONGEST_TYPED - 101)))
                .isTrue();
        program.robot().write("y");
        program.awaitText(ENGLISH.get("prompt.full"));
    }
}
