package dev.kansoku.bench.telemetry;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.RunningModel;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import dev.kansoku.settings.Stored;
import dev.kansoku.telemetry.Installation;
import dev.kansoku.telemetry.TelemetryControl;
import dev.kansoku.telemetry.TelemetrySettings;
import dev.kansoku.telemetry.TelemetryState;
import dev.kansoku.telemetry.Token;
import dev.kansoku.telemetry.delivery.SentMessage;
import dev.kansoku.telemetry.delivery.Signal;
import dev.kansoku.ui.panel.FilledPanel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Telemetry as a run of the program has it that used three models, each cold, warm and in vain: its metrics are that large. */
final class Workstation {

    /** What the observers of a turn hear of it. */
    record EndedTurn(
            TurnEvent.Started started,
            TurnEvent.FirstChunk firstChunk,
            TurnEvent.Finished finished,
            TurnMeasurement measurement) {}

    private static final List<String> MODELS = List.of("tinyllama:latest", "granite3.2:2b", "qwen3:4b");
    private static final long MEMORY = 8L << 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TelemetryControl control;

    private Workstation(TelemetryControl control) {
        this.control = control;
    }

    /** @param endpoint of a Collector; the user has agreed to it */
    static Workstation start(Path folder, String endpoint, Masker masker) {
        var settings = new TelemetrySettings(
                endpoint, endpoint, TelemetrySettings.Protocol.HTTP, TextLevel.MASKED, false, null, null, null, null);
        var control = new TelemetryControl(
                new Stored<>(folder.resolve("telemetry.json"), TelemetrySettings.class, settings),
                new Stored<>(folder.resolve("installation.json"), Installation.class, Installation.NEW),
                new Token(folder.resolve("token")),
                masker,
                new TelemetryControl.Surroundings(
                        Map.of(),
                        folder.resolve("spool"),
                        folder.resolve("logs"),
                        UUID.randomUUID(),
                        Workstation::models,
                        () -> MEMORY));
        var on = new CompletableFuture<Boolean>();
        control.onState(state -> {
            if (state instanceof TelemetryState.On) {
                on.complete(true);
            }
        });
        control.start();
        on.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        var workstation = new Workstation(control);
        workstation.use();
        return workstation;
    }

    private static ModelSnapshot models() {
        return new ModelSnapshot(
                OllamaAddress.DEFAULT,
                false,
                0,
                "0.32.15",
                List.of(),
                List.of(new RunningModel(MODELS.getFirst(), "sha256:1", 3_000_000, 1_000_000, null, null)),
                Map.of(),
                null);
    }

    private void use() {
        control.shown(Instant.now());
        control.sampled(FilledPanel.sample(System.nanoTime(), 0));
        for (String model : MODELS) {
            for (Measured measured : List.of(
                    whole().load(LoadVerdict.COLD, 2),
                    whole(),
                    new Measured().failed(new OllamaError.OutOfMemory("")))) {
                control.measured(measured.turn(turn(model, "Hello")).make());
            }
        }
    }

    /** With every segment that there is. */
    private static Measured whole() {
        return new Measured()
                .connect(0.001)
                .waited(0.25)
                .prompt(2_600, 0.75)
                .cached(7)
                .decode(2_400, 40)
                .draw(0.5);
    }

    private static Turn turn(String model, String text) {
        return new TurnMaker().model(model).turn(Turn.State.FINISHED, text, "", text);
    }

    /** A turn of one of the models, warm, with this text as the prompt and as the reply. */
    EndedTurn ended(String text) {
        return ended(turn(MODELS.getFirst(), text), whole());
    }

    /** One of the demo engine, of which nothing is told: all that it brings about is that the metrics are sent. */
    EndedTurn untold(String text) {
        return ended(turn(MODELS.getFirst(), text), whole().demo());
    }

    private static EndedTurn ended(Turn turn, Measured measured) {
        TurnMeasurement measurement = measured.turn(turn).make();
        long wall = measurement.segments().wall().toNanos();
        return new EndedTurn(
                new TurnEvent.Started(turn, models(), 0),
                new TurnEvent.FirstChunk(turn, wall / 2),
                new TurnEvent.Finished(
                        turn, Objects.requireNonNull(measurement.figures()), new Timeline(0, 1L, wall / 2, wall)),
                measurement);
    }

    /** All that a turn's own threads do for telemetry. */
    void tell(EndedTurn turn) {
        control.on(turn.started);
        control.on(turn.firstChunk);
        control.on(turn.finished);
        control.measured(turn.measurement);
    }

    /** How many messages have begun to leave since then. */
    Map<Signal, Integer> sentSince(Instant begin) {
        return control.sent().stream()
                .filter(message -> !message.at().isBefore(begin))
                .collect(Collectors.groupingBy(SentMessage::signal, Collectors.summingInt(message -> 1)));
    }
}
