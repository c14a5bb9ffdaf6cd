package dev.kansoku.telemetry;

import dev.kansoku.live.Program;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ModelOptions;
import java.util.ArrayList;
import java.util.List;

/** Sends planted turns through the program, some at a time. */
final class PlantedRun {

    private static final int AT_A_TIME = 20;

    private PlantedRun() {}

    static List<TurnMeasurement> through(Program program, List<PlantedTurn> turns) {
        var measurements = new ArrayList<TurnMeasurement>();
        for (int from = 0; from < turns.size(); from += AT_A_TIME) {
            turns.subList(from, Math.min(turns.size(), from + AT_A_TIME)).stream()
                    .map(turn -> program.chat()
                            .send(program.chat().newConversation(), turn.model(), ModelOptions.DEFAULTS, turn.prompt()))
                    .toList()
                    .forEach(turn -> measurements.add(program.measured(turn)));
        }
        return measurements;
    }
}
