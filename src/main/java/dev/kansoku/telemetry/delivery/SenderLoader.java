package dev.kansoku.telemetry.delivery;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the SDK's exporters senders of ours, and everything else as another loader has it.
 *
 * <p>A sender is not told which signal it is for: the endpoint's path is for the user to choose, and the messages of the three
 * signals parse as each other. But an exporter makes its sender while its provider makes the exporter, and there is a type of
 * provider for each signal. So the signal is bound while a provider works.
 */
final class SenderLoader implements ComponentLoader {

    private static final ScopedValue<Signal> SIGNAL = ScopedValue.newInstance();

    private static final Map<Class<?>, Signal> EXPORTER_PROVIDERS = Map.of(
            ConfigurableSpanExporterProvider.class, Signal.TRACES,
            ConfigurableMetricExporterProvider.class, Signal.METRICS,
            ConfigurableLogRecordExporterProvider.class, Signal.LOGS);

    private final ComponentLoader others;
    private final Intake intake;
    private final Uplink uplink;
    private final Supplier<java.net.@Nullable Proxy> proxy;

    SenderLoader(ComponentLoader others, Intake intake, Uplink uplink, Supplier<java.net.@Nullable Proxy> proxy) {
        this.others = others;
        this.intake = intake;
        this.uplink = uplink;
        this.proxy = proxy;
    }

    @Override
    public <T> Iterable<T> load(Class<T> type) {
        if (type == HttpSenderProvider.class) {
            HttpSenderProvider provider = this::http;
            return List.of(type.cast(provider));
        }
        if (type == GrpcSenderProvider.class) {
            GrpcSenderProvider provider = this::grpc;
            return List.of(type.cast(provider));
        }
        Signal signal = EXPORTER_PROVIDERS.get(type);
        if (signal == null) {
            return others.load(type);
        }
        var providers = new ArrayList<T>();
        others.load(type).forEach(provider -> providers.add(type.cast(binding(signal, type, provider))));
        return providers;
    }

    private HttpSender http(HttpSenderConfig config) {
        Signal signal = signal();
        var routed = new RoutedHttp(config, new Route(proxy.get()));
        HttpSender sender = first(HttpSenderProvider.class).createSender(routed);
        uplink.connect(signal, new Transport.Http(signal, sender), config.getTimeout());
        return intake.http(signal);
    }

    private GrpcSender grpc(GrpcSenderConfig config) {
        Signal signal = signal();
        if (proxy.get() != null) {
            throw new IllegalArgumentException(
                    "OTLP over gRPC cannot go through a proxy: choose HTTP, or set no proxy.");
        }
        GrpcSender sender = first(GrpcSenderProvider.class).createSender(new GrpcOnce(config));
        uplink.connect(signal, new Transport.Grpc(signal, sender), config.getTimeout());
        return intake.grpc(signal);
    }

    private static Signal signal() {
        return SIGNAL.orElseThrow(() -> new IllegalStateException(
                "An exporter has to be made by the autoconfigure module: otherwise its signal is not known."));
    }

    private <T> T first(Class<T> provider) {
        List<T> all = ComponentLoader.loadList(others, provider);
        if (all.isEmpty()) {
            throw new IllegalStateException("There is no " + provider.getName());
        }
        return all.getFirst();
    }

    /**
     * The provider with all its interfaces, because the SDK asks for more of them than the one it loads: it also tells the
     * providers of its own exporters when it is ready, so that these can count.
     */
    private static Object binding(Signal signal, Class<?> type, Object provider) {
        Set<Class<?>> interfaces =
                new LinkedHashSet<>(List.of(provider.getClass().getInterfaces()));
        interfaces.add(type);
        return Proxy.newProxyInstance(
                provider.getClass().getClassLoader(),
                interfaces.toArray(Class<?>[]::new),
                (_, method, arguments) ->
                        ScopedValue.where(SIGNAL, signal).call(() -> invoke(method, provider, arguments)));
    }

    private static @Nullable Object invoke(Method method, Object target, Object @Nullable [] arguments)
            throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
