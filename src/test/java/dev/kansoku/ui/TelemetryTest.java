package dev.kansoku.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.privacy.MaskedText;
import dev.kansoku.settings.Language;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.tour.Sight;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;

/** Telemetry as the user meets it. Nobody listens where it is sent to. */
class TelemetryTest extends UiTest {

    private final String host = "127.0.0.1:" + closedPort();
    private final String endpoint = "http://" + host;

    private static int closedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void startWith(String json) {
        program.close();
        write("telemetry.json", json);
        restart();
    }

    private void startAsked() {
        startWith("{\"endpoint\":\"" + endpoint + "\",\"level\":\"MASKED\"}");
        awaitConsent(ENGLISH);
    }

    private void startOn() {
        startWith("{\"endpoint\":\"" + endpoint + "\",\"agreedEndpoint\":\"" + endpoint + "\",\"level\":\"MASKED\"}");
        awaitMark();
    }

    private void awaitConsent(Words words) {
        program.awaitText(words.get("telemetry.consent.title"));
    }

    private void awaitNoConsent() {
        program.awaitGone(ENGLISH.get("telemetry.consent.title"));
    }

    private void awaitMark() {
        program.await("the mark", () -> program.isShown("telemetry-mark"));
    }

    private void openWindow() {
        program.press(ENGLISH.get("settings.title"));
        program.press(ENGLISH.get("telemetry.open"));
        awaitWindow();
    }

    private void awaitWindow() {
        program.await("the window", () -> program.isShown("telemetry"));
    }

    private void tab(int index) {
        Program.run(() ->
                program.the(TabPane.class, "telemetry").getSelectionModel().select(index));
        program.pulses(2);
    }

    private <N extends Node> N named(Class<N> type, String key) {
        return program.all(type, node -> ENGLISH.get(key).equals(node.getAccessibleText()))
                .getFirst();
    }

    private void enter(String key, String text) {
        TextInputControl field = named(TextInputControl.class, key);
        Program.run(() -> field.setText(text));
    }

    private String text(String key) {
        return Program.onFx(() -> named(TextInputControl.class, key).getText());
    }

