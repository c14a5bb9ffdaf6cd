package dev.kansoku.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the user can set.
 *
 * @param address Ollama's address as the user wrote it; null: not set, see {@link ServerAddress}
 * @param firstByteTimeout how long the first byte of a reply may take; stored in whole seconds
 * @param idleTimeout how long the stream may be silent between two chunks; stored in whole seconds
 * @param preload whether a model is loaded as soon as it is chosen
 * @param showCloudModels whether models that run on somebody else's computers are listed
 * @param confirmedCloudModels cloud models the user has agreed to send text to; sorted, so that the file stays the same
 */
public record Settings(
        @Nullable String address,

        @JsonProperty("firstByteTimeoutSeconds") @JsonFormat(shape = JsonFormat.Shape.NUMBER, pattern = "SECONDS")
        Duration firstByteTimeout,

        @JsonProperty("idleTimeoutSeconds") @JsonFormat(shape = JsonFormat.Shape.NUMBER, pattern = "SECONDS")
        Duration idleTimeout,

        Language language,
        Theme theme,
        SendKey sendKey,
        boolean preload,
        boolean showCloudModels,
        Set<String> confirmedCloudModels) {

    public static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    public static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    public static final Settings DEFAULTS = new Settings(
            null,
            Duration.ofMinutes(10),
            Duration.ofMinutes(2),
            Language.SYSTEM,
            Theme.SYSTEM,
            SendKey.ENTER,
            false,
            false,
            Set.of());

    /** @throws IllegalArgumentException for a timeout outside {@link #SHORTEST_TIMEOUT} to {@link #LONGEST_TIMEOUT} */
    public Settings {
        if (!isTimeout(firstByteTimeout) || !isTimeout(idleTimeout)) {
            throw new IllegalArgumentException("timeout out of range: " + firstByteTimeout + ", " + idleTimeout);
        }
        confirmedCloudModels = Collections.unmodifiableSet(new TreeSet<>(confirmedCloudModels));
    }

    /** Somebody may have edited the file: a value that makes no sense becomes its default and costs no other setting. */
    @JsonCreator
    static Settings fromJson(
            @JsonProperty("address") @Nullable String address,
            @JsonProperty("firstByteTimeoutSeconds") @Nullable Double firstByteTimeoutSeconds,
            @JsonProperty("idleTimeoutSeconds") @Nullable Double idleTimeoutSeconds,
            @JsonProperty("language") @Nullable Language language,
            @JsonProperty("theme") @Nullable Theme theme,
            @JsonProperty("sendKey") @Nullable SendKey sendKey,
            @JsonProperty("preload") @Nullable Boolean preload,
            @JsonProperty("showCloudModels") @Nullable Boolean showCloudModels,
            @JsonProperty("confirmedCloudModels") @Nullable Set<String> confirmedCloudModels) {
        return new Settings(
                address,
                timeout(firstByteTimeoutSeconds, DEFAULTS.firstByteTimeout),
                timeout(idleTimeoutSeconds, DEFAULTS.idleTimeout),
                Objects.requireNonNullElse(language, DEFAULTS.language),
                Objects.requireNonNullElse(theme, DEFAULTS.theme),
                Objects.requireNonNullElse(sendKey, DEFAULTS.sendKey),
                Objects.requireNonNullElse(preload, DEFAULTS.preload),
                Objects.requireNonNullElse(showCloudModels, DEFAULTS.showCloudModels),
                Objects.requireNonNullElse(confirmedCloudModels, DEFAULTS.confirmedCloudModels));
    }

    private static Duration timeout(@Nullable Double seconds, Duration otherwise) {
        Duration timeout = seconds == null ? otherwise : Duration.ofSeconds(seconds.longValue());
        return isTimeout(timeout) ? timeout : otherwise;
    }

    /** Whether this is a timeout that the settings accept. */
    public static boolean isTimeout(Duration timeout) {
        return timeout.compareTo(SHORTEST_TIMEOUT) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0;
    }

    public Settings withAddress(@Nullable String value) {
        return new Settings(
                value,
                firstByteTimeout,
                idleTimeout,
                language,
                theme,
                sendKey,
                preload,
                showCloudModels,
                confirmedCloudModels);
    }

    public Settings withFirstByteTimeout(Duration value) {
        return new Settings(
                address, value, idleTimeout, language, theme, sendKey, preload, showCloudModels, confirmedCloudModels);
    }

    public Settings withIdleTimeout(Duration value) {
        return new Settings(
                address,
                firstByteTimeout,
                value,
                language,
                theme,
                sendKey,
                preload,
                showCloudModels,
                confirmedCloudModels);
    }

    public Settings withLanguage(Language value) {
        return new Settings(
                address,
                firstByteTimeout,
                idleTimeout,
                value,
                theme,
                sendKey,
                preload,
                showCloudModels,
                confirmedCloudModels);
    }

    public Settings withTheme(Theme value) {
        return new Settings(
                address,
                firstByteTimeout,
                idleTimeout,
                language,
                value,
                sendKey,
                preload,
                showCloudModels,
                confirmedCloudModels);
    }

    public Settings withSendKey(SendKey value) {
        return new Settings(
                address,
                firstByteTimeout,
                idleTimeout,
                language,
                theme,
                value,
                preload,
                showCloudModels,
                confirmedCloudModels);
    }

    public Settings withPreload(boolean value) {
        return new Settings(
                address,
                firstByteTimeout,
                idleTimeout,
                language,
                theme,
                sendKey,
                value,
                showCloudModels,
                confirmedCloudModels);
    }

    public Settings withShowCloudModels(boolean value) {
        return new Settings(
                address, firstByteTimeout, idleTimeout, language, theme, sendKey, preload, value, confirmedCloudModels);
    }

    public Settings withConfirmedCloudModels(Set<String> value) {
        return new Settings(
                address, firstByteTimeout, idleTimeout, language, theme, sendKey, preload, showCloudModels, value);
    }
}
