package dev.kansoku.history;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.kansoku.measure.KnownLoads;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The table of how long loads of models took. */
final class LoadRows {

    private static final TypeReference<List<Double>> SECONDS = new TypeReference<>() {};

    private LoadRows() {}

    /** Saves the model heard of last. What was kept of others stays: it may not have been read yet. */
    static void save(Sql sql, KnownLoads known, Instant at) throws SQLException {
        Map.Entry<String, KnownLoads.OfModel> last = known.models().lastEntry();
        if (last == null) {
            return;
        }
        KnownLoads.OfModel model = last.getValue();
        sql.run(
                "INSERT OR REPLACE INTO loads (model, name, warm, cold, heard_at) VALUES (?, ?, ?, ?, ?)",
                last.getKey(),
                model.name(),
                Json.write(model.warm()),
                Json.write(model.cold()),
                at);
        sql.run(
                "DELETE FROM loads WHERE model NOT IN (SELECT model FROM loads ORDER BY heard_at DESC LIMIT ?)",
                KnownLoads.MOST_MODELS);
    }

    static KnownLoads load(Sql sql) throws SQLException {
        var models = new LinkedHashMap<String, KnownLoads.OfModel>();
        sql.each(
                row -> models.put(
                        row.getString(1),
                        new KnownLoads.OfModel(row.getString(2), read(row.getString(3)), read(row.getString(4)))),
                "SELECT model, name, warm, cold FROM loads ORDER BY heard_at");
        return new KnownLoads(models);
    }

    static List<Double> read(String seconds) throws SQLException {
        return Objects.requireNonNull(Json.read(seconds, SECONDS));
    }
}
