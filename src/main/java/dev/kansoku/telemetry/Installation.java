package dev.kansoku.telemetry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kansoku.telemetry.Total.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What lasts of telemetry from one run of the program to the next.
 *
 * @param id random, and the same for as long as the installation lasts; {@code null} before the first start
 * @param totals in the order in which they first came
 * @param lastCrash name of the last crash file that was told of; {@code null}: none yet
 */
public record Installation(
        @Nullable UUID id, List<Total> totals, @Nullable String lastCrash) {

    public static final Installation NEW = new Installation(null, List.of(), null);

    public Installation {
        totals = List.copyOf(totals);
    }

    @JsonCreator
    static Installation fromJson(
            @JsonProperty("id") @Nullable UUID id,
            @JsonProperty("totals") @Nullable List<@Nullable Total> totals,
            @JsonProperty("lastCrash") @Nullable String lastCrash) {
        List<Total> sensible = new ArrayList<>();
        for (Total total : Objects.requireNonNullElse(totals, List.<@Nullable Total>of())) {
            if (total != null && isSensible(total)) {
                sensible.add(total);
            }
        }
        return new Installation(id, sensible, lastCrash);
    }

    /** Somebody may have edited the file. */
    @SuppressWarnings("ConstantValue") // Jackson knows no null marks.
    private static boolean isSensible(Total total) {
        return total.value() >= 0
                && total.series() != null
                && total.series().metric() != null
                && total.series().model() != null;
    }

    Installation withId() {
        return id == null ? new Installation(UUID.randomUUID(), totals, lastCrash) : this;
    }

    Installation withLastCrash(String file) {
        return new Installation(id, totals, file);
    }

    Installation plus(Series series, long more) {
        var changed = new ArrayList<>(totals);
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).series().equals(series)) {
                changed.set(i, changed.get(i).plus(more));
                return new Installation(id, changed, lastCrash);
            }
        }
        changed.add(new Total(series, more, false));
        return new Installation(id, changed, lastCrash);
    }

    Installation withAnnounced(Set<Series> announced) {
        return new Installation(
                id,
                totals.stream()
                        .map(total -> announced.contains(total.series()) ? total.withAnnounced() : total)
                        .toList(),
                lastCrash);
    }
}