    private String savedTelemetry() {
        try {
            Path file = home.resolve("config/telemetry.json");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    // The question

    @Test
    void nobodyIsAskedAndNothingIsMarkedWhileItIsOff() {
        assertThat(Sight.windows()).hasSize(1);
        assertThat(program.isShown("telemetry-mark")).isFalse();
        assertThat(program.isShown("telemetry-line")).isFalse();
    }

    @Test
    void beforeAnythingIsSentTheUserIsToldWhereToAndWhat() {
        startAsked();
        assertThat(program.inSight())
                .contains(host)
                .contains(ENGLISH.get("telemetry.consent.fromSettings", endpoint))
                .contains(ENGLISH.get("telemetry.consent.never.texts"))
                .doesNotContain(ENGLISH.get("telemetry.consent.open"));
        assertThat(program.isShown("telemetry-mark")).isFalse();
        program.awaitText("[EMAIL] wa" + MaskedText.MASK);
    }

    @Test
    void whatIsTypedOnIntoTheQuestionAgreesToNothing() {
        startAsked();
        program.robot().write("ab c").push(KeyCode.ENTER).push(KeyCode.SPACE);
        program.pulses(3);
        assertThat(program.isInSight(ENGLISH.get("telemetry.consent.title"))).isTrue();
        assertThat(program.isShown("telemetry-mark")).isFalse();
        assertThat(savedTelemetry()).doesNotContain("\"agreedEndpoint\":\"");
    }

    @Test
    void escapeMeansNoAndTheDraftStays() {
        openWindow();
        program.type("a draft");
        enter("telemetry.endpoint", endpoint);
        saveInWindow();
        awaitConsent(ENGLISH);
        program.robot().push(KeyCode.ESCAPE);
        awaitNoConsent();
        program.awaitText(ENGLISH.get("telemetry.state.declined", host));
        assertThat(program.draft()).isEqualTo("a draft");
        assertThat(program.isShown("telemetry-mark")).isFalse();
        program.close();
        assertThat(savedTelemetry()).doesNotContain("\"agreedEndpoint\" : \"", "\"agreedEndpoint\":\"");
    }

    @Test
    void closingTheQuestionMeansNo() {
        startAsked();
        Window question = Sight.windows().getLast();
        Program.run(question::hide);
        awaitNoConsent();
        program.pulses(3);
        assertThat(program.isShown("telemetry-mark")).isFalse();
    }

    @Test
    void whoeverHasSaidNoCanDecideAgain() {
        startAsked();
        program.press(ENGLISH.get("telemetry.consent.decline"));
        awaitNoConsent();
        openWindow();
        program.press(ENGLISH.get("telemetry.askAgain"));
        awaitConsent(ENGLISH);
        program.press(ENGLISH.get("telemetry.consent.agree"));
        awaitMark();
        program.awaitText(ENGLISH.get("telemetry.state.on", host));
    }

    @Test
    void whoeverAgreesDoesSoToOneAddressAtOneLevel() {
        startAsked();
        RadioButton length = program.all(
                        RadioButton.class,
                        radio -> ENGLISH.get("telemetry.level.length").equals(radio.getText()))
                .getFirst();
        Program.run(length::fire);
        program.awaitGone(MaskedText.MASK);
        program.press(ENGLISH.get("telemetry.consent.agree"));
        awaitMark();
        awaitNoConsent();
        program.await("the line", () -> program.isShown("telemetry-line"));
        program.close();
        assertThat(savedTelemetry()).contains("LENGTH").containsPattern("\"agreedEndpoint\"\\s*:\\s*\"" + endpoint);
        restart();
        awaitMark();
        assertThat(Sight.windows()).as("nobody is asked twice").hasSize(1);
    }

    // The window

    private void saveInWindow() {
        ButtonBase save = program.all(
                        ButtonBase.class,
                        button -> ENGLISH.get("dialog.save").equals(button.getText())
                                && button.getScene().getRoot().getStyleClass().contains("telemetry"))
                .getFirst();
        Program.begin(save::fire);
        Program.onFx(() -> true);
    }

    @Test
    void theMarkAndTheLineOpenTheWindow() {
        startOn();
        program.press(ENGLISH.get("telemetry.title"));
        awaitWindow();
        program.awaitText(ENGLISH.get("telemetry.state.on", host));
        Window window = Sight.windows().getLast();
        Program.run(window::hide);
        ButtonBase line = program.the(ButtonBase.class, "telemetry-line");
        Program.run(line::fire);
        awaitWindow();
    }

    @Test
    void switchingOffTakesTheMarkAway() {
        startOn();
        program.press(ENGLISH.get("telemetry.title"));
        program.awaitText(ENGLISH.get("telemetry.off.note"));
        program.press(ENGLISH.get("telemetry.switchOff"));
        program.await("no mark", () -> !program.isShown("telemetry-mark"));
        assertThat(program.isShown("telemetry-line")).isFalse();
        program.awaitText(ENGLISH.get("telemetry.state.off"));
        assertThat(text("telemetry.endpoint")).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsSaidUnderItsFieldAndNothingIsLost() {
        openWindow();
        enter("telemetry.endpoint", "collector.example");
        program.awaitText(ENGLISH.get("telemetry.fault.noUrl"));
        saveInWindow();
        program.pulses(2);
        assertThat(text("telemetry.endpoint")).isEqualTo("collector.example");
        enter("telemetry.endpoint", "");
        program.awaitGone(ENGLISH.get("telemetry.fault.noUrl"));
    }

    @Test
    void ofATokenOnlyItsEndIsEverShown() throws IOException {
        openWindow();
        enter("telemetry.token", "0123456789abcdef");
        saveInWindow();
        program.await("an empty field", () -> text("telemetry.token").isEmpty());
        program.await(
                "the hint",
                () -> ENGLISH.get("telemetry.token.set", "…cdef")
                        .equals(named(TextInputControl.class, "telemetry.token").getPromptText()));
        assertThat(Files.readString(home.resolve("config/telemetry-token"))).isEqualTo("0123456789abcdef");
        program.press(ENGLISH.get("telemetry.token.remove"));
        program.await("no token", () -> !Files.exists(home.resolve("config/telemetry-token")));
    }

    @Test
    void theAnswerToATestIsASentence() {
        startOn();
        program.press(ENGLISH.get("telemetry.title"));
        awaitWindow();
        program.press(ENGLISH.get("telemetry.test"));
        program.awaitText(ENGLISH.get("telemetry.problem.unreachable", host));
    }

    @Test
    void theNumberOfTheInstallationCanBeCopied() {
        openWindow();
        program.press(ENGLISH.get("telemetry.installation.copy"));
        assertThat(Program.clipboard()).isEqualTo(text("telemetry.installation"));
    }

    @Test
    void whileItIsOffNothingWasSent() {
        openWindow();
        tab(1);
        program.awaitText(ENGLISH.get("telemetry.sent.empty"));
        assertThat(program.isShown("sent-list")).isFalse();
    }

    @Test
    void theMaskerCanBeTried() {
        openWindow();
        tab(2);
        program.awaitText(ENGLISH.get("telemetry.masker.empty"));
        enter("telemetry.masker.text", "mary@example.com and bob@example.com have written");
        program.awaitText("[EMAIL] an" + MaskedText.MASK);
        assertThat(program.inSight())
                .contains(ENGLISH.get("telemetry.masker.length", "49"))
                .contains(ENGLISH.get("telemetry.masker.kinds", "e-mail address (2)"));
        chooseLevel("NOTHING");
        program.awaitText(ENGLISH.get("telemetry.masker.nothing"));
        program.awaitGone(MaskedText.MASK);
    }

    @SuppressWarnings("unchecked") // The box is known by its name.
    private void chooseLevel(String name) {
        ChoiceBox<Enum<?>> level = named(ChoiceBox.class, "telemetry.level");
        Program.run(() -> level.setValue(level.getItems().stream()
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow()));
    }

    @Test
    void anotherLanguageRetellsTheWindowWithWhatWasEntered() {
        openWindow();
        enter("telemetry.endpoint", "https://collector.exam");
        tab(2);
        enter("telemetry.masker.text", "Hello there");
        @SuppressWarnings("unchecked") // The box is known by its name.
        ChoiceBox<Language> language = named(ChoiceBox.class, "settings.language");
        Program.run(() -> language.setValue(Language.JAPANESE));
        program.press(ENGLISH.get("dialog.save"));
        program.awaitText(JAPANESE.get("telemetry.masker.result"));
        program.awaitText(JAPANESE.get("telemetry.masker.noKinds"));
        tab(0);
        TextInputControl field = program.all(
                        TextInputControl.class,
                        found -> JAPANESE.get("telemetry.endpoint").equals(found.getAccessibleText()))
                .getFirst();
        assertThat(Program.onFx(() -> field.getText())).isEqualTo("https://collector.exam");
    }

    @Test
    void closingTheMainWindowClosesThisOneToo() {
        openWindow();
        program.requestClose();
        program.await(
                "no windows",
                () -> Sight.windows().stream()
                        .noneMatch(window ->
                                window.getScene().getRoot().getStyleClass().contains("telemetry")));
    }
}
