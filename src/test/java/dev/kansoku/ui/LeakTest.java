package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.ListView;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is no longer shown is let go of. */
class LeakTest extends UiTest {

    /** Its rows grow on, and must not be shown by cells that nobody sees. */
    @Test
    void aConversationThatIsLeftWhileItsAnswerIsWrittenLetsGoOfItsCells() {
        var left = new CountDownLatch(1);
        server.on(
                "/api/chat",
                exchange -> exchange.stream()
                        .line(chunk("Hello"))
                        .await(left)
                        .line(chunk(", and\n\nmore of it."))
                        .line(done())
                        .end());
        program.send("Hi");
        program.awaitAnswer("Hello");
        var list = new WeakReference<ListView<?>>(program.messages());
        program.press(ENGLISH.get("chat.new"));
        program.awaitText(ENGLISH.get("welcome.ready.title"));
        left.countDown();
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Here."), done()));
        program.send("And here");
        program.awaitAnswer("Here.");
        Awaitility.await("the list of the conversation that was left to be collected")
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(5))
                .until(() -> {
                    System.gc();
                    return list.get() == null;
                });
    }
}
