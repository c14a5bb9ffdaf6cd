package dev.kansoku.telemetry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kansoku.privacy.TextLevel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the user has set about telemetry. Secrets are not in it: see {@link Token}.
 *
 * @param endpoint URL of the Collector; {@code null}: off, unless the environment names one
 * @param agreedEndpoint where the user has agreed to send to; {@code null}: nowhere yet
 * @param level how much of texts is sent
 * @param clicks whether the use of buttons is sent too
 * @param certificate file with the authority that the Collector's certificate must come from (PEM); {@code null}: those of
 *     the system
 * @param clientCertificate file with the certificate that this program shows (PEM)
 * @param clientKey file with its key (PEM, PKCS #8)
 * @param proxy host and port of an HTTP proxy
 */
public record TelemetrySettings(
        @Nullable String endpoint,
        @Nullable String agreedEndpoint,
        Protocol protocol,
        TextLevel level,
        boolean clicks,
        @Nullable String certificate,
        @Nullable String clientCertificate,
        @Nullable String clientKey,
        @Nullable String proxy) {

    /** How signals travel. */
    public enum Protocol {
        HTTP,
        GRPC
    }

    public static final TelemetrySettings DEFAULTS =
            new TelemetrySettings(null, null, Protocol.HTTP, TextLevel.MASKED, false, null, null, null, null);

    /** What makes no sense becomes the default, and for the level what tells least. */
    @JsonCreator
    static TelemetrySettings fromJson(
            @JsonProperty("endpoint") @Nullable String endpoint,
            @JsonProperty("agreedEndpoint") @Nullable String agreedEndpoint,
            @JsonProperty("protocol") @Nullable Protocol protocol,
            @JsonProperty("level") @Nullable TextLevel level,
            @JsonProperty("clicks") @Nullable Boolean clicks,
            @JsonProperty("certificate") @Nullable String certificate,
            @JsonProperty("clientCertificate") @Nullable String clientCertificate,
            @JsonProperty("clientKey") @Nullable String clientKey,
            @JsonProperty("proxy") @Nullable String proxy) {
        return new TelemetrySettings(
                endpoint,
                agreedEndpoint,
                Objects.requireNonNullElse(protocol, DEFAULTS.protocol),
                Objects.requireNonNullElse(level, TextLevel.NOTHING),
                Objects.requireNonNullElse(clicks, false),
                certificate,
                clientCertificate,
                clientKey,
                proxy);
    }

    public TelemetrySettings withAgreedEndpoint(@Nullable String value) {
        return new TelemetrySettings(
                endpoint, value, protocol, level, clicks, certificate, clientCertificate, clientKey, proxy);
    }

    public TelemetrySettings withLevel(TextLevel value) {
        return new TelemetrySettings(
                endpoint, agreedEndpoint, protocol, value, clicks, certificate, clientCertificate, clientKey, proxy);
    }
}
