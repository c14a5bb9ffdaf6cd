package dev.kansoku.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How long loads of models took on this machine, as it is kept from one run of the program to the next.
 *
 * @param models by {@link #key}, the one heard of last at the end
 */
public record KnownLoads(SequencedMap<String, OfModel> models) {

    public static final KnownLoads NONE = new KnownLoads(new LinkedHashMap<>());

    private static final int MOST_MODELS = 64;
    private static final int MOST_TIMES = 31;

    /**
     * The latest loads of one model with one context window, in seconds, the latest last.
     *
     * @param warm the server's {@code load_duration} when the model was in memory
     * @param cold the same when it was not
     */
    public record OfModel(List<Double> warm, List<Double> cold) {

        static final OfModel NOTHING = new OfModel(List.of(), List.of());

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
