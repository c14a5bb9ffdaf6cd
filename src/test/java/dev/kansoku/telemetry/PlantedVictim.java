package dev.kansoku.telemetry;

import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnObserver;
import dev.kansoku.faults.Faults;
import dev.kansoku.faults.LogFile;
import dev.kansoku.live.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The program with its log and its crash files, and with planted turns; it ends as it is told, in order or by a fault. */
final class PlantedVictim {

    static final String MEASURED = "measured";
    static final String CLOSE = "close";
    static final String CRASH = "crash";

    private PlantedVictim() {}

    /**
     * Runs until it is told to end.
     *
     * @param arguments folder, seed, endpoint of the Collector, address of Ollama, resource attributes
     */
    public static void main(String[] arguments) {
        try {
            run(arguments);
            System.exit(0);
        } catch (Exception e) {
            // Not for the handler of faults: this is one of the test.
            e.printStackTrace();
            System.exit(2);
        }
    }

    private static void run(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        LogFile.open(folder.resolve("logs"));
        // Faults are for the program's own handler.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        Thread.setDefaultUncaughtExceptionHandler(new Faults(folder.resolve("logs")));
        List<PlantedTurn> turns = PlantedTurn.all(Long.parseLong(arguments[1]));
        Program program = Program.at(arguments[3]);
        var telemetry = RunningTelemetry.startAgreed(
                folder,
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", arguments[2], "OTEL_RESOURCE_ATTRIBUTES", arguments[4]),
                arguments[2],
                program.models()::latest);
        program.tell(telemetry.control());
        program.chat()
                .observe(
                        new ThrowingObserver(turns),
                        command -> Thread.ofVirtual().name("observer").start(command));
        PlantedRun.through(program, turns);
        System.out.println(MEASURED);
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (CRASH.equals(input.readLine())) {
            crash(turns);
        }
        telemetry.close();
        program.close();
    }

    private static void crash(List<PlantedTurn> turns) throws InterruptedException {
        var fault = new IllegalStateException("first " + turns, new IllegalArgumentException("cause " + turns));
        fault.addSuppressed(new UnsupportedOperationException("suppressed " + turns));
        Thread.ofPlatform()
                .start(() -> {
                    throw fault;
                })
                .join();
        // Nothing is closed any more.
        Runtime.getRuntime().halt(1);
    }

    /** Quotes personal data in the message of an exception that nobody catches. */
    private record ThrowingObserver(List<PlantedTurn> turns) implements TurnObserver {

        @Override
        public boolean hearsChunks() {
            return false;
        }

        @Override
        public void on(TurnEvent event) {
            if (event instanceof TurnEvent.Ended) {
                turns.stream()
                        .filter(turn -> turn.place() == PlantedTurn.Place.EXCEPTION
                                && turn.prompt().equals(event.turn().prompt()))
                        .forEach(turn -> {
                            throw new IllegalStateException(turn.secret());
                        });
            }
        }
    }
}
