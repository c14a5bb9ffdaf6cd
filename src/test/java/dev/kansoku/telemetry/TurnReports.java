package dev.kansoku.telemetry;

import dev.kansoku.measure.Measured;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import java.util.ArrayList;

/** What becomes of a measurement at the border. */
final class TurnReports {

    private TurnReports() {}

    static TurnReport of(Measured measured) {
        return of(measured.make(), TextLevel.MASKED);
    }

    static TurnReport of(TurnMeasurement measurement, TextLevel level) {
        var reports = new ArrayList<TurnReport>();
        new TurnBorder(new Masker("US"), () -> level, reports::add).measured(measurement);
        return reports.getFirst();
    }
}
