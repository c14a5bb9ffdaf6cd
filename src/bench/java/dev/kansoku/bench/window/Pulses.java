package dev.kansoku.bench.window;

import com.sun.javafx.tk.TKPulseListener;
import com.sun.javafx.tk.Toolkit;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;

/**
 * Writes down what each pulse costs while an answer grows. The processor time is the measure: it counts all that the thread
 * did, and nothing that another process did meanwhile.
 */
final class Pulses {

    private static final String RENDERER = "QuantumRenderer";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Window window;
    private final long renderer = Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith(RENDERER))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("There is no thread " + RENDERER + "."))
            .threadId();
    private final List<Answers.Pulse> pulses = new ArrayList<>();
    private long start;
    private long fxBefore;
    private long renderBefore;

    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            start = System.nanoTime();
        }
    };

    /** Kept in a field: the toolkit holds its listeners weakly. */
    private final TKPulseListener end = this::ended;

    Pulses(Window window) {
        this.window = window;
    }

    Answers.Pulsed during(String prompt) {
        long before = System.nanoTime();
        long cpu = ProcessFigures.cpuNanos();
        Fx.run(this::begin);
        Answers.Turned turned = window.turn(prompt);
        Fx.run(this::stop);
        cpu = ProcessFigures.cpuNanos() - cpu;
        return new Answers.Pulsed(turned, Fx.ask(() -> List.copyOf(pulses)), cpu, System.nanoTime() - before);
    }

    private void begin() {
        timer.start();
        Toolkit.getToolkit().addPostSceneTkPulseListener(end);
    }

    private void stop() {
        timer.stop();
        Toolkit.getToolkit().removePostSceneTkPulseListener(end);
    }

    private void ended() {
        long now = System.nanoTime();
        long fxNow = THREADS.getCurrentThreadCpuTime();
        long renderNow = THREADS.getThreadCpuTime(renderer);
        int length = length();
        if (length > 0) {
            pulses.add(new Answers.Pulse(start, now - start, fxNow - fxBefore, renderNow - renderBefore, length));
        }
        fxBefore = fxNow;
        renderBefore = renderNow;
    }

    /** How much of the answer the turn has. */
    private int length() {
        var rows = window.rows();
        return rows.isEmpty() ? 0 : rows.getLast().turn().answer().length();
    }
}
