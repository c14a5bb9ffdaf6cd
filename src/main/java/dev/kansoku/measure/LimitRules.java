package dev.kansoku.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What limited the biggest segment of a turn: a cause is named only if its own signal is there, and no other one. */
final class LimitRules {

    /** About a page of text. */
    private static final long LONG_PROMPT_TOKENS = 256;

    /** Two pages. */
    private static final long LONG_ANSWER_TOKENS = 500;

    /** One reads about 250 words a minute: 6 tokens a second of English, up to 10 of Japanese. */
    private static final double FASTER_THAN_READING = 10;

    private static final double MOST_CORES = 0.7;
    private static final double HALF_THE_CORES = 0.5;
    private static final double BUSY_MACHINE = 0.9;
    private static final double LITTLE_MEMORY = 0.05;

    /** 5 MB/s: 1,200 pages a second, each of which somebody waited for. Below it lies what any system does now and then. */
    private static final double SWAPPING_BYTES = 5e6;

    /** {@code size_vram} and {@code size} are estimates of the server's: a split of less than this may be none. */
    private static final double SPLIT_FROM = 0.05;

    private LimitRules() {}

    /** {@code null} if no signal names one limit, or the figures cannot be trusted. */
    static @Nullable Limit limit(TurnMeasurement measurement, SegmentKind biggest) {
        if (measurement.outcome() != Outcome.SUCCESS || measurement.segments().implausible()) {
            return null;
        }
        return switch (biggest) {
            case CONNECT -> isOnThisMachine(measurement) ? null : Limit.NETWORK;
            case LOAD -> ofLoad(measurement.verdict());
            case WAIT -> isInQueue(measurement) ? Limit.QUEUE : null;
            case PROMPT_EVAL -> ofPrompt(measurement);
            case UNKNOWN -> null;
            case DECODE -> ofDecode(measurement);
            case DRAW -> Limit.SLOW_CLIENT;
        };
    }

    private static boolean isOnThisMachine(TurnMeasurement measurement) {
        @Nullable TurnResources resources = measurement.resources();
        return measurement.demo() || (resources != null && resources.ollamaCores() != null);
    }

    private static @Nullable Limit ofLoad(LoadVerdict verdict) {
        return switch (verdict) {
            case COLD -> Limit.COLD_LOAD;
            case RELOAD -> Limit.RELOAD;
            case QUEUED -> Limit.QUEUE;
            case WARM, UNKNOWN -> null;
        };
    }

    /** The verdict knows of a wait before the first token, the segment also holds what came later. */
    private static boolean isInQueue(TurnMeasurement measurement) {
        @Nullable Duration first = measurement.timeToFirstToken();
        if (measurement.verdict() != LoadVerdict.QUEUED || first == null) {
            return false;
        }
        Duration before = first.minus(duration(measurement, SegmentKind.CONNECT))
                .minus(duration(measurement, SegmentKind.LOAD))
                .minus(duration(measurement, SegmentKind.PROMPT_EVAL));
        return before.multipliedBy(2).compareTo(duration(measurement, SegmentKind.WAIT)) >= 0;
    }

    private static Duration duration(TurnMeasurement measurement, SegmentKind kind) {
        return measurement.segments().duration(kind).orElse(Duration.ZERO);
    }

    /**
     * Up to 0.24 {@code prompt_eval_duration} also holds the wait behind a prompt that was stopped, and the first
     * reading after a load the weights that are still fetched. Both show as reading slower than writing, which no model
     * is by itself: tokens of a prompt are evaluated together.
     */
    private static @Nullable Limit ofPrompt(TurnMeasurement measurement) {
        @Nullable Long tokens = TokenCounts.promptReadAtLeast(measurement);
        @Nullable Double speed = TokenCounts.speed(measurement);
        double seconds = duration(measurement, SegmentKind.PROMPT_EVAL).toNanos() / 1e9;
        if (tokens == null || speed == null || tokens < speed * seconds) {
            return null;
        }
        return tokens >= LONG_PROMPT_TOKENS ? Limit.LONG_PROMPT : ofMachine(measurement);
    }

    private static @Nullable Limit ofDecode(TurnMeasurement measurement) {
        @Nullable Long tokens = TokenCounts.written(measurement);
        @Nullable Double speed = TokenCounts.speed(measurement);
        if (tokens == null
                || speed == null
                || measurement.segments().duration(SegmentKind.LOAD).isEmpty()) {
            return null;
        }
        boolean isLong = tokens >= LONG_ANSWER_TOKENS && speed >= FASTER_THAN_READING;
        return isLong ? Limit.LONG_ANSWER : ofMachine(measurement);
    }

    /** Of several causes nothing tells which it was: threads that wait for a page spin, and look busy. */
    private static @Nullable Limit ofMachine(TurnMeasurement measurement) {
        @Nullable TurnResources resources = measurement.resources();
        if (resources == null || resources.gpuShare() == null || measurement.demo()) {
            return null;
        }
        double gpu = resources.gpuShare();
        var found = new ArrayList<Limit>();
        if (gpu >= SPLIT_FROM && gpu <= 1 - SPLIT_FROM) {
            found.add(Limit.SPLIT_MODEL);
        }
        // What this machine does tells nothing of a server elsewhere.
        if (resources.ollamaCores() != null && resources.cores() > 0) {
            found.addAll(ofThisMachine(resources, gpu, resources.ollamaCores(), measurement));
        }
        return found.size() == 1 ? found.getFirst() : null;
    }

    private static List<Limit> ofThisMachine(
            TurnResources resources, double gpu, double used, TurnMeasurement measurement) {
        var found = new ArrayList<Limit>();
        // Little free memory does not concern a model on a GPU of its own; a GPU that shares it shows as swapping.
        if (isAbove(resources.swapping(), SWAPPING_BYTES) || (gpu == 0 && isLittle(resources.memoryFree()))) {
            found.add(Limit.MEMORY_PRESSURE);
        }
        boolean busy = isAbove(resources.cpu(), BUSY_MACHINE);
        // How busy the machine is counts all its cores, so what Ollama has of that does too.
        boolean half = used >= HALF_THE_CORES * resources.cores();
        if (gpu == 0 && (used >= MOST_CORES * resources.modelCores() || (busy && half))) {
            found.add(Limit.CPU_BOUND);
        }
        if (gpu == 0 && busy && !half && !isAskedToUseFew(measurement)) {
            found.add(Limit.OTHER_PROGRAMS);
        }
        return found;
    }

    private static boolean isAskedToUseFew(TurnMeasurement measurement) {
        @Nullable Integer threads = measurement.turn().options().numThread();
        return threads != null && threads > 0;
    }

    private static boolean isAbove(@Nullable Double value, double threshold) {
        return value != null && value >= threshold;
    }

    private static boolean isLittle(@Nullable Double free) {
        return free != null && free < LITTLE_MEMORY;
    }
}
