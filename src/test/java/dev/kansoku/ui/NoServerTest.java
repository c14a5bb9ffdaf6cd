package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;

import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ui.common.Words;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void anAddressThatIsNoneKeepsNoWindowFromOpening() {
        try (Program program = Program.start(home, "http://[what")) {
            program.awaitText(WORDS.get("welcome.title"));
        }
    }
}
