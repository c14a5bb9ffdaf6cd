package dev.kansoku.telemetry;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.measure.Measured;
import dev.kansoku.ollama.OllamaError;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A program with telemetry in which turns end and are forgotten, unless it is told to keep them; then it dumps its heap. */
final class HeapVictim {

    static final String TOLD = "told";
    static final String DUMPED = "dumped";
    static final String KEEP = "keep";
    static final int TURNS = 3;

    private static final int LENGTH = 220;
    private static final List<Turn> KEPT = new ArrayList<>();

    private HeapVictim() {}

    /**
     * Tells of the turns, waits for a line, dumps.
     *
     * @param arguments folder, endpoint of the Collector, seed of the texts, whether to keep them, file for the dump
     */
    public static void main(String[] arguments) throws IOException {
        var telemetry = RunningTelemetry.startAgreed(Path.of(arguments[0]), arguments[1]);
        tell(telemetry.control(), Long.parseLong(arguments[2]), KEEP.equals(arguments[3]));
        System.out.println(TOLD);
        var _ = System.in.read();
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(arguments[4], true);
        System.out.println(DUMPED);
    }

    private static void tell(TelemetryControl telemetry, long seed, boolean keep) {
        for (int n = 0; n < TURNS; n++) {
            Turn turn = new TurnMaker().turn(Turn.State.FINISHED, text("prompt", n, seed), "", text("reply", n, seed));
            var measured = new Measured().turn(turn);
            if (n == 1) {
                measured.failed(new OllamaError.ServerFault(500, text("error", n, seed)));
            }
            telemetry.measured(measured.make());
            if (keep) {
                KEPT.add(turn);
            }
        }
    }

    /** A text that stands in no class: every second one cannot be Latin-1. */
    static String text(String what, int number, long seed) {
        var random = new Random(seed + 31L * number + what.hashCode());
        int first = number % 2 == 0 ? 'a' : 'ア';
        var text = new StringBuilder();
        while (text.length() < LENGTH) {
            text.append((char) (first + random.nextInt(26)));
        }
        return text.toString();
    }
}
