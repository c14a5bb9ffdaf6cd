package dev.kansoku.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** What a turn took, without its texts. */
public record KeptTurnMeasurement(String model, KeptMeasurement measurement) {

    static KeptTurnMeasurement read(ResultSet row) throws SQLException {
        return new KeptTurnMeasurement(
                row.getString(1), Objects.requireNonNull(Json.read(row.getString(2), KeptMeasurement.class)));
    }
}
