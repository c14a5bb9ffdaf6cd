package dev.kansoku.ui.settings;

import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.settings.Language;
import dev.kansoku.settings.SendKey;
import dev.kansoku.settings.ServerAddress;
import dev.kansoku.settings.Settings;
import dev.kansoku.settings.Stored;
import dev.kansoku.settings.Theme;
import java.time.Duration;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The settings while they are being edited. */
public final class SettingsViewModel {

    /** What is wrong with what was entered. */
    public enum Fault {
        ADDRESS,
        FIRST_BYTE_TIMEOUT,
        IDLE_TIMEOUT
    }

    private final Stored<Settings> settings;
    private final ServerAddress inForce;
    private final StringProperty address;
    private final StringProperty firstByteSeconds;
    private final StringProperty idleSeconds;
    private final ObjectProperty<Language> language;
    private final ObjectProperty<Theme> theme;
    private final ObjectProperty<SendKey> sendKey;
    private final BooleanProperty preload;

    /** @param inForce the address that is used at the moment, and who said so */
    public SettingsViewModel(Stored<Settings> settings, ServerAddress inForce) {
        this.settings = settings;
        this.inForce = inForce;
        Settings now = settings.get();
        address = new SimpleStringProperty(now.address() == null ? "" : now.address());
        firstByteSeconds =
                new SimpleStringProperty(String.valueOf(now.firstByteTimeout().toSeconds()));
        idleSeconds = new SimpleStringProperty(String.valueOf(now.idleTimeout().toSeconds()));
        language = new SimpleObjectProperty<>(now.language());
        theme = new SimpleObjectProperty<>(now.theme());
        sendKey = new SimpleObjectProperty<>(now.sendKey());
        preload = new SimpleBooleanProperty(now.preload());
    }

    public ServerAddress inForce() {
        return inForce;
    }

    /** Whether the address is given from outside, so that the one entered here does not count. */
    public boolean isAddressOverridden() {
        return inForce.source() == ServerAddress.Source.COMMAND_LINE
                || inForce.source() == ServerAddress.Source.ENVIRONMENT;
    }

    public StringProperty addressProperty() {
        return address;
    }

    public StringProperty firstByteSecondsProperty() {
        return firstByteSeconds;
    }

    public StringProperty idleSecondsProperty() {
        return idleSeconds;
    }

    public ObjectProperty<Language> languageProperty() {
        return language;
    }

    public ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    public ObjectProperty<SendKey> sendKeyProperty() {
        return sendKey;
    }

    public BooleanProperty preloadProperty() {
        return preload;
    }

    /** Saves everything, or nothing and returns the first fault. */
    public Optional<Fault> save() {
        String entered = address.get().strip();
        if (!entered.isEmpty() && !OllamaAddress.isValid(entered)) {
            return Optional.of(Fault.ADDRESS);
        }
        Optional<Duration> firstByte = seconds(firstByteSeconds.get());
        if (firstByte.isEmpty()) {
            return Optional.of(Fault.FIRST_BYTE_TIMEOUT);
        }
        Optional<Duration> idle = seconds(idleSeconds.get());
        if (idle.isEmpty()) {
            return Optional.of(Fault.IDLE_TIMEOUT);
        }
        settings.update(now -> now.withAddress(entered.isEmpty() ? null : entered)
                .withFirstByteTimeout(firstByte.get())
                .withIdleTimeout(idle.get())
                .withLanguage(language.get())
                .withTheme(theme.get())
                .withSendKey(sendKey.get())
                .withPreload(preload.get()));
        return Optional.empty();
    }

    private static Optional<Duration> seconds(String text) {
        try {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip()))).filter(Settings::isTimeout);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
