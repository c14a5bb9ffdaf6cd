package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking again, going on, editing, and going from branch to branch. */
class BranchesTest extends UiTest {

    private static final String REGENERATE = ENGLISH.get("chat.regenerate");
    private static final String EARLIER = ENGLISH.get("chat.earlierBranch");
    private static final String LATER = ENGLISH.get("chat.laterBranch");
    private static final String GO_ON = ENGLISH.get("chat.goOn");
    private static final String EDIT = ENGLISH.get("chat.edit");

    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void numberTheAnswers() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Answer " + asked.incrementAndGet() + "."), done()));
    }

    private void ask(String prompt, String answer) {
        program.send(prompt);
        program.awaitAnswer(answer);
        awaitIdle();
    }

    private void awaitIdle() {
        program.await(
                "nothing runs",
                () -> program.buttons(ENGLISH.get("prompt.stop")).isEmpty());
    }

    private void awaitBranch(String place) {
        program.await("branch " + place, () -> program.isInSight(place));
    }

    private boolean focused(String name) {
        return program.buttons(name).stream().anyMatch(Node::isFocused);
    }

    private String sent(int index) {
        return server.requests("/api/chat").get(index).body();
    }

    /** Of several, the one that is lowest. */
    private void pressLast(String name) {
        program.button(name);
        Program.begin(() -> program.buttons(name).getLast().fire());
        Program.onFx(() -> true);
    }

    @Test
    void anAnswerIsRegeneratedAndOneClickGoesBack() {
        ask("Hi", "Answer 1.");
        assertThat(program.buttons(EARLIER)).as("with one branch").isEmpty();

        program.press(REGENERATE);
        program.awaitAnswer("Answer 2.");
        awaitBranch("2/2");
        assertThat(program.blocks("answer")).containsExactly("Answer 2.");
        assertThat(program.button(LATER).isDisabled()).as("at the last branch").isTrue();
        assertThat(program.all(Label.class, label -> "2/2".equals(label.getText())))
                .singleElement()
                .extracting(Label::getAccessibleText)
                .isEqualTo(ENGLISH.get("chat.branch", "2", "2"));
        assertThat(sent(1)).isEqualTo(sent(0));

        program.press(EARLIER);
        program.awaitAnswer("Answer 1.");
        awaitBranch("1/2");
        assertThat(program.blocks("answer")).containsExactly("Answer 1.");
        program.await("the keyboard stays with the buttons", () -> focused(LATER));
        program.robot().push(KeyCode.SPACE);
        program.awaitAnswer("Answer 2.");
        program.await("and again", () -> focused(EARLIER));
        program.awaitMeasured(1);
    }

    @Test
    void anotherModelCanAnswer() {
        ask("Hi", "Answer 1.");
        SplitMenuButton menu = (SplitMenuButton) program.button(REGENERATE);
        Program.run(menu::show);
        List<String> items = Program.onFx(
                () -> menu.getItems().stream().map(MenuItem::getText).toList());
        assertThat(items).containsExactly(ENGLISH.get("chat.sameModel", "tinyllama"), "granite3.2:2b");

        Program.run(() -> {
            menu.getItems().getLast().fire();
            menu.hide();
        });
        program.awaitAnswer("Answer 2.");
        awaitBranch("2/2");
        assertThat(sent(1)).contains("\"model\":\"granite3.2:2b\"");
    }

    @Test
    void whatFollowedComesBackWithItsBranchAndTheButtonsStayWhereTheyAre() {
        String longOne = "A line of it.\\n\\n".repeat(12);
        server.on("/api/chat", exchange -> exchange.ndjson(chunk(longOne + asked.incrementAndGet()), done()));
        ask("First", "1");
        ask("Second", "2");
        Program.run(() -> program.messages().scrollTo(0));
        program.pulses(3);
        Program.run(() -> program.buttons(REGENERATE).getFirst().fire());
        awaitBranch("2/2");
        awaitIdle();
        assertThat(program.inSight()).doesNotContain("Second");

        program.pulses(5);
        double before = top(program.button(EARLIER));
        program.press(EARLIER);
        awaitBranch("1/2");
        program.pulses(5);
        assertThat(top(program.button(LATER))).as("where one can press again").isCloseTo(before, within(2.0));
        Program.run(
                () -> program.messages().scrollTo(program.messages().getItems().size() - 1));
        program.awaitText("Second");
    }

    private double top(Node node) {
        return Program.onFx(() -> node.localToScene(0, 0).getY());
    }

    @Test
    void aStoppedAnswerIsContinued() {
        server.on(
                "/api/chat",
                exchange -> exchange.stream().line(chunk("Once upon")).awaitClientGone());
        program.send("A tale");
        program.awaitAnswer("Once upon");
        program.robot().push(KeyCode.ESCAPE);
        program.awaitText(ENGLISH.get("chat.stopped"));
        server.on("/api/chat", exchange -> exchange.ndjson(chunk(" a time."), done()));

        program.press(GO_ON);
        program.awaitAnswer("Once upon a time.");
        awaitBranch("2/2");
        awaitIdle();
        assertThat(sent(1)).contains("{\"role\":\"assistant\",\"content\":\"Once upon\"}]");
        assertThat(program.buttons(GO_ON)).as("it is whole now").isEmpty();
    }

    @Test
    void aModelThatCannotGoOnIsSaidSo() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Half")));
        program.send("Hi");
        program.awaitText(ENGLISH.get("chat.incomplete"));
        server.on("/api/chat", exchange -> exchange.ndjson(done()));

        program.press(GO_ON);
        program.awaitText(ENGLISH.get("chat.nothingMore"));
        assertThat(program.answer()).isEqualTo("Half");
        assertThat(program.buttons(GO_ON)).isEmpty();
        assertThat(program.buttons(REGENERATE)).hasSize(1);
    }

    @Test
    void aModelThatBeganAnewIsSaidSo() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Once upon a time there was")));
        program.send("Hi");
        program.awaitText(ENGLISH.get("chat.incomplete"));
        server.on(
                "/api/chat",
                exchange -> exchange.ndjson(
                        chunk("Once upon a time there was a king."), done("\"done_reason\":\"length\"")));

        program.press(GO_ON);
        program.awaitText(ENGLISH.get("chat.beganAnew"));
    }

    @Test
    void anAnswerAtItsLimitIsContinued() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Once"), done("\"done_reason\":\"length\"")));
        program.send("Hi");
        program.awaitText(ENGLISH.get("chat.length"));
        server.on("/api/chat", exchange -> exchange.ndjson(chunk(" more."), done()));

        program.press(GO_ON);
        program.awaitAnswer("Once more.");
        program.awaitGone(ENGLISH.get("chat.length"));
    }

    @Test
    void anEarlierPromptIsEditedAndWhatWasBeingTypedComesBack() {
        ask("First", "Answer 1.");
        ask("Second", "Answer 2.");
        program.type("a draft");
        Program.run(() -> program.buttons(EDIT).getFirst().fire());
        program.awaitText(ENGLISH.get("prompt.editing"));
        assertThat(program.draft()).isEqualTo("First");
        program.await("the focus", () -> program.prompt().isFocused());

        program.robot().push(KeyCode.ESCAPE);
        program.awaitGone(ENGLISH.get("prompt.editing"));
        assertThat(program.draft()).isEqualTo("a draft");

        Program.run(() -> program.buttons(EDIT).getFirst().fire());
        program.await("the caret is at the end", () -> program.prompt().getCaretPosition() == "First".length());
        program.send(" anew");
        program.awaitAnswer("Answer 3.");
        awaitBranch("2/2");
        assertThat(program.blocks("user")).containsExactly("First anew");
        assertThat(program.draft()).isEqualTo("a draft");
        assertThat(program.isInSight(ENGLISH.get("prompt.editing"))).isFalse();
        assertThat(sent(2)).contains("First anew").doesNotContain("Second");
    }

    @Test
    void whileAnAnswerIsWrittenOneCanLookAtOtherBranchesButNotMakeAny() {
        ask("First", "Answer 1.");
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("Slow")).await(goOn);
            exchange.line(chunk(" but sure.")).line(done()).end();
        });
        program.press(REGENERATE);
        program.awaitAnswer("Slow");
        program.press(EARLIER);
        program.awaitAnswer("Answer 1.");

        assertThat(List.of(REGENERATE, EDIT))
                .allSatisfy(name -> assertThat(program.buttons(name))
                        .isNotEmpty()
                        .allMatch(ButtonBase::isDisabled)
                        .extracting(ButtonBase::getAccessibleHelp)
                        .containsOnly(ENGLISH.get("chat.busy")));
        assertThat(program.buttons(ENGLISH.get("prompt.stop"))).isNotEmpty();
        program.press(LATER);
        program.awaitAnswer("Slow");
        goOn.countDown();
        program.awaitAnswer("Slow but sure.");
        awaitIdle();
        assertThat(program.button(REGENERATE).isDisabled()).isFalse();
        assertThat(program.button(REGENERATE).getAccessibleHelp()).isNull();
    }

    @Test
    void whatFailedCanBeAskedAgainAsAnotherBranch() {
        server.on("/api/chat", exchange -> exchange.json(503, "{\"error\":\"server busy, please try again\"}"));
        program.send("Hi");
        program.awaitText(ENGLISH.get("error.busy"));
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        pressLast(REGENERATE);
        program.awaitAnswer("Hello.");
        program.press(EARLIER);
        program.awaitText(ENGLISH.get("error.busy"));
        assertThat(program.blocks("answer")).isEmpty();
    }
}
