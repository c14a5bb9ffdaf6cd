package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is no longer shown is let go of. */
class LeakTest extends UiTest {

    /** Its rows grow on, and must not be shown, nor kept, by cells that nobody sees. */
    @Test
    void aConversationThatIsLeftWhileItsAnswerIsWrittenIsLetGoWhenThatIsKept() {
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
        var text = new WeakReference<Object>(program.messages().getItems().getFirst());
        var status = new WeakReference<Object>(program.messages().getItems().getLast());
        program.press(ENGLISH.get("chat.new"));
        program.awaitText(ENGLISH.get("welcome.ready.title"));
        left.countDown();
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Here."), done()));
        program.send("And here");
        program.awaitAnswer("Here.");
        Awaitility.await("the rows of the conversation that was left to be collected")
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(5))
                .until(() -> {
                    System.gc();
                    return text.get() == null && status.get() == null;
                });
    }
}
