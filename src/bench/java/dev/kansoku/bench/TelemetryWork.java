package dev.kansoku.bench;

import dev.kansoku.bench.telemetry.TurnCost;
import java.util.Arrays;
import java.util.Map;

/** What is done for a turn, by the threads that do it. */
enum TelemetryWork {
    TELLING("`telemetry`", "telemetry"),
    EXPORT("`Batch…Processor`: guards, protobuf, the spool", "BatchSpanProces|BatchLogRecordP|PeriodicMetricR"),
    SENDING("`telemetry-uplink`, OkHttp", "telemetry-uplin|okhttp-dispatch|OkHttp .*|Okio Watchdog"),
    /** Files are saved on virtual threads. */
    SAVING("saving the totals, telling how far messages are", "ForkJoinPool-1-|VirtualThread-u|telemetry-statu");

    private static final String OF_THE_JVM = "C1 CompilerThre|VM Thread";

    private final String title;
    private final String threads;

    /** @param threads a pattern of their names as Linux has them */
    TelemetryWork(String title, String threads) {
        this.title = title;
        this.threads = threads;
    }

    /** As the document calls it. */
    String title() {
        return title;
    }

    /** Processor time in nanoseconds. */
    double of(TurnCost turn) {
        return of(turn, threads);
    }

    /** The processor time of all of it. */
    static double all(TurnCost turn) {
        return Arrays.stream(values()).mapToDouble(work -> work.of(turn)).sum();
    }

    /** What the JVM does beside: compiling, and collecting what is left behind. */
    static double ofTheJvm(TurnCost turn) {
        return of(turn, OF_THE_JVM);
    }

    private static double of(TurnCost turn, String threads) {
        return turn.threads().entrySet().stream()
                .filter(entry -> entry.getKey().matches(threads))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
