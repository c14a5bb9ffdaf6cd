package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ui.common.Words;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
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
    void anOllamaThatIsStartedLaterIsFound() {
        int port;
        try (ScriptedServer gone = ScriptedServer.start()) {
            port = gone.port();
        }
        String address = "127.0.0.1:" + port;
        try (Program program = Program.start(home, address)) {
            program.awaitText(WORDS.get("error.notRunning", address));
            program.send("Hi");
            program.await(
                    "said under the prompt, too",
                    () -> program.inSight().split(Pattern.quote(WORDS.get("error.notRunning", address)), -1).length
                            == 3);
            try (ScriptedServer server = ScriptedServer.startAt(port)) {
                server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
                Program.run(() ->
                        program.buttons(WORDS.get("remedy.retry")).getLast().fire());
                program.awaitAnswer("Hello.");
                program.await("the strip is gone", () -> !program.isShown("strip"));
            }
        }
    }

    @Test
    void aHostThatDoesNotExistIsSaidNotTo() {
        String address = "no-such-host.invalid:11434";
        try (Program program = Program.start(home, address)) {
            program.send("Hi");
            program.awaitText(WORDS.get("error.hostUnknown", address));
            program.await(
                    "nothing runs",
                    () -> program.buttons(WORDS.get("prompt.stop")).isEmpty());
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
            program.awaitText(WORDS.get("welcome.title"));
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
