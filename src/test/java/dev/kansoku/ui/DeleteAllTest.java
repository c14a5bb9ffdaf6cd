package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The settings' "Delete all my data". */
class DeleteAllTest extends UiTest {

    private static final String CANARY = "qzwxecrvtbyn";

    private final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    protected void prepare() {
        write("settings.json", "{\"theme\":\"DARK\"}");
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("The answer has " + CANARY + "."), done()));
        for (String file : List.of(
                "data/history.db.v1-20260101-000000",
                "data/history.db.damaged-20260101-000000",
                "config/settings.json.damaged-20260101-000000",
                "logs/kansoku.log",
                "logs/kansoku.2.log",
                "logs/crash-20260101-000000-AAAA-BBBB-CCCC.txt")) {
            plant(home.resolve(file));
        }
    }

    private static void plant(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, "text with " + CANARY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> found() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(CANARY))
                    .map(file -> home.relativize(file).toString())
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void askToDelete() {
        program.press(ENGLISH.get("settings.title"));
        program.press(ENGLISH.get("settings.deleteAll"));
        assertThat(program.dialog().getContentText()).isEqualTo(ENGLISH.get("deleteAll.text"));
    }

    @Test
    void everythingGoesButTheSettings() throws Exception {
        program.send("A prompt with " + CANARY);
        program.awaitAnswer(CANARY);
        program.awaitMeasured(1);
        program.await("it is in the file", () -> {
            try {
                return found().stream().anyMatch(file -> file.startsWith("data/history.db"));
            } catch (IOException e) {
                return false;
            }
        });
        assertThat(found()).hasSizeGreaterThanOrEqualTo(7);
        // A turn that runs.
        server.on("/api/chat", exchange -> {
            exchange.ndjson(chunk("Again " + CANARY));
            goOn.await();
        });
        program.send("Another one with " + CANARY);
        program.awaitAnswer("Again " + CANARY);

        askToDelete();
        program.answerDialog(ENGLISH.get("deleteAll.agree"));
        program.awaitText(ENGLISH.get("deleteAll.doneText"));
        program.answerDialog(ENGLISH.get("dialog.close"));
        assertThat(found()).isEmpty();
        assertThat(program.inSight()).doesNotContain(CANARY);
        goOn.countDown();

        server.on("/api/chat", exchange -> exchange.ndjson(chunk("A new answer."), done()));
        program.send("A new question");
        program.awaitAnswer("A new answer.");
        program.close();
        assertThat(found()).isEmpty();
        assertThat(home.resolve("config/settings.json")).content().contains("DARK");
    }

    @Test
    void whoThinksBetterOfItLosesNothing() throws Exception {
        program.send("A prompt with " + CANARY);
        program.awaitAnswer(CANARY);
        program.awaitMeasured(1);
        askToDelete();
        program.answerDialog(ENGLISH.get("dialog.cancel"));
        program.press(ENGLISH.get("dialog.cancel"));
        assertThat(program.answer()).contains(CANARY);
        program.close();
        assertThat(found()).contains("data/history.db", "logs/kansoku.log");
    }
}
