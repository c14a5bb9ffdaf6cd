package dev.kansoku.telemetry.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The way to one Collector: straight, if it is on this machine; else through the proxy that is set, or as the JVM is told. It
 * leads to no other host: OkHttp follows redirections, also with what it was given to send, and a Collector that is trusted
 * must not pass it on to one that is not.
 */
final class Route extends ProxySelector {

    /** OkHttp refuses port 0 before it looks up or connects anything. */
    private static final Proxy NOWHERE = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("localhost", 0));

    private final @Nullable Proxy proxy;

    /** That which is asked for first, because a redirection can only come later. As OkHttp writes it, not as the user did. */
    private final AtomicReference<String> origin = new AtomicReference<>();

    Route(@Nullable Proxy proxy) {
        this.proxy = proxy;
    }

    /**
     * Reads what the user has set.
     *
     * @throws IllegalArgumentException if it is no host and port
     */
    static Proxy proxy(String hostAndPort) {
        try {
            URI uri = URI.create("http://" + hostAndPort.strip());
            if (uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getPort() <= 0xffff
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()) {
                return new Proxy(
                        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(name(uri.getHost()), uri.getPort()));
            }
        } catch (IllegalArgumentException e) {
            // As below. What was written is not repeated: people write passwords there.
        }
        throw new IllegalArgumentException("A proxy is written as host:port.");
    }

    @Override
    public List<Proxy> select(URI uri) {
        String asked = uri.getScheme() + "://" + uri.getAuthority();
        if (!origin.compareAndSet(null, asked) && !asked.equals(origin.get())) {
            return List.of(NOWHERE);
        }
        if (isLoopback(name(uri.getHost()))) {
            return List.of(Proxy.NO_PROXY);
        }
        if (proxy != null) {
            return List.of(proxy);
        }
        ProxySelector ofTheJvm = getDefault();
        return ofTheJvm == null ? List.of(Proxy.NO_PROXY) : ofTheJvm.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is no second one to try.
    }

    /** Without a look-up: a name that only the resolver knows to be this machine is taken for another one. */
    private static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(name).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Without the brackets that stand around an IPv6 address in a URI. */
    private static String name(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
