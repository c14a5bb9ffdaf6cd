package dev.kansoku.telemetry;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** To whom the program connects: while telemetry is off to nobody but Ollama. */
class ConnectionsTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final ScriptedServer ollama = ScriptedServer.start();

    @AutoClose
    private final ScriptedCollector collector = ScriptedCollector.start();

    @BeforeEach
    void script() {
        ollama.on("/api/chat", exchange -> exchange.ndjson(chunk("Because"), chunk(" of the air."), done()));
    }

    /** No Collector; one that nobody has agreed to; one for an SDK that is disabled. */
    static Stream<List<String>> whereItIsOff() {
        return Stream.of(List.of(), List.of("OTEL_SERVICE_NAME=kansoku"), List.of("OTEL_SDK_DISABLED=true"));
    }

    @ParameterizedTest
    @MethodSource("whereItIsOff")
    void whileTelemetryIsOffOllamaIsTheOnlyOne(List<String> environment) throws Exception {
        var variables = new ArrayList<>(environment);
        if (!environment.isEmpty()) {
            variables.add("OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.endpoint());
        }
        Connections made = run("nothing", variables);
        assertThat(made.sockets()).as("sockets").isEqualTo(ollama.connections()).isPositive();
        assertThat(made.ports()).as("ports that were written to").containsExactly(ollama.port());
        assertThat(collector.bodies()).isEmpty();
    }

    @Test
    void theCollectorIsSeenWhereTelemetryIsOn() throws Exception {
        Connections made = run(ConnectionsVictim.AGREE, List.of("OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.endpoint()));
        assertThat(made.sockets()).as("sockets").isGreaterThan(ollama.connections());
        assertThat(made.ports())
                .as("ports that were written to")
                .containsExactlyInAnyOrder(ollama.port(), collector.port());
    }

    @Test
    void aDatagramAndAConnectionThatIsRefusedAreSeenToo() throws Exception {
        Connections made = run(ConnectionsVictim.STRAY, List.of());
        assertThat(made.sockets()).as("sockets").isEqualTo(ollama.connections() + 2);
    }

    private Connections run(String besides, List<String> environment) throws IOException, InterruptedException {
        Path recording = folder.resolve("network.jfr");
        var arguments = new ArrayList<>(List.of(
                folder.toString(), recording.toString(), ollama.address().display(), besides));
        arguments.addAll(environment);
        try (ChildJvm program = ChildJvm.start(
                folder.resolve("console.log"), ConnectionsVictim.class, List.of(), arguments.toArray(String[]::new))) {
            program.await(ConnectionsVictim.MEASURED);
            if (besides.equals(ConnectionsVictim.AGREE)) {
                collector.await("a message", () -> !collector.bodies().isEmpty());
            }
            program.say("end");
            assertThat(program.awaitEnd()).isZero();
        }
        return Connections.in(recording);
    }
}
