package dev.kansoku.live;

import dev.kansoku.measure.Measured;
import dev.kansoku.telemetry.RunningTelemetry;
import java.nio.file.Path;

/** A program with telemetry that ends turns, says so, and is killed. */
final class TelemetryVictim {

    private TelemetryVictim() {}

    /**
     * Ends that many turns.
     *
     * @param arguments folder, endpoint, number of turns
     */
    public static void main(String[] arguments) throws InterruptedException {
        var telemetry = RunningTelemetry.startAgreed(Path.of(arguments[0]), arguments[1]);
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            telemetry.control().measured(new Measured().decode(40, 4).make());
        }
        System.out.println("ended");
        Thread.currentThread().join();
    }
}
