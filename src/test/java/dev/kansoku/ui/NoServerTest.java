package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ui.common.Words;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window where no Ollama answers. */
@Timeout(60)
class NoServerTest {

    private static final Words WORDS = new Words(Locale.ENGLISH);

    @TempDir
    private Path home;

    @Test
    void itIsSaidWhatIsMissingAndWhatToDo() {
        String address = "127.0.0.1:" + closedPort();
        try (Program program = Program.start(home, address)) {
            program.awaitText(WORDS.get("error.notRunning", address));
            assertThat(program.inSight())
                    .contains(WORDS.get("welcome.noOllama.title"), WORDS.get("demo.standIn"), "ollama serve");

            program.press(WORDS.get("welcome.copy"));
            assertThat(Program.clipboard()).isEqualTo("ollama serve");
            program.awaitText(WORDS.get("welcome.copied"));
            program.press(WORDS.get("welcome.instructions"));
            assertThat(program.pages()).containsExactly("https://ollama.com/download");
            program.press(WORDS.get("strip.address"));
            program.awaitText(WORDS.get("settings.firstByte.note"));
        }
    }

    @Test
    void oneClickLeadsToAnAnswerOfTheDemo() {
        try (Program program = Program.start(home, "127.0.0.1:" + closedPort())) {
            program.press(WORDS.get("welcome.tryDemo"));
            program.awaitAnswer("This is the demo engine");
            assertThat(program.inSight()).contains(WORDS.get("demo.engine"));
            assertThat(program.isShown("demo-banner")).isTrue();
            program.await("the panel says it is a demo", () -> program.isShown("demo-mark"));
        }
    }

    @Test
    void anOllamaThatAppearsWhileTheDemoAnswersIsOffered() {
        int port = closedPort();
        try (Program program = Program.start(home, "127.0.0.1:" + port)) {
            program.awaitText(WORDS.get("demo.standIn"));
            program.send("Hi");
            program.awaitAnswer("Kansoku");
            try (ScriptedServer server = ScriptedServer.startAt(port)) {
                server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
                program.awaitText(WORDS.get("demo.ollamaAnswers", "127.0.0.1:" + port));
                program.press(WORDS.get("demo.useOllama"));
                program.await("no demo any more", () -> !program.isShown("demo-banner"));
                program.awaitText(WORDS.get("welcome.ready.title"));
                program.send("Hi again");
                program.awaitAnswer("Hello.");
                assertThat(server.requests("/api/chat").getFirst().body())
                        .as("the demo's words are not sent along")
                        .contains("Hi again")
                        .doesNotContain("Kansoku");
            }
        }
    }

    @Test
    void anOllamaThatIsStartedBeforeAnythingWasAskedIsUsedByItself() {
        int port = closedPort();
        try (Program program = Program.start(home, "127.0.0.1:" + port)) {
            program.awaitText(WORDS.get("demo.standIn"));
            program.type("What I was about to ask");
            try (ScriptedServer server = ScriptedServer.startAt(port)) {
                program.awaitText(WORDS.get("welcome.ready.title"));
                assertThat(program.isShown("demo-banner")).isFalse();
                assertThat(program.draft()).isEqualTo("What I was about to ask");
                assertThat(server.requests("/api/chat")).isEmpty();
            }
        }
    }

    @Test
    void whatAModelHasBegunIsContinuedOnlyOnceAModelCanDoIt() {
        int port;
        try (ScriptedServer server = ScriptedServer.start()) {
            port = server.port();
            server.on(
                    "/api/chat",
                    exchange -> exchange.stream().line(chunk("Once upon")).awaitClientGone());
            try (Program program = Program.start(home, "127.0.0.1:" + port)) {
                program.send("A tale");
                program.awaitAnswer("Once upon");
                program.robot().push(KeyCode.ESCAPE);
                program.awaitText(WORDS.get("chat.stopped"));
            }
        }
        try (Program program = Program.start(home, "127.0.0.1:" + port)) {
            program.awaitText(WORDS.get("demo.standIn"));
            program.openConversation("A tale");
            program.awaitAnswer("Once upon");
            assertThat(program.buttons(WORDS.get("chat.goOn")))
                    .as("the demo goes on from nothing of a model")
                    .isEmpty();
            try (ScriptedServer server = ScriptedServer.startAt(port)) {
                server.on("/api/chat", exchange -> exchange.ndjson(chunk(" a time."), done()));
                program.await(
                        "the button",
                        () -> !program.buttons(WORDS.get("chat.goOn")).isEmpty());
                program.press(WORDS.get("chat.goOn"));
                program.awaitAnswer("Once upon a time.");
            }
        }
    }

    @Test
    void theDemoAloneIsSaidToBeOneAndAnswersInThePromptsLanguage() {
        try (Program program = Program.startDemo(home)) {
            program.awaitText(WORDS.get("welcome.demo.title"));
            assertThat(program.inSight()).contains(WORDS.get("demo.demo")).doesNotContain("127.0.0.1");
            program.send("何ができますか");
            program.awaitAnswer("デモエンジン");
        }
    }

    @Test
    void aHostThatDoesNotExistIsSaidNotTo() {
        String address = "no-such-host.invalid:11434";
        try (Program program = Program.start(home, address)) {
            program.awaitText(WORDS.get("error.hostUnknown", address));
        }
    }

    /** As behind a firewall or a proxy that swallows packets: the connection stands, and nothing ever comes. */
    @Test
    void aServerThatNeverAnswersHoldsNothingUp() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Program program = Program.start(home, "127.0.0.1:" + silent.getLocalPort())) {
            program.awaitText(WORDS.get("welcome.looking.title"));
            program.type("Ready at once");
            assertThat(program.draft()).isEqualTo("Ready at once");
            program.press(WORDS.get("welcome.tryDemo"));
            program.awaitAnswer("This is the demo engine");
            assertThat(program.draft()).as("what was being typed").isEqualTo("Ready at once");
        }
    }

    private static int closedPort() {
        try (ScriptedServer gone = ScriptedServer.start()) {
            return gone.port();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--ollama", "OLLAMA_HOST"})
    void anAddressThatIsNoneKeepsNoWindowFromOpening(String from) {
        boolean variable = from.equals("OLLAMA_HOST");
        try (Program program =
                Program.start(home, variable ? null : "ftp://what", variable ? Map.of(from, "ftp://what") : Map.of())) {
            program.dialog();
            program.awaitText("ftp://what");
            assertThat(program.inSight())
                    .contains(
                            WORDS.get("address.title"),
                            WORDS.get(
                                    "address.unusable." + (variable ? "environment" : "commandLine"),
                                    "ftp://what",
                                    "127.0.0.1:11434"));
            program.answerDialog(WORDS.get("dialog.close"));
            program.await("the window goes on", () -> program.isShown("welcome"));
        }
    }

    @Test
    void anAddressInTheSettingsThatIsNoneIsSaidToBeNone() {
        UiTest.write(home, "settings.json", "{\"address\":\"ftp://what\"}");
        try (Program program = Program.start(home, null)) {
            program.dialog();
            program.awaitText("ftp://what");
            program.answerDialog(WORDS.get("dialog.close"));
        }
    }
}
