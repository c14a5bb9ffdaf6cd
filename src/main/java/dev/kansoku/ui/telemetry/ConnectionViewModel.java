package dev.kansoku.ui.telemetry;

import dev.kansoku.privacy.TextLevel;
import dev.kansoku.settings.Stored;
import dev.kansoku.telemetry.TelemetrySettings;
import dev.kansoku.telemetry.TelemetrySettings.Protocol;
import dev.kansoku.telemetry.Token;
import dev.kansoku.telemetry.delivery.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where telemetry goes and how, while it is being edited. What was entered stays until it is saved; what was not touched
 * follows the settings.
 */
public final class ConnectionViewModel {

    /** What can be entered wrongly. */
    enum Field {
        ENDPOINT,
        TOKEN,
        CERTIFICATE,
        CLIENT_CERTIFICATE,
        CLIENT_KEY,
        PROXY
    }

    /** What is wrong with it. */
    public enum Fault {
        NO_URL,
        NO_TOKEN,
        TOKEN_UNREADABLE,
        TOKEN_NOT_WRITTEN,
        NO_FILE,
        NO_KEY,
        NO_CERTIFICATE,
        NO_PROXY,
        PROXY_WITH_GRPC
    }

    /** Host or IPv6 address, and port. */
    private static final Pattern PROXY = Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");

    private static final int MOST_PORT = 65_535;

    private final Stored<TelemetrySettings> settings;
    private final Token tokenFile;
    private final Supplier<Answer> tester;
    private final Background background;
    private TelemetrySettings saved;

    private final StringProperty endpoint = new SimpleStringProperty("");
    private final ObjectProperty<Protocol> protocol = new SimpleObjectProperty<>();
    private final ObjectProperty<TextLevel> level = new SimpleObjectProperty<>();
    private final BooleanProperty clicks = new SimpleBooleanProperty();
    private final StringProperty token = new SimpleStringProperty("");
    private final StringProperty certificate = new SimpleStringProperty("");
    private final StringProperty clientCertificate = new SimpleStringProperty("");
    private final StringProperty clientKey = new SimpleStringProperty("");
    private final StringProperty proxy = new SimpleStringProperty("");

    private final ReadOnlyObjectWrapper<Map<Field, Fault>> faults = new ReadOnlyObjectWrapper<>(Map.of());
    private final Map<Field, Fault> foundOnSaving = new EnumMap<>(Field.class);
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper saving = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper tokenHint = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper testing = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Answer> answer = new ReadOnlyObjectWrapper<>();

    /** @param tester sends a test and waits for the answer */
    ConnectionViewModel(
            Stored<TelemetrySettings> settings, Token tokenFile, Supplier<Answer> tester, Background background) {
        this.settings = settings;
        this.tokenFile = tokenFile;
        this.tester = tester;
        this.background = background;
        saved = settings.get();
        show(saved);
        for (Observable entered : new Observable[] {endpoint, protocol, level, clicks, proxy}) {
            entered.subscribe(this::check);
        }
        forgetOnChange(Field.TOKEN, token);
        forgetOnChange(Field.CERTIFICATE, certificate);
        forgetOnChange(Field.CLIENT_CERTIFICATE, clientCertificate);
        forgetOnChange(Field.CLIENT_KEY, clientKey);
        check();
        settings.subscribe(now -> background.back().execute(() -> follow(now)));
        readTokenHint();
    }

    private void forgetOnChange(Field field, StringProperty entered) {
        entered.subscribe((before, now) -> {
            foundOnSaving.remove(field);
            check();
        });
    }

    private void show(TelemetrySettings shown) {
        endpoint.set(text(shown.endpoint()));
        protocol.set(shown.protocol());
        level.set(shown.level());
        clicks.set(shown.clicks());
        certificate.set(text(shown.certificate()));
        clientCertificate.set(text(shown.clientCertificate()));
        clientKey.set(text(shown.clientKey()));
        proxy.set(text(shown.proxy()));
    }

    private void follow(TelemetrySettings now) {
        TelemetrySettings before = saved;
        saved = now;
        follow(endpoint, text(before.endpoint()), text(now.endpoint()));
        follow(protocol, before.protocol(), now.protocol());
        follow(level, before.level(), now.level());
        follow(clicks, before.clicks(), now.clicks());
        follow(certificate, text(before.certificate()), text(now.certificate()));
        follow(clientCertificate, text(before.clientCertificate()), text(now.clientCertificate()));
        follow(clientKey, text(before.clientKey()), text(now.clientKey()));
        follow(proxy, text(before.proxy()), text(now.proxy()));
        // It was about what was set before.
        answer.set(null);
        check();
    }

