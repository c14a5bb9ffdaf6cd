package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.thinking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.ScriptedServer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

class ChatTest extends UiTest {

    private static final String TIME = "\\d{1,2}:\\d{2}\\h[AP]M";

    private String sent(int index) {
        return server.requests("/api/chat").get(index).body();
    }

    private boolean isPromptFocused() {
        return Program.onFx(() -> program.prompt().isFocused());
    }

    private void awaitSent(int count) {
        program.await(count + " requests", () -> server.requests("/api/chat").size() == count);
    }

    @Test
    void theFocusIsInThePromptAtTheStartAndAfterEachSend() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        program.await("the focus at the start", this::isPromptFocused);
        program.robot().write("Hi").push(KeyCode.ENTER);
        program.awaitAnswer("Hello.");
        program.await("the focus after a send by key", this::isPromptFocused);

        program.type("again");
        program.press("Send");
        awaitSent(2);
        program.await("the focus after a send by button", this::isPromptFocused);

        assertThat(sent(0)).contains("\"content\":\"Hi\"");
        assertThat(program.draft()).isEmpty();
    }

    @Test
    void anEmptyPromptIsRefusedWithAHint() {
        program.send("  ");
        program.awaitText(ENGLISH.get("prompt.empty"));
        program.press("Send");
        program.pulses(2);

        assertThat(server.requests("/api/chat")).isEmpty();
    }

    @Test
    void theAnswerAppearsWhileItIsWrittenAndThenWhatItTook() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("The sky ")).await(goOn);
            exchange.line(chunk("is blue.")).line(done(5, 1, 26, 1, 10, 2)).end();
        });
        program.send("Why?");
        program.awaitAnswer("The sky");
        assertThat(program.answer()).isEqualTo("The sky ");
        program.awaitText(ENGLISH.get("phase.writing"));
        assertThat(program.blocks("user")).containsExactly("Why?");
        goOn.countDown();
        program.awaitAnswer("The sky is blue.");

        program.await("the measurement", () -> !program.measurements().isEmpty() && line().contains("tok/s"));
        assertThat(line())
                .matches("[\\d.]+\\h(ms|s) · first token [\\d.]+\\h(ms|s) · 5,000\\htok/s · .*load 1\\.0\\hms"
                        + " · 26 → 10 tokens · " + TIME);
        assertThat(program.isShown("remedies")).isFalse();
    }

    private String line() {
        return program.measurements().getLast();
    }

    @Test
    void theVerdictStandsInTheLine() {
        server.on("/api/ps", exchange -> exchange.json(200, ScriptedServer.running("tinyllama:latest")))
                .on("/api/show", exchange -> exchange.json(200, "{}"))
                .on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done(5, 1, 26, 1, 10, 2)));
        program.awaitText(ENGLISH.get("models.kept"));
        program.send("Hi");
        program.await("the verdict", () -> program.isInSight("warm, load 1.0"));
        assertThat(program.isShown("verdict-mark")).isTrue();
    }

    @Test
    void timesOfDayStandOverThePromptAndUnderTheAnswer() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        program.send("Hi");
        program.await("the line", () -> !program.measurements().isEmpty() && line().contains("tokens"));

        assertThat(line()).containsPattern(TIME + "$");
        assertThat(program.inSight()).containsPattern(Pattern.compile("^" + TIME + "$", Pattern.MULTILINE));
    }

    @Test
    void thinkingStandsApartAndIsNotSentBack() {
        server.on(
                "/api/chat",
                exchange -> exchange.ndjson(thinking("Let me see. "), thinking("Blue?"), chunk("Blue."), done()));
        program.send("Which colour?");
        program.awaitAnswer("Blue.");
        assertThat(program.blocks("thinking")).containsExactly("Let me see. Blue?");
        assertThat(program.blocks("answer")).containsExactly("Blue.");
        program.awaitText(ENGLISH.get("chat.thinking"));

        program.send("Sure?");
        awaitSent(2);
        assertThat(sent(1)).contains("Which colour?", "Blue.", "Sure?").doesNotContain("Let me see");
    }

    @Test
    void anEmptyAnswerIsSaidToBeOne() {
        server.on("/api/chat", exchange -> exchange.ndjson(done()));
        program.send("Hi");
        program.awaitText(ENGLISH.get("chat.empty"));
    }

    @Test
    void anAnswerThatReachedItsLimitIsSaidToHave() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Once"), done("\"done_reason\":\"length\"")));
        program.send("Hi");
        program.awaitText(ENGLISH.get("chat.length"));
    }

    @Test
    void theButtonAndEscStopTheAnswerAndKeepWhatIsThere() {
        server.on(
                "/api/chat",
                exchange -> exchange.stream().line(chunk("Once upon")).awaitClientGone());
        program.send("A tale");
        program.awaitAnswer("Once upon");
        program.press(ENGLISH.get("prompt.stop"));
        program.awaitText(ENGLISH.get("chat.stopped"));
        assertThat(program.answer()).isEqualTo("Once upon");

        program.send("Another");
        program.await("the second", () -> program.blocks("answer").size() == 2);
        program.robot().push(KeyCode.ESCAPE);
        program.await("both stopped", () -> program.inSight().split("Stopped\\.", -1).length == 3);
        assertThat(program.blocks("answer")).containsExactly("Once upon", "Once upon");
        assertThat(program.buttons(ENGLISH.get("prompt.stop"))).isEmpty();
        program.await("the focus", this::isPromptFocused);
        assertThat(sent(1)).contains("A tale", "Once upon", "Another");
    }

    @Test
    void aPromptSentMeanwhileWaitsItsTurnAndCanBeTakenBack() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("Answer to " + exchange.body().length()));
            exchange.await(goOn).line(done()).end();
        });
        program.send("first");
        program.awaitAnswer("Answer");
        program.send("number two");
        program.send("third");
        program.awaitText("third");
        assertThat(program.inSight()).contains(ENGLISH.get("chat.queued"), "number two", "third");
        assertThat(server.requests("/api/chat")).hasSize(1);

        Program.run(
                () -> program.buttons(ENGLISH.get("chat.unqueue")).getFirst().fire());
        program.awaitGone("number two");
        goOn.countDown();
        program.await("the third is answered", () -> program.blocks("answer").size() == 2);

        assertThat(program.blocks("user")).containsExactly("first", "third");
        assertThat(sent(1)).contains("first", "third").doesNotContain("number two");
        assertThat(program.inSight()).doesNotContain(ENGLISH.get("chat.queued"));
    }

    @Test
    void ctrlNBeginsANewChatOnceSomethingWasSaid() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        program.send("first words");
        program.awaitAnswer("Hello.");
        program.await("the title", () -> program.stage().getTitle().equals("Kansoku – first words"));
        program.robot().push(KeyCode.CONTROL, KeyCode.N);
        program.awaitText(ENGLISH.get("welcome.ready.title"));
        program.robot().push(KeyCode.CONTROL, KeyCode.N);
        program.pulses(2);

        assertThat(program.titles()).containsExactly("first words");
        assertThat(program.blocks("user")).isEmpty();
        assertThat(Program.onFx(() -> program.stage().getTitle())).isEqualTo("Kansoku");
        program.await("the focus", this::isPromptFocused);
        program.openConversation("first words");
        program.awaitAnswer("Hello.");
    }

    @Test
    void twoConversationsDoNotMix() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            if (exchange.body().contains("slow")) {
                exchange.stream().line(chunk("slow one")).await(goOn);
                exchange.line(chunk(" and its end")).line(done()).end();
            } else {
                exchange.ndjson(chunk("quick one"), done());
            }
        });
        program.send("slow");
        program.awaitAnswer("slow one");
        program.type("a draft");
        program.press(ENGLISH.get("chat.new"));
        program.awaitText(ENGLISH.get("welcome.ready.title"));
        assertThat(program.draft()).isEmpty();
        assertThat(program.buttons(ENGLISH.get("prompt.stop"))).isEmpty();

        program.send("quick");
        program.awaitAnswer("quick one");
        goOn.countDown();
        program.pulses(5);
        assertThat(program.answer()).isEqualTo("quick one");
        assertThat(sent(1)).doesNotContain("slow");

        program.openConversation("slow");
        program.awaitAnswer("slow one and its end");
        assertThat(program.blocks("user")).containsExactly("slow");
        assertThat(program.draft()).isEqualTo("a draft");
    }

    @Test
    void anotherModelInTheMiddleIsMarkedAndThePhaseSeen() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        program.send("one");
        program.awaitAnswer("Hello.");
        program.choose("granite3.2:2b");
        program.send("two");
        program.awaitText(ENGLISH.get("chat.modelChanged", "granite3.2:2b"));
        program.await("two answers", () -> program.blocks("answer").size() == 2);

        assertThat(sent(0)).contains("\"model\":\"tinyllama\"");
        assertThat(sent(1)).contains("\"model\":\"granite3.2:2b\"");
    }

    @Test
    void aFailedPromptCanBeTriedAgain() {
        server.on("/api/chat", exchange -> exchange.json(503, error("server busy, please try again")));
        program.send("Hi");
        program.awaitText(ENGLISH.get("error.busy"));
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        program.press(ENGLISH.get("remedy.retry"));
        program.awaitAnswer("Hello.");

        assertThat(program.inSight()).doesNotContain(ENGLISH.get("error.busy"));
        assertThat(program.blocks("user")).containsExactly("Hi");
        assertThat(sent(1)).isEqualTo(sent(0));
    }

    @Test
    void theMarkOfAnotherModelSurvivesATryAgain() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        program.send("one");
        program.awaitAnswer("Hello.");
        program.choose("granite3.2:2b");
        server.on("/api/chat", exchange -> exchange.json(503, error("server busy, please try again")));
        program.send("two");
        program.awaitText(ENGLISH.get("error.busy"));
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello again."), done()));
        program.press(ENGLISH.get("remedy.retry"));
        program.awaitAnswer("Hello again.");

        assertThat(program.inSight().split(Pattern.quote(ENGLISH.get("chat.modelChanged", "granite3.2:2b")), -1))
                .as("granite3.2:2b from here on, once")
                .hasSize(2);
    }

    @Test
    void theWholeMessageIsCopied() {
        server.on(
                "/api/chat",
                exchange -> exchange.ndjson(chunk("One.\n\nTwo:\n\n```java\nint a;"), chunk("\n```\nEnd."), done()));
        program.send("Hi");
        program.awaitAnswer("End.");
        assertThat(program.blocks("code")).containsExactly("int a;");
        program.press(ENGLISH.get("chat.copyMessage"));
        program.await("the copy", () -> Program.clipboard().endsWith("End."));

        assertThat(Program.clipboard()).isEqualTo("One.\n\nTwo:\n\n```java\nint a;\n```\nEnd.");
    }

    @Test
    void whatIsSelectedInThePromptGoesBeforeWhatIsSelectedInTheChat() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("An answer."), done()));
        program.send("Hi");
        program.awaitAnswer("An answer.");
        Program.run(() -> program.messages().requestFocus());
        program.robot().push(KeyCode.CONTROL, KeyCode.A);
        program.robot().push(KeyCode.CONTROL, KeyCode.C);
        assertThat(Program.clipboard()).isEqualTo("Hi\n\nAn answer.");

        program.type("draft");
        Program.run(() -> {
            program.prompt().requestFocus();
            program.prompt().selectAll();
        });
        program.robot().push(KeyCode.CONTROL, KeyCode.C);
        assertThat(Program.clipboard()).isEqualTo("draft");
    }

    @Test
    void aFailureOfTheServerLeavesTheWindowInOrder() {
        server.on("/api/chat", exchange -> exchange.json(500, error("boom")));
        program.send("Hi");
        program.awaitText(ENGLISH.get("error.serverFault", "500"));
        assertThat(program.inSight()).contains(ENGLISH.get("error.serverSaid", "boom"));
        assertThat(List.of(ENGLISH.get("remedy.retry")))
                .allSatisfy(name -> assertThat(program.buttons(name)).hasSize(1));
        assertThat(program.stage().getTitle().toLowerCase(Locale.ROOT)).startsWith("kansoku");
    }
}
