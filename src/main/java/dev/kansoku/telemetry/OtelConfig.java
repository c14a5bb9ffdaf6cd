package dev.kansoku.telemetry;

import dev.kansoku.telemetry.TelemetrySettings.Protocol;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK is told: the variables of the environment as they are ({@code OTEL_…}), behind them the settings, behind
 * them what the program chooses itself.
 *
 * @param endpoints where signals go, each named once; empty: nowhere, telemetry is off
 * @param fromEnvironment whether variables name them
 * @param properties by the names of the SDK's autoconfigure module, those of the environment among them
 * @param proxy host and port; {@code null}: none
 */
record OtelConfig(
        List<String> endpoints,
        boolean fromEnvironment,
        Map<String, String> properties,
        @Nullable String proxy) {

    private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
    private static final List<String> SIGNALS = List.of("traces", "metrics", "logs");

    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "kansoku",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.exporter.otlp.compression", "gzip",
            "otel.propagators", "none",
            // Ours is that of the installation, and not of the run.
            "otel.java.disabled.resource.providers",
                    "io.opentelemetry.sdk.autoconfigure.ServiceInstanceIdResourceProvider",
            // The batches are sent at the end of a turn; this is for what comes between.
            "otel.bsp.schedule.delay", "1000",
            "otel.experimental.sdk.telemetry.version", "latest");

    /** The files have programs of their own behind them, which no wall of ours stands around. */
    private static final List<String> UNSUPPORTED = List.of("otel.config.file", "otel.experimental.config.file");

    /**
     * Joins them.
     *
     * @param token for the header; {@code null}: none
     * @throws IllegalArgumentException if a variable asks for what cannot be; the message is a sentence
     */
    static OtelConfig of(Map<String, String> environment, TelemetrySettings settings, @Nullable String token) {
        // In whatever case, as the SDK reads them.
        Map<String, String> variables = new HashMap<>();
        environment.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT).replace('_', '.');
            if (key.startsWith("otel.") && !value.isBlank()) {
                variables.put(key, value.strip());
            }
        });
        if ("true".equalsIgnoreCase(variables.get("otel.sdk.disabled"))) {
            return new OtelConfig(List.of(), true, Map.of(), null);
        }
        boolean fromEnvironment = variables.containsKey(ENDPOINT)
                || SIGNALS.stream().anyMatch(signal -> variables.containsKey(endpointOf(signal)));
        var properties = new HashMap<>(DEFAULTS);
        properties.putAll(of(settings, token));
        if (fromEnvironment) {
            properties.remove(ENDPOINT);
        }
        properties.putAll(variables);
        SIGNALS.stream()
                .filter(signal -> endpoint(signal, properties).isEmpty())
                .forEach(signal -> properties.put("otel." + signal + ".exporter", "none"));
        List<String> endpoints = SIGNALS.stream()
                .filter(signal -> !"none".equals(properties.get("otel." + signal + ".exporter")))
                .flatMap(signal -> endpoint(signal, properties).stream())
                .distinct()
                .toList();
        if (!endpoints.isEmpty()) {
            check(variables, endpoints);
        }
        return new OtelConfig(endpoints, fromEnvironment, Map.copyOf(properties), settings.proxy());
    }

    private static Map<String, String> of(TelemetrySettings settings, @Nullable String token) {
        var properties = new HashMap<String, String>();
        put(properties, ENDPOINT, settings.endpoint());
        if (settings.protocol() == Protocol.GRPC) {
            properties.put("otel.exporter.otlp.protocol", "grpc");
        }
        put(properties, "otel.exporter.otlp.certificate", settings.certificate());
        put(properties, "otel.exporter.otlp.client.certificate", settings.clientCertificate());
        put(properties, "otel.exporter.otlp.client.key", settings.clientKey());
        put(
                properties,
                "otel.exporter.otlp.headers",
                token == null
                        ? null
                        // The SDK decodes it.
                        : "authorization=Bearer%20" + URLEncoder.encode(token, StandardCharsets.UTF_8));
        return properties;
    }

    private static void put(Map<String, String> properties, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            properties.put(key, value.strip());
        }
    }

    private static String endpointOf(String signal) {
        return "otel.exporter.otlp." + signal + ".endpoint";
    }

    private static Optional<String> endpoint(String signal, Map<String, String> properties) {
        return Stream.of(endpointOf(signal), ENDPOINT)
                .flatMap(key -> Optional.ofNullable(properties.get(key)).stream())
                .findFirst();
    }

    private static void check(Map<String, String> variables, List<String> endpoints) {
        for (String key : UNSUPPORTED) {
            if (variables.containsKey(key)) {
                throw new IllegalArgumentException(
                        key.toUpperCase(Locale.ROOT).replace('.', '_') + " is not supported.");
            }
        }
        endpoints.forEach(OtelConfig::check);
    }

    private static void check(String endpoint) {
        try {
            var uri = new URI(endpoint);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isWeb && uri.getHost() != null && uri.getUserInfo() == null) {
                return;
            }
        } catch (URISyntaxException e) {
            // Nor is it with a login.
        }
        throw new IllegalArgumentException(
                "The endpoint of the Collector is no address such as http://127.0.0.1:4318.");
    }

    /**
     * What goes before all that the SDK has found by itself.
     *
     * @throws ConfigurationException if it has found an endpoint that nobody was asked about, as in a system property
     */
    Map<String, String> over(ConfigProperties found) {
        Stream.concat(Stream.of(ENDPOINT), SIGNALS.stream().map(OtelConfig::endpointOf))
                .forEach(key -> {
                    @Nullable String other = found.getString(key);
                    if (other != null && !other.equals(properties.get(key))) {
                        throw new ConfigurationException("The system property " + key + " is not supported.");
                    }
                });
        return properties;
    }

    boolean isOff() {
        return endpoints.isEmpty();
    }

    /** All endpoints, for a human to read and to agree to. */
    String endpoint() {
        return String.join(", ", endpoints);
    }
}
