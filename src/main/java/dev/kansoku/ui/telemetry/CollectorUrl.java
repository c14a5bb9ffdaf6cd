package dev.kansoku.ui.telemetry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The address of a Collector as it is entered and shown. */
record CollectorUrl(String host, int port) {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Empty if it is no URL with http or https and a host; user names and passwords have no place in it. */
    static Optional<CollectorUrl> parse(String text) {
        try {
            var uri = new URI(text.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean usable = Set.of("http", "https").contains(scheme)
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() != 0
                    && uri.getPort() < 1 << 16;
            return usable ? Optional.of(new CollectorUrl(uri.getHost(), uri.getPort())) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Host and port of an endpoint, or all of it where it is no URL. */
    static String shortly(String endpoint) {
        return parse(endpoint).map(CollectorUrl::authority).orElse(endpoint);
    }

    private String authority() {
        return port < 0 ? host : host + ":" + port;
    }

    /** Whether others on the network can read what is sent there: to one of them, if there are several. */
    static boolean isOpenToOthers(String endpoints) {
        return Stream.of(endpoints.split(",", -1)).map(String::strip).anyMatch(CollectorUrl::isOpen);
    }

    private static boolean isOpen(String endpoint) {
        return endpoint.startsWith("http:")
                && parse(endpoint).filter(url -> LOCAL.contains(url.host)).isEmpty();
    }
}
