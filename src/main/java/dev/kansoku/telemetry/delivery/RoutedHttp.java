package dev.kansoku.telemetry.delivery;

import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** What the exporter has set, but for the way, and without the SDK's retries: {@link Uplink} does that itself. */
record RoutedHttp(HttpSenderConfig config, Route route) implements HttpSenderConfig {

    @Override
    public URI getEndpoint() {
        return config.getEndpoint();
    }

    @Override
    public String getContentType() {
        return config.getContentType();
    }

    @Override
    public @Nullable Compressor getCompressor() {
        return config.getCompressor();
    }

    @Override
    public Duration getTimeout() {
        return config.getTimeout();
    }

    @Override
    public Duration getConnectTimeout() {
        return config.getConnectTimeout();
    }

    @Override
    public Supplier<Map<String, List<String>>> getHeadersSupplier() {
        return config.getHeadersSupplier();
    }

    @Override
    public ProxyOptions getProxyOptions() {
        return ProxyOptions.create(route);
    }

    @Override
    public @Nullable RetryPolicy getRetryPolicy() {
        return null;
    }

    @Override
    public @Nullable SSLContext getSslContext() {
        return config.getSslContext();
    }

    @Override
    public @Nullable X509TrustManager getTrustManager() {
        return config.getTrustManager();
    }

    @Override
    public @Nullable ExecutorService getExecutorService() {
        return config.getExecutorService();
    }

    @Override
    public long getMaxResponseBodySize() {
        return config.getMaxResponseBodySize();
    }

    @Override
    public List<String> getEnabledProtocols() {
        return config.getEnabledProtocols();
    }
}
