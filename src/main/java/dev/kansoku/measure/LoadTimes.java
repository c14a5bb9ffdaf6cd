package dev.kansoku.measure;

import dev.kansoku.measure.KnownLoads.OfModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Learns from turns how long each model takes to be loaded, and how long {@code load_duration} is when it need not be. */
public final class LoadTimes {

    private static final Duration FLOOR = Duration.ofMillis(250);
    private static final int FACTOR = 5;

    private final List<Consumer<KnownLoads>> listeners = new CopyOnWriteArrayList<>();
    private KnownLoads known;

    /** @param known what was learnt earlier */
    public LoadTimes(KnownLoads known) {
        this.known = known;
    }

    /** Is called whenever something was learnt. */
    public void onLearnt(Consumer<KnownLoads> listener) {
        listeners.add(listener);
    }

    /**
     * One more load.
     *
     * @param name of the model
     * @param contextLength in tokens; {@code null} if it is not known
     * @param verdict what it was; only {@link LoadVerdict#WARM} and those that loaded teach anything
     */
    public synchronized void learn(
            String name, String digest, @Nullable Integer contextLength, LoadVerdict verdict, Duration load) {
        String key = KnownLoads.key(digest, contextLength);
        OfModel before = known.of(key);
        OfModel next = switch (verdict) {
            case WARM -> new OfModel(name, and(before.warm(), load), before.cold());
            case COLD, RELOAD -> new OfModel(name, before.warm(), and(before.cold(), load));
            case QUEUED, UNKNOWN -> before;
        };
        if (!next.equals(before)) {
            known = known.with(key, next);
            KnownLoads now = known;
            listeners.forEach(listener -> listener.accept(now));
        }
    }

    private static List<Double> and(List<Double> times, Duration load) {
        return Stream.concat(times.stream(), Stream.of(load.toNanos() / 1e9)).toList();
    }

    /** What was learnt in earlier runs of the program, as far as nothing newer is known of the same model. */
    public synchronized void restore(KnownLoads earlier) {
        known = earlier.and(known);
    }

    public synchronized void forget() {
        known = KnownLoads.NONE;
    }

    public synchronized KnownLoads known() {
        return known;
    }

    /** A longer load than this is not a warm one: max(250 ms, 5 × the model's warm median). */
    synchronized Duration threshold(String digest, @Nullable Integer contextLength) {
        return median(known.of(KnownLoads.key(digest, contextLength)).warm())
                .map(median -> median.multipliedBy(FACTOR))
                .filter(limit -> limit.compareTo(FLOOR) > 0)
                .orElse(FLOOR);
    }

    /**
     * How long this model usually takes to be loaded: with this context window, or else with the one it was loaded with
     * last. Empty if it was never seen loading.
     */
    public synchronized Optional<Duration> typical(String digest, @Nullable Integer contextLength) {
        Optional<Duration> same =
                median(known.of(KnownLoads.key(digest, contextLength)).cold());
        if (same.isPresent()) {
            return same;
        }
        Map.@Nullable Entry<String, OfModel> latest = known.latestOf(digest);
        return latest == null ? Optional.empty() : median(latest.getValue().cold());
    }

    private static Optional<Duration> median(List<Double> seconds) {
        return seconds.isEmpty() ? Optional.empty() : Optional.of(LoadRange.median(seconds));
    }
}
