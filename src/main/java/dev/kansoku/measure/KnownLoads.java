package dev.kansoku.measure;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long loads of models took on this machine, as it is kept from one run of the program to the next.
 *
 * @param models by {@link #key}, the one heard of last at the end
 */
public record KnownLoads(SequencedMap<String, OfModel> models) {

    public static final KnownLoads NONE = new KnownLoads(new LinkedHashMap<>());

    public static final int MOST_MODELS = 64;
    private static final int MOST_TIMES = 31;

    /**
     * The latest loads of one model with one context window, in seconds, the latest last.
     *
     * @param name as the model was called last; {@code null} in files of earlier versions
     * @param warm the server's {@code load_duration} when the model was in memory
     * @param cold the same when it was not; of a measured cold start, how long the client waited for the load
     */
    public record OfModel(@Nullable String name, List<Double> warm, List<Double> cold) {

        static final OfModel NOTHING = new OfModel(null, List.of(), List.of());

        /** Somebody may have edited the file: what makes no sense was never measured. */
        public OfModel {
            warm = sensible(warm);
            cold = sensible(cold);
        }

        private static List<Double> sensible(@Nullable List<@Nullable Double> times) {
            if (times == null) {
                return List.of();
            }
            List<Double> good = times.stream()
                    .filter(seconds -> seconds != null && seconds >= 0 && !seconds.isInfinite())
                    .map(Double::valueOf)
                    .toList();
            return good.subList(Math.max(0, good.size() - MOST_TIMES), good.size());
        }
    }

    public KnownLoads {
        models = models == null ? new LinkedHashMap<>() : new LinkedHashMap<>(models);
        models.values().removeIf(known -> known == null);
        while (models.size() > MOST_MODELS) {
            models.pollFirstEntry();
        }
    }

    /**
     * A model as far as its load time depends on it.
     *
     * @param contextLength in tokens; {@code null} if it is not known
     */
    public static String key(String digest, @Nullable Integer contextLength) {
        return digest + "@" + (contextLength == null ? "?" : contextLength);
    }

    /** For each model with a name its cold loads, then its warm ones, where there are any; the one heard of last first. */
    public List<LoadRange> ranges() {
        var seen = new HashSet<String>();
        return models.reversed().entrySet().stream()
                // Of a model that was pulled anew only the latest version.
                .filter(known -> seen.add(known.getValue().name() + "@" + contextLength(known.getKey())))
                .flatMap(known -> Stream.of(
                                range(known, LoadVerdict.COLD, known.getValue().cold()),
                                range(known, LoadVerdict.WARM, known.getValue().warm()))
                        .flatMap(Optional::stream))
                .toList();
    }

    private static Optional<LoadRange> range(
            Map.Entry<String, OfModel> known, LoadVerdict verdict, List<Double> times) {
        @Nullable String name = known.getValue().name();
        return name == null || times.isEmpty()
                ? Optional.empty()
                : Optional.of(LoadRange.of(name, contextLength(known.getKey()), verdict, times));
    }

    private static @Nullable Integer contextLength(String key) {
        String length = key.substring(key.lastIndexOf('@') + 1);
        return length.matches("[0-9]{1,9}") ? Integer.valueOf(length) : null;
    }

    /** Both; where both know a model, what is newer. */
    KnownLoads and(KnownLoads newer) {
        SequencedMap<String, OfModel> both = new LinkedHashMap<>(models);
        newer.models.forEach(both::putLast);
        return new KnownLoads(both);
    }

    KnownLoads with(String key, OfModel known) {
        SequencedMap<String, OfModel> next = new LinkedHashMap<>(models);
        next.putLast(key, known);
        return new KnownLoads(next);
    }

    OfModel of(String key) {
        return models.getOrDefault(key, OfModel.NOTHING);
    }

    Map.@Nullable Entry<String, OfModel> latestOf(String digest) {
        for (Map.Entry<String, OfModel> known : models.reversed().entrySet()) {
            if (known.getKey().startsWith(digest + "@")
                    && !known.getValue().cold().isEmpty()) {
                return known;
            }
        }
        return null;
    }
}
