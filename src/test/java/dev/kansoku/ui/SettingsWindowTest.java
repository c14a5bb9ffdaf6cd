package dev.kansoku.ui;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.settings.Language;
import dev.kansoku.settings.SendKey;
import dev.kansoku.settings.Theme;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.tour.Sight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsWindowTest extends UiTest {

    @Override
    protected @Nullable String address() {
        return null;
    }

    @Override
    protected void prepare() {
        write("settings.json", "{\"address\":\"" + server.address().display() + "\"}");
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
    }

    private void openSettings(Words words) {
        program.press(words.get("settings.title"));
        program.awaitText(words.get("settings.idle.note"));
    }

    private TextField field(Words words, String key) {
        return program.all(TextField.class, field -> words.get(key).equals(field.getAccessibleText()))
                .getFirst();
    }

    @SuppressWarnings("unchecked") // The box is known by its name.
    private <T> void choose(Words words, String key, T value) {
        ChoiceBox<T> box = (ChoiceBox<T>)
                program.all(ChoiceBox.class, found -> words.get(key).equals(found.getAccessibleText()))
                        .getFirst();
        Program.run(() -> box.setValue(value));
    }

    private void enter(Words words, String key, String text) {
        TextField field = field(words, key);
        Program.run(() -> field.setText(text));
    }

    private void save(Words words) {
        program.press(words.get("dialog.save"));
    }

    private void awaitClosed() {
        program.await("the settings are closed", () -> Sight.windows().size() == 1);
    }

    private String settingsFile() {
        try {
            Path file = home.resolve("config/settings.json");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theAddressIsReadyToBeChangedAndEscClosesWithoutSaving() {
        openSettings(ENGLISH);
        TextField address = field(ENGLISH, "settings.address");
        program.await("the focus", address::isFocused);
        assertThat(Program.onFx(address::getSelectedText))
                .isEqualTo(server.address().display());
        enter(ENGLISH, "settings.address", "elsewhere:1");
        program.robot().push(KeyCode.ESCAPE);
        awaitClosed();
        program.close();
        assertThat(settingsFile()).doesNotContain("elsewhere");
    }

    @Test
    void whatMakesNoSenseIsExplainedAndNothingIsSaved() {
        openSettings(ENGLISH);
        choose(ENGLISH, "settings.theme", Theme.DARK);
        enter(ENGLISH, "settings.address", "ftp://x");
        save(ENGLISH);
        program.awaitText(ENGLISH.get("settings.fault.address"));
        enter(ENGLISH, "settings.address", "");
        enter(ENGLISH, "settings.firstByte", "0");
        save(ENGLISH);
        program.awaitText(ENGLISH.get("settings.fault.firstByteTimeout"));
        enter(ENGLISH, "settings.firstByte", "60");
        enter(ENGLISH, "settings.idle", "86401");
        save(ENGLISH);
        program.awaitText(ENGLISH.get("settings.fault.idleTimeout"));
        enter(ENGLISH, "settings.idle", "two");
        save(ENGLISH);
        program.awaitText(ENGLISH.get("settings.fault.idleTimeout"));
        program.press(ENGLISH.get("dialog.cancel"));
        awaitClosed();
        program.close();
        assertThat(settingsFile()).doesNotContain("DARK", "ftp");
    }

    @Test
    void anotherAddressIsUsedAtOnce() {
        try (ScriptedServer other = ScriptedServer.start()) {
            other.on("/api/chat", exchange -> exchange.ndjson(chunk("From the other."), done()));
            openSettings(ENGLISH);
            enter(ENGLISH, "settings.address", "  " + other.address().display() + " ");
            save(ENGLISH);
            awaitClosed();
            program.awaitText(other.address().display());
            program.send("Hi");
            program.awaitAnswer("From the other.");
            assertThat(server.requests("/api/chat")).isEmpty();
            program.close();
            assertThat(settingsFile()).contains(other.address().display());
        }
    }

    @Test
    void anotherLanguageRebuildsTheWindowAroundWhatIsThere() {
        program.send("Hi there");
        program.awaitAnswer("Hello.");
        program.type("a draft");
        program.paste("x".repeat(20_001));
        program.awaitText("20,001");
        openSettings(ENGLISH);
        choose(ENGLISH, "settings.language", Language.JAPANESE);
        save(ENGLISH);
        awaitClosed();

        program.await(
                "Japanese", () -> !program.buttons(JAPANESE.get("chat.new")).isEmpty());
        program.awaitAnswer("Hello.");
        program.await("the line", () -> program.measurements().stream().anyMatch(line -> line.contains("トークン")));
        assertThat(program.blocks("user")).containsExactly("Hi there");
        assertThat(program.draft()).isEqualTo("a draft");
        assertThat(program.inSight())
                .contains(JAPANESE.get("chat.attachment", "20,001"), JAPANESE.get("prompt.hint.enter"))
                .doesNotContain(ENGLISH.get("prompt.hint.enter"));
        assertThat(Program.onFx(() -> program.stage().getTitle())).isEqualTo("Kansoku – Hi there");
        program.await("the focus", () -> program.prompt().isFocused());

        openSettings(JAPANESE);
        choose(JAPANESE, "settings.language", Language.ENGLISH);
        save(JAPANESE);
        awaitClosed();
        program.awaitAnswer("Hello.");
        assertThat(program.draft()).isEqualTo("a draft");
        assertThat(program.inSight()).doesNotContain(JAPANESE.get("prompt.hint.enter"));
        program.send("more");
        program.await("two answers", () -> program.blocks("answer").size() == 2);
    }

    @Test
    void theLanguageCanChangeWhileAnAnswerIsWritten() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("First")).await(goOn);
            exchange.line(chunk(" and second.")).line(done()).end();
        });
        program.send("Hi");
        program.awaitAnswer("First");
        openSettings(ENGLISH);
        choose(ENGLISH, "settings.language", Language.JAPANESE);
        save(ENGLISH);
        program.awaitText(JAPANESE.get("phase.writing"));
        goOn.countDown();
        program.awaitAnswer("First and second.");
        program.await("the line", () -> program.measurements().stream().anyMatch(line -> line.contains("トークン")));
        assertThat(program.buttons(JAPANESE.get("prompt.stop"))).isEmpty();
    }

    private Color ground() {
        return Program.onFx(() -> {
            var root = (Region) program.stage().getScene().getRoot();
            return (Color) root.getBackground().getFills().getFirst().getFill();
        });
    }

    @Test
    void anotherThemeChangesTheGround() {
        assertThat(ground()).isEqualTo(Color.WHITE);
        openSettings(ENGLISH);
        choose(ENGLISH, "settings.theme", Theme.DARK);
        save(ENGLISH);
        program.await("dark", () -> ground().equals(Color.web("#16181D")));
        openSettings(ENGLISH);
        var dialog = Sight.windows().getLast();
        var settings = Program.onFx(() -> (Region) dialog.getScene().getRoot());
        assertThat(Program.onFx(
                        () -> settings.getBackground().getFills().getFirst().getFill()))
                .isEqualTo(Color.web("#16181D"));
        choose(ENGLISH, "settings.theme", Theme.LIGHT);
        save(ENGLISH);
        program.await("light", () -> ground().equals(Color.WHITE));
    }

    @Test
    void theOtherKeySendsAndTheHintSaysSo() {
        openSettings(ENGLISH);
        choose(ENGLISH, "settings.sendKey", SendKey.CTRL_ENTER);
        save(ENGLISH);
        awaitClosed();
        program.awaitText(ENGLISH.get("prompt.hint.ctrlEnter"));
        Program.run(() -> program.prompt().requestFocus());
        program.robot().write("a").push(KeyCode.ENTER);
        assertThat(program.draft()).isEqualTo("a\n");
        program.robot().push(KeyCode.CONTROL, KeyCode.ENTER);
        program.awaitAnswer("Hello.");
    }

    @Test
    void anAddressFromOutsideIsNamed() {
        program.close();
        String elsewhere = server.address().display();
        program = Program.start(home, elsewhere);
        openSettings(ENGLISH);
        assertThat(program.inSight()).contains(ENGLISH.get("settings.address.commandLine", elsewhere));
        program.close();

        program = Program.start(home, null, Map.of("OLLAMA_HOST", elsewhere));
        openSettings(ENGLISH);
        assertThat(program.inSight()).contains(ENGLISH.get("settings.address.environment", elsewhere));
    }

    @Test
    void theErrorOfAnAddressLeadsToTheField() {
        server.on("/api/chat", exchange -> exchange.reply(502, "text/html", "<html></html>"));
        program.send("Hi");
        program.press(ENGLISH.get("remedy.otherAddress"));
        program.await(
                "the field",
                () -> !program.all(
                                TextField.class,
                                field -> ENGLISH.get("settings.address").equals(field.getAccessibleText()))
                        .isEmpty());
        program.await("the focus", () -> field(ENGLISH, "settings.address").isFocused());
    }
}
