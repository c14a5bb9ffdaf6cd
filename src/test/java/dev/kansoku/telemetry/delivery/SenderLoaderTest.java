package dev.kansoku.telemetry.delivery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kansoku.telemetry.delivery.DeliveryProblem.Kind;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the exporters that the SDK's autoconfigure module makes are given, and which way it leads. */
@Timeout(60)
class SenderLoaderTest {

    private static final ComponentLoader CLASS_PATH =
            ComponentLoader.forClassLoader(SenderLoaderTest.class.getClassLoader());

    @TempDir
    private Path folder;

    @AutoClose
    private final ScriptedCollector collector = ScriptedCollector.start();

    private Delivery delivery;

    @BeforeEach
    void start() {
        delivery = new Delivery(
                folder, new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)), InstantSource.system());
        delivery.start();
    }

    @AfterEach
    void end() {
        delivery.close(Duration.ZERO);
    }

    @Test
    void theSignalIsKnownWhateverThePath() {
        String anywhere = collector.endpoint() + "/in";
        try (Exporting exporting = Exporting.to(
                collector.endpoint(),
                delivery,
                Map.of(
                        "otel.exporter.otlp.traces.endpoint", anywhere,
                        "otel.exporter.otlp.metrics.endpoint", anywhere,
                        "otel.exporter.otlp.logs.endpoint", anywhere))) {
            exporting.log("a").spans("b").metrics(1);
            awaitSent(3);
        }
        assertThat(collector.requests())
                .extracting(ScriptedCollector.Request::target)
                .containsOnly("/in");
        assertThat(delivery.sent()).extracting(SentMessage::signal).contains(Signal.values());
        assertThat(delivery.sent()).allSatisfy(message -> {
            String records = switch (message.signal()) {
                case TRACES -> "spans";
                case METRICS -> "metrics";
                case LOGS -> "log_records";
            };
            assertThat(message.text()).contains("\n    " + records + "\n");
        });
    }

    @Test
    void theExportersStillCountForThemselves() {
        try (Exporting exporting = Exporting.to(collector.endpoint(), delivery)) {
            exporting.spans("a").metrics(1);
            awaitSent(2);
        }
        assertThat(delivery.sent().getLast().text()).contains("otlp.exporter.exported");
    }

    @Test
    void anExporterThatIsMadeByHandIsNotAccepted() {
        var builder = OtlpHttpSpanExporter.builder().setComponentLoader(delivery.senders(CLASS_PATH));

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("autoconfigure");
    }

    @Test
    void aCollectorOnThisMachineIsSpokenToWithoutTheProxy() {
        try (var proxy = ScriptedCollector.start()) {
            delivery.proxy("127.0.0.1:" + proxy.port());
            try (Exporting exporting = Exporting.to("http://localhost:" + collector.port(), delivery)) {
                exporting.spans("a");
                awaitSent(1);
            }
            assertThat(collector.spans()).containsExactly("a");
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void anotherMachinesCollectorIsSpokenToThroughTheProxy() {
        delivery.proxy("localhost:" + collector.port());
        try (Exporting exporting = Exporting.to("http://collector.invalid:4318", delivery)) {
            exporting.spans("a");
            awaitSent(1);
        }
        assertThat(collector.requests())
                .extracting(ScriptedCollector.Request::target)
                .containsExactly("http://collector.invalid:4318/v1/traces");
    }

    @Test
    void aProxyIsWrittenAsHostAndPort() {
        for (String wrong : List.of("", "proxy", "http://proxy:80", "user:password@proxy:80", "proxy:99999", "a b:1")) {
            assertThatThrownBy(() -> delivery.proxy(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A proxy is written as host:port.");
        }
    }

    @Test
    void noRedirectionLeadsToAnotherHost() {
        try (var other = ScriptedCollector.start()) {
            collector.always(exchange -> {
                exchange.getResponseHeaders().set("Location", "http://localhost:" + other.port() + "/v1/traces");
                exchange.sendResponseHeaders(307, -1);
            });
            try (Exporting exporting = Exporting.to(collector.endpoint(), delivery)) {
                exporting.spans("a");
                await().atMost(10, SECONDS).until(() -> collector.requests().size() >= 2);
            }
            assertThat(delivery.status().problem())
                    .isNotNull()
                    .extracting(DeliveryProblem::kind)
                    .isEqualTo(Kind.NO_COLLECTOR);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void gRpcThroughAProxyIsAnErrorThatSaysSo() {
        delivery.proxy("proxy.invalid:8080");

        assertThatThrownBy(() -> Exporting.to(
                        "http://collector.invalid:4317", delivery, Map.of("otel.exporter.otlp.protocol", "grpc")))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("OTLP over gRPC cannot go through a proxy: choose HTTP, or set no proxy.");
    }

    @Test
    void overGrpcTheMessagesOfAllSignalsGoOnceEach() {
        var methods = new CopyOnWriteArrayList<String>();
        GrpcSenderProvider provider = config -> {
            assertThat(config.getRetryPolicy()).isNull();
            return new AcceptingSender(() -> methods.add(config.getFullMethodName()));
        };
        ComponentLoader others = new ComponentLoader() {
            @Override
            public <T> Iterable<T> load(Class<T> type) {
                return type == GrpcSenderProvider.class ? List.of(type.cast(provider)) : CLASS_PATH.load(type);
            }
        };
        try (Exporting exporting = Exporting.through(
                delivery.senders(others), "http://localhost:4317", Map.of("otel.exporter.otlp.protocol", "grpc"))) {
            exporting.spans("a").log("b").metrics(1);
            awaitSent(3);
            assertThat(methods)
                    .containsExactlyInAnyOrder(
                            "opentelemetry.proto.collector.trace.v1.TraceService/Export",
                            "opentelemetry.proto.collector.logs.v1.LogsService/Export",
                            "opentelemetry.proto.collector.metrics.v1.MetricsService/Export");
        }
    }

    private void awaitSent(long messages) {
        await("sent")
                .atMost(10, SECONDS)
                .untilAsserted(() -> assertThat(delivery.status().sent())
                        .as("problem: %s", delivery.status().problem())
                        .isEqualTo(messages));
    }

    private record AcceptingSender(Runnable onSend) implements GrpcSender {

        @Override
        public void send(MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
            try {
                message.writeMessage(new ByteArrayOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            onSend.run();
            onResponse.accept(new GrpcResponse() {
                @Override
                public GrpcStatusCode getStatusCode() {
                    return GrpcStatusCode.OK;
                }

                @Override
                public String getStatusDescription() {
                    return "";
                }

                @Override
                public byte[] getResponseMessage() {
                    return new byte[0];
                }
            });
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
