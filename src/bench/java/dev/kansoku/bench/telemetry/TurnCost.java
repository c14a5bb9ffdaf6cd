package dev.kansoku.bench.telemetry;

import dev.kansoku.telemetry.delivery.Signal;
import java.util.Map;

/**
 * What it cost to tell of one turn, from the first of its events until the next turn begins. Times are nanoseconds.
 *
 * @param callerCpu processor time of the thread that told telemetry of it
 * @param callerWall how long that thread was in telemetry's methods
 * @param threads processor time of all threads, by name, which Linux cuts after 15 letters. A thread that was given another
 *     name meanwhile has a negative time under the old one
 * @param messages how many left meanwhile
 */
public record TurnCost(long callerCpu, long callerWall, Map<String, Long> threads, Map<Signal, Integer> messages) {}
