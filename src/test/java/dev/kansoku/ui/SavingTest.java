package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the user hears of a history that cannot be written, or was damaged. */
class SavingTest extends UiTest {

    private Path file() {
        return home.resolve("data/history.db");
    }

    @Override
    protected void prepare() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        try {
            // A folder in the place of the file.
            Files.createDirectories(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBannerSaysThatChatsAreNotSavedUntilTheyAre() throws Exception {
        String banner = ENGLISH.get("history.problem.unusable", home.resolve("data"));
        program.awaitText(banner);
        program.send("Hi there");
        program.awaitAnswer("Hello.");
        Files.delete(file());
        program.await("the banner is gone", () -> !program.inSight().contains(banner));
        program.awaitMeasured(1);
        program.close();
        assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1)).contains("Hi there", "Hello.");
    }

    @Test
    void aDamagedFileIsToldOnce() throws Exception {
        program.close();
        Files.delete(file());
        Files.writeString(file(), "no database. ".repeat(1000));
        restart();
        assertThat(program.dialog().getContentText()).contains(file().toString(), file().getFileName() + ".damaged-");
        program.answerDialog(ENGLISH.get("dialog.close"));
        program.send("Hi there");
        program.awaitAnswer("Hello.");
        assertThat(program.isDialogOpen()).isFalse();
    }
}
