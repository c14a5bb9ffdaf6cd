package dev.kansoku.ollama;

import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where an Ollama server is. Equal addresses are the same server, however they were written.
 */
public final class OllamaAddress {

    /** Where Ollama listens unless told otherwise: {@code http://127.0.0.1:11434}. */
    public static final OllamaAddress DEFAULT = parse("");

    private static final int DEFAULT_PORT = 11434;

    private final HttpUrl base;

    private OllamaAddress(HttpUrl base) {
        this.base = base;
    }

    /** Whether {@link #parse} takes it. */
    public static boolean isValid(String text) {
        try {
            parse(text);
            return true;
        } catch (InvalidAddressException e) {
            return false;
        }
    }

    /**
     * Reads an address in any form that {@code OLLAMA_HOST} may have, as Ollama itself does (envconfig/config.go,
     * {@code Host} and {@code ConnectableHost}): {@code host}, {@code host:port}, {@code :port}, an IPv6 address with
     * or without brackets, or a URL with a path if a proxy wants one. A bare host means port 11434, but
     * {@code http://host} means 80 and {@code https://host} 443. Blanks and quotes around it are dropped; nothing at
     * all is {@link #DEFAULT}. The addresses that only a server can have, {@code 0.0.0.0} and {@code ::}, become the
     * loopback address of their family.
     *
     * <p>Unlike Ollama, which silently takes its default port for one it cannot read, this refuses what makes no sense.
     *
     * @throws InvalidAddressException if no server can be at such an address
     */
    public static OllamaAddress parse(String text) {
        String address = trim(text);
        String scheme = "http";
        int defaultPort = DEFAULT_PORT;
        int colon = address.indexOf("://");
        if (colon >= 0) {
            scheme = address.substring(0, colon).toLowerCase(Locale.ROOT);
            defaultPort = switch (scheme) {
                case "http" -> 80;
                case "https" -> 443;
                default -> throw new InvalidAddressException(Problem.SCHEME);
            };
            address = address.substring(colon + 3);
        } else if (address.equals("ollama.com")) {
            scheme = "https";
            defaultPort = 443;
        }

        int slash = address.indexOf('/');
        String authority = slash < 0 ? address : address.substring(0, slash);
        String path = slash < 0 ? "" : address.substring(slash);
        if (authority.indexOf('@') >= 0) {
            throw new InvalidAddressException(Problem.CREDENTIALS);
        }
        if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
            throw new InvalidAddressException(Problem.PATH);
        }
        HostAndPort hostAndPort = split(authority);
        return new OllamaAddress(
                url(scheme, hostAndPort.host(), port(hostAndPort.port(), defaultPort), path.replaceAll("/+$", "")));
    }

    /** Go's {@code strings.Trim(strings.TrimSpace(s), "\"'")}, and blanks inside the quotes. */
    private static String trim(String text) {
        String unquoted = text.strip().replaceAll("^[\"']+|[\"']+$", "");
        return unquoted.strip();
    }

    private static HostAndPort split(String authority) {
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            String rest = end < 0 ? "?" : authority.substring(end + 1);
            if (!rest.isEmpty() && !rest.startsWith(":")) {
                throw new InvalidAddressException(Problem.HOST);
            }
            return new HostAndPort(authority.substring(1, end), rest.isEmpty() ? "" : rest.substring(1));
        }
        int colon = authority.lastIndexOf(':');
        boolean bareIpv6 = colon != authority.indexOf(':');
        return colon < 0 || bareIpv6
                ? new HostAndPort(authority, "")
                : new HostAndPort(authority.substring(0, colon), authority.substring(colon + 1));
    }

    private static int port(String text, int defaultPort) {
        if (text.isEmpty()) {
            return defaultPort;
        }
        if (!text.matches("[0-9]{1,5}")) {
            throw new InvalidAddressException(Problem.PORT);
        }
        int port = Integer.parseInt(text);
        if (port < 1 || port > 65535) {
            throw new InvalidAddressException(Problem.PORT);
        }
        return port;
    }

    private static HttpUrl url(String scheme, String host, int port, String path) {
        try {
            HttpUrl.Builder builder = new HttpUrl.Builder()
                    .scheme(scheme)
                    .host(host.isEmpty() ? "127.0.0.1" : host)
                    .port(port);
            if (!path.isEmpty()) {
                builder.addPathSegments(path.substring(1));
            }
            HttpUrl url = builder.build();
            return switch (url.host()) {
                case "0.0.0.0" -> builder.host("127.0.0.1").build();
                case "::" -> builder.host("::1").build();
                default -> url;
            };
        } catch (IllegalArgumentException e) {
            throw new InvalidAddressException(Problem.HOST);
        }
    }

    /** Whether the server is on this machine: {@code 127.0.0.0/8}, {@code ::1}, {@code localhost} and names below it. */
    public boolean isLoopback() {
        String host = base.host();
        return host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("::1")
                || host.equals("localhost")
                || host.endsWith(".localhost");
    }

    /** At which the server, or a proxy in front of it, listens. */
    public int port() {
        return base.port();
    }

    /**
     * The address as people are used to read it, e.g. {@code 127.0.0.1:11434}; with the scheme only if it is
     * {@code https}. {@link #parse} understands it.
     */
    public String display() {
        if (base.isHttps()) {
            return url();
        }
        String host = base.host().indexOf(':') >= 0 ? "[" + base.host() + "]" : base.host();
        String path = base.encodedPath().equals("/") ? "" : base.encodedPath();
        return host + ":" + base.port() + path;
    }

    /** The address as a URL without a slash at its end, e.g. {@code http://127.0.0.1:11434}; port 80 is left out. */
    public String url() {
        String url = base.toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The URL of one of the API's paths, e.g. {@code api/chat}. */
    HttpUrl resolve(String apiPath) {
        return base.newBuilder().addPathSegments(apiPath).build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OllamaAddress that && base.equals(that.base);
    }

    @Override
    public int hashCode() {
        return base.hashCode();
    }

    @Override
    public String toString() {
        return url();
    }

    private record HostAndPort(String host, String port) {}

    /** What is wrong with an address. */
    public enum Problem {
        /** Neither {@code http} nor {@code https}. */
        SCHEME,
        /** Not the name or the address of a machine. */
        HOST,
        /** Not a number from 1 to 65535. */
        PORT,
        /** The path has a query or a fragment. */
        PATH,
        /** A user name or password, which must not stand in something that is shown, logged and stored. */
        CREDENTIALS
    }

    /** Thrown for an address that makes no sense. The message does not quote it: it may hold a password. */
    public static final class InvalidAddressException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final Problem problem;

        InvalidAddressException(Problem problem) {
            super(problem.name());
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }
}