    private static <T> void follow(Property<T> entered, T before, T now) {
        if (Objects.equals(entered.getValue(), before)) {
            entered.setValue(now);
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String entered(StringProperty field) {
        String text = field.get().strip();
        return text.isEmpty() ? null : text;
    }

    private TelemetrySettings enteredSettings(@Nullable String agreedEndpoint) {
        return new TelemetrySettings(
                entered(endpoint),
                agreedEndpoint,
                protocol.get(),
                level.get(),
                clicks.get(),
                entered(certificate),
                entered(clientCertificate),
                entered(clientKey),
                entered(proxy));
    }

    private void check() {
        var found = new EnumMap<Field, Fault>(Field.class);
        found.putAll(foundOnSaving);
        String url = endpoint.get().strip();
        if (!url.isEmpty() && CollectorUrl.parse(url).isEmpty()) {
            found.put(Field.ENDPOINT, Fault.NO_URL);
        }
        if (entered(clientCertificate) != null && entered(clientKey) == null) {
            found.put(Field.CLIENT_KEY, Fault.NO_KEY);
        }
        if (entered(clientKey) != null && entered(clientCertificate) == null) {
            found.put(Field.CLIENT_CERTIFICATE, Fault.NO_CERTIFICATE);
        }
        String through = proxy.get().strip();
        if (!through.isEmpty() && protocol.get() == Protocol.GRPC) {
            found.put(Field.PROXY, Fault.PROXY_WITH_GRPC);
        } else if (!through.isEmpty() && !isProxy(through)) {
            found.put(Field.PROXY, Fault.NO_PROXY);
        }
        faults.set(Map.copyOf(found));
        changed.set(!token.get().isEmpty()
                || !enteredSettings(saved.agreedEndpoint()).equals(saved));
    }

    private static boolean isProxy(String text) {
        Matcher proxy = PROXY.matcher(text);
        if (!proxy.matches()) {
            return false;
        }
        int port = Integer.parseInt(proxy.group(2));
        return port > 0 && port <= MOST_PORT;
    }

    /** Saves everything, or nothing and shows what is wrong. */
    void save() {
        foundOnSaving.clear();
        check();
        if (!faults.get().isEmpty() || saving.get()) {
            return;
        }
        saving.set(true);
        TelemetrySettings entered = enteredSettings(null);
        String newToken = token.get();
        background.quickly(() -> store(entered, newToken), found -> {
            saving.set(false);
            foundOnSaving.putAll(found);
            if (found.isEmpty()) {
                token.set("");
                readTokenHint();
            }
            check();
        });
    }

    private Map<Field, Fault> store(TelemetrySettings entered, String newToken) {
        var found = new EnumMap<Field, Fault>(Field.class);
        checkFile(Field.CERTIFICATE, entered.certificate(), found);
        checkFile(Field.CLIENT_CERTIFICATE, entered.clientCertificate(), found);
        checkFile(Field.CLIENT_KEY, entered.clientKey(), found);
        if (found.isEmpty() && !newToken.isEmpty()) {
            writeToken(newToken, found);
        }
        if (found.isEmpty()) {
            settings.update(now -> entered.withAgreedEndpoint(now.agreedEndpoint()));
            tokenFile.use();
        }
        return found;
    }

    private static void checkFile(Field field, @Nullable String name, Map<Field, Fault> found) {
        if (name != null && !isReadableFile(name)) {
            found.put(field, Fault.NO_FILE);
        }
    }

    private static boolean isReadableFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name)) && Files.isReadable(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void writeToken(String newToken, Map<Field, Fault> found) {
        try {
            tokenFile.write(newToken);
        } catch (IllegalArgumentException e) {
            found.put(Field.TOKEN, Fault.NO_TOKEN);
        } catch (IOException e) {
            found.put(Field.TOKEN, Fault.TOKEN_NOT_WRITTEN);
        }
    }

    void removeToken() {
        background.quickly(
                () -> {
                    var found = new EnumMap<Field, Fault>(Field.class);
                    writeToken("", found);
                    tokenFile.use();
                    return found;
                },
                found -> {
                    foundOnSaving.remove(Field.TOKEN);
                    foundOnSaving.putAll(found);
                    check();
                    readTokenHint();
                });
    }

    private void readTokenHint() {
        background.quickly(this::tokenHint, found -> {
            tokenHint.set(found.text());
            if (found.fault() != null) {
                foundOnSaving.put(Field.TOKEN, found.fault());
                check();
            }
        });
    }

    private record Hint(String text, @Nullable Fault fault) {}

    private Hint tokenHint() {
        try {
            return new Hint(tokenFile.hint().orElse(""), null);
        } catch (IOException e) {
            return new Hint("", Fault.TOKEN_UNREADABLE);
        }
    }

    /** The user's yes goes with it: whoever switches it on again is asked again. */
    void switchOff() {
        background
                .quick()
                .execute(() -> settings.update(now -> new TelemetrySettings(
                        null,
                        null,
                        now.protocol(),
                        now.level(),
                        now.clicks(),
                        now.certificate(),
                        now.clientCertificate(),
                        now.clientKey(),
                        now.proxy())));
    }

    void test() {
        if (testing.get()) {
            return;
        }
        testing.set(true);
        answer.set(null);
        background.patiently(tester, came -> {
            testing.set(false);
            answer.set(came);
        });
    }

    Path tokenPath() {
        return tokenFile.file();
    }

    StringProperty endpointProperty() {
        return endpoint;
    }

    ObjectProperty<Protocol> protocolProperty() {
        return protocol;
    }

    ObjectProperty<TextLevel> levelProperty() {
        return level;
    }

    BooleanProperty clicksProperty() {
        return clicks;
    }

    /** Another token; empty: the one there is stays. */
    StringProperty tokenProperty() {
        return token;
    }

    StringProperty certificateProperty() {
        return certificate;
    }

    StringProperty clientCertificateProperty() {
        return clientCertificate;
    }

    StringProperty clientKeyProperty() {
        return clientKey;
    }

    StringProperty proxyProperty() {
        return proxy;
    }

    ReadOnlyObjectProperty<Map<Field, Fault>> faultsProperty() {
        return faults.getReadOnlyProperty();
    }

    /** Whether something was entered that is not saved. */
    ReadOnlyBooleanProperty changedProperty() {
        return changed.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty savingProperty() {
        return saving.getReadOnlyProperty();
    }

    /** What may be shown of the token there is; empty if there is none. */
    ReadOnlyStringProperty tokenHintProperty() {
        return tokenHint.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty testingProperty() {
        return testing.getReadOnlyProperty();
    }

    /** What became of the last test; {@code null}: there was none, or it is on its way. */
    ReadOnlyObjectProperty<@Nullable Answer> answerProperty() {
        return answer.getReadOnlyProperty();
    }
}
