package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;

import java.lang.ref.WeakReference;
import java.time.Duration;
import javafx.scene.control.ListView;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is no longer shown is let go of. */
class LeakTest extends UiTest {

    @Override
    protected void prepare() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
    }

    @Test
    void aConversationThatIsLeftLetsGoOfItsRows() {
        for (int turn = 1; turn <= 12; turn++) {
            program.send("Hi " + turn);
            program.awaitText("Hi " + turn);
            program.await(
                    "nothing runs",
                    () -> program.buttons(ENGLISH.get("prompt.stop")).isEmpty());
        }
        var list = new WeakReference<ListView<?>>(program.messages());
        program.press(ENGLISH.get("chat.new"));
        program.awaitText(ENGLISH.get("welcome.ready.title"));
        program.pulses(3);
        Awaitility.await("the list of the conversation that was left to be collected")
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(5))
                .until(() -> {
                    System.gc();
                    return list.get() == null;
                });
    }
}
