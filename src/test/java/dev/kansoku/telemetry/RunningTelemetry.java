package dev.kansoku.telemetry;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.RunningModel;
import dev.kansoku.privacy.Masker;
import dev.kansoku.settings.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Telemetry as a run of the program has it, with all its files in one folder. */
public final class RunningTelemetry implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Stored<TelemetrySettings> settings;
    private final Stored<Installation> installation;
    private final TelemetryControl control;

    private RunningTelemetry(Path folder, Map<String, String> environment, Supplier<ModelSnapshot> models) {
        settings = new Stored<>(folder.resolve("telemetry.json"), TelemetrySettings.class, TelemetrySettings.DEFAULTS);
        installation = new Stored<>(folder.resolve("installation.json"), Installation.class, Installation.NEW);
        control = new TelemetryControl(
                settings,
                installation,
                new Token(folder.resolve("token")),
                new Masker("US"),
                new TelemetryControl.Surroundings(
                        environment,
                        folder.resolve("spool"),
                        folder.resolve("logs"),
                        UUID.randomUUID(),
                        models,
                        () -> 8L << 30));
        control.start();
    }

    private static ModelSnapshot models() {
        return new ModelSnapshot(
                OllamaAddress.DEFAULT,
                false,
                0,
                "0.32.15",
                List.of(),
                List.of(new RunningModel("granite3.2:2b", "sha256:1", 3_000_000, 1_000_000, null, null)),
                Map.of(),
                null);
    }

    public static RunningTelemetry start(Path folder, Map<String, String> environment) {
        return new RunningTelemetry(folder, environment, RunningTelemetry::models);
    }

    /** Starts it with this endpoint, of which the user says that it is right. */
    public static RunningTelemetry startAgreed(Path folder, String endpoint) {
        return startAgreed(folder, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), endpoint);
    }

    /** The same with whatever else the environment has. */
    static RunningTelemetry startAgreed(Path folder, Map<String, String> environment, String endpoint) {
        return startAgreed(folder, environment, endpoint, RunningTelemetry::models);
    }

    /** Starts it with this endpoint and whatever else the environment has, knowing these models. */
    static RunningTelemetry startAgreed(
            Path folder, Map<String, String> environment, String endpoint, Supplier<ModelSnapshot> models) {
        var started = new RunningTelemetry(folder, environment, models);
        started.await("the question, or none", () -> !(started.control.state() instanceof TelemetryState.Off));
        started.control.agree(endpoint);
        started.await("telemetry is on", () -> started.control.state() instanceof TelemetryState.On);
        return started;
    }

    /** The same over gRPC. */
    public static RunningTelemetry startAgreedGrpc(Path folder, String endpoint) {
        return startAgreed(
                folder,
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
                endpoint);
    }

    public TelemetryControl control() {
        return control;
    }

    Stored<TelemetrySettings> settings() {
        return settings;
    }

    public void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }

    @Override
    public void close() {
        control.close();
        settings.close();
        installation.close();
    }
}
