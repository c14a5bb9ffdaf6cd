package dev.kansoku.ui.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.privacy.TextLevel;
import dev.kansoku.settings.Stored;
import dev.kansoku.telemetry.TelemetrySettings;
import dev.kansoku.telemetry.TelemetrySettings.Protocol;
import dev.kansoku.telemetry.Token;
import dev.kansoku.telemetry.delivery.Answer;
import dev.kansoku.ui.telemetry.ConnectionViewModel.Fault;
import dev.kansoku.ui.telemetry.ConnectionViewModel.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionViewModelTest {

    private static final String URL = "https://collector.example:4318";

    @TempDir
    private Path folder;

    private Stored<TelemetrySettings> settings;
    private Token token;
    private ConnectionViewModel model;

    @BeforeEach
    void open() {
        settings = new Stored<>(folder.resolve("telemetry.json"), TelemetrySettings.class, TelemetrySettings.DEFAULTS);
        token = new Token(folder.resolve("token"));
        model = model(Direct.BACKGROUND);
    }

    @AfterEach
    void close() {
        settings.close();
    }

    private ConnectionViewModel model(Background background) {
        return new ConnectionViewModel(settings, token, () -> new Answer.Acknowledged(0), background);
    }

    private Map<Field, Fault> faults() {
        return model.faultsProperty().get();
    }

    @Test
    void whatIsEnteredIsSavedAsAWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "");
        model.endpointProperty().set("  " + URL + " ");
        model.levelProperty().set(TextLevel.LENGTH);
        model.clicksProperty().set(true);
        model.certificateProperty().set(file.toString());
        model.clientCertificateProperty().set(file.toString());
        model.clientKeyProperty().set(file.toString());
        model.proxyProperty().set("proxy.example:3128");
        model.tokenProperty().set("0123456789abcdef");
        assertThat(settings.get()).as("before it is saved").isEqualTo(TelemetrySettings.DEFAULTS);
        model.save();
        assertThat(faults()).isEmpty();
        assertThat(settings.get())
                .isEqualTo(new TelemetrySettings(
                        URL,
                        null,
                        Protocol.HTTP,
                        TextLevel.LENGTH,
                        true,
                        file.toString(),
                        file.toString(),
                        file.toString(),
                        "proxy.example:3128"));
        assertThat(token.read()).contains("0123456789abcdef");
        assertThat(model.tokenProperty().get()).as("the field of the token").isEmpty();
        assertThat(model.tokenHintProperty().get()).isEqualTo("…cdef");
        assertThat(model.changedProperty().get()).isFalse();
    }

    @Test
    void savingKeepsWhatTheUserHasAgreedTo() {
        settings.update(now -> now.withAgreedEndpoint(URL));
        model.endpointProperty().set(URL);
        model.save();
        assertThat(settings.get().agreedEndpoint()).isEqualTo(URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector.example", "ftp://collector.example", "https://me:secret@collector.example"})
    void whatIsNoUrlIsSaidAtOnceAndNothingIsSaved(String entered) {
        model.endpointProperty().set(entered);
        model.levelProperty().set(TextLevel.NOTHING);
        assertThat(faults()).containsExactly(Map.entry(Field.ENDPOINT, Fault.NO_URL));
        model.save();
        assertThat(settings.get()).isEqualTo(TelemetrySettings.DEFAULTS);
        assertThat(model.endpointProperty().get()).as("what was entered").isEqualTo(entered);
        model.endpointProperty().set(URL);
        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "proxy.example:0", "proxy.example:65536", "http://proxy.example:3128"})
    void aProxyIsAHostAndAPort(String entered) {
        model.proxyProperty().set(entered);
        assertThat(faults()).containsExactly(Map.entry(Field.PROXY, Fault.NO_PROXY));
    }

    @Test
    void withGrpcThereIsNoProxy() {
        model.proxyProperty().set("proxy.example:3128");
        assertThat(faults()).isEmpty();
        model.protocolProperty().set(Protocol.GRPC);
        assertThat(faults()).containsExactly(Map.entry(Field.PROXY, Fault.PROXY_WITH_GRPC));
    }

    @Test
    void aClientNeedsBothItsCertificateAndItsKey() {
        model.clientCertificateProperty().set("client.pem");
        assertThat(faults()).containsExactly(Map.entry(Field.CLIENT_KEY, Fault.NO_KEY));
        model.clientCertificateProperty().set("");
        model.clientKeyProperty().set("client.key");
        assertThat(faults()).containsExactly(Map.entry(Field.CLIENT_CERTIFICATE, Fault.NO_CERTIFICATE));
    }

    @Test
    void aFileThatIsMissingIsSaidWhenItIsSavedUntilAnotherIsNamed() {
        model.endpointProperty().set(URL);
        model.tokenProperty().set("0123456789abcdef");
        model.certificateProperty().set(folder.resolve("missing.pem").toString());
        assertThat(faults()).isEmpty();
        model.save();
        assertThat(faults()).containsExactly(Map.entry(Field.CERTIFICATE, Fault.NO_FILE));
        assertThat(settings.get().endpoint()).isNull();
        assertThat(token.file())
                .as("a token is saved with the rest or not at all")
                .doesNotExist();
        model.certificateProperty().set("");
        assertThat(faults()).isEmpty();
    }

    @Test
    void aTokenThatCannotBeOneIsSaidAndKeptInItsField() {
        model.tokenProperty().set("two words");
        model.save();
        assertThat(faults()).containsExactly(Map.entry(Field.TOKEN, Fault.NO_TOKEN));
        assertThat(model.tokenProperty().get()).isEqualTo("two words");
    }

    @Test
    void aTokenThatOthersCanReadIsSaid() throws IOException {
        Files.writeString(token.file(), "0123456789abcdef");
        Files.setPosixFilePermissions(
                token.file(), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        model = model(Direct.BACKGROUND);
        assertThat(faults()).containsExactly(Map.entry(Field.TOKEN, Fault.TOKEN_UNREADABLE));
        model.removeToken();
        assertThat(faults()).isEmpty();
        assertThat(token.file()).doesNotExist();
    }

    @Test
    void switchingOffTakesBackTheConsentAndKeepsTheRest() {
        settings.update(
                now -> new TelemetrySettings(URL, URL, Protocol.GRPC, TextLevel.LENGTH, true, null, null, null, null));
        model.switchOff();
        assertThat(settings.get())
                .isEqualTo(new TelemetrySettings(
                        null, null, Protocol.GRPC, TextLevel.LENGTH, true, null, null, null, null));
        assertThat(model.endpointProperty().get()).isEmpty();
    }

    @Test
    void whatWasNotTouchedFollowsTheSettingsAndWhatWasStays() {
        model.proxyProperty().set("proxy.example:3128");
        settings.update(now ->
                new TelemetrySettings(URL, null, Protocol.HTTP, TextLevel.LENGTH, false, null, null, null, "other:1"));
        assertThat(model.endpointProperty().get()).isEqualTo(URL);
        assertThat(model.levelProperty().get()).isEqualTo(TextLevel.LENGTH);
        assertThat(model.proxyProperty().get()).isEqualTo("proxy.example:3128");
        assertThat(model.changedProperty().get()).isTrue();
    }

    @Test
    void filesAndTestsWaitForTheBackground() {
        var later = new Direct.Later();
        model = model(later.background());
        model.endpointProperty().set(URL);
        model.save();
        model.test();
        assertThat(model.savingProperty().get()).isTrue();
        assertThat(model.testingProperty().get()).isTrue();
        assertThat(settings.get().endpoint()).isNull();
        later.doAll();
        assertThat(settings.get().endpoint()).isEqualTo(URL);
        assertThat(model.savingProperty().get()).isFalse();
        @Nullable Answer answer = model.answerProperty().get();
        assertThat(answer).isEqualTo(new Answer.Acknowledged(0));
    }
}
