package dev.kansoku.ui.panel;

import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Sample;
import dev.kansoku.measure.Series;
import dev.kansoku.measure.Usage;
import java.util.List;
import java.util.Map;

/** A live panel's state after so much time, without waiting for it. In this package because only it may write the curves. */
public final class FilledPanel {

    private static final long SECOND = 1_000_000_000L;
    private static final int TURN_EVERY = 60;
    private static final int WRITING = 30;
    private static final int MEBIBYTE = 1 << 20;

    private FilledPanel() {}

    /** As if it had been looked at for so many seconds up to now, with an answer of half a minute in each minute. */
    public static PanelViewModel after(int seconds) {
        var panel = new PanelViewModel();
        long now = System.nanoTime();
        Series rate = panel.tokensPerSecond().getFirst();
        for (int i = 0; i < seconds; i++) {
            long nanos = now - (seconds - i) * SECOND;
            panel.sampled(sample(nanos, i));
            rate.add(nanos, i % TURN_EVERY < WRITING ? 20 + i % 7 : Double.NaN);
            if (i % TURN_EVERY == 0) {
                turn(panel, nanos);
            }
        }
        panel.axis().spanProperty().set(TimeSpan.QUARTER_HOUR);
        return panel;
    }

    private static void turn(PanelViewModel panel, long nanos) {
        Turn turn = new TurnMaker().turn(Turn.State.FINISHED, "Hello", "", "Hello");
        panel.turnMarks().began(turn.requestId(), nanos);
        panel.measured(new Measured()
                .turn(turn)
                .load(LoadVerdict.COLD, 3)
                .prompt(26, 1)
                .decode(600, 25)
                .make());
    }

    /** What one second may look like. */
    public static Sample sample(long nanos, int i) {
        double wave = Math.sin(i / 10.0);
        return new Sample(
                nanos,
                0.6 + 0.3 * wave,
                2,
                2,
                (2_000L + (long) (500 * wave)) * MEBIBYTE,
                8_000L * MEBIBYTE,
                0L,
                0.0,
                new Usage(0.1, 90L * MEBIBYTE),
                Map.of("sha256-0", new Usage(1.2 + 0.5 * wave, 1_300L * MEBIBYTE)),
                new Usage(0.05 + 0.02 * wave, 300L * MEBIBYTE),
                null,
                null);
    }

    /** How many values each of its curves keeps. */
    public static List<Integer> sizes(PanelViewModel panel) {
        return List.of(
                panel.usage().machineCpu().size(),
                panel.tokensPerSecond().getFirst().size(),
                panel.turnsProperty().get().turns().size());
    }
}
