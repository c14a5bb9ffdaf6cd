package dev.kansoku.bench;

import dev.kansoku.bench.window.Answers;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Which threads of a window burn its processor time, while it is looked at. */
final class ThreadTimes {

    private static final int SHOWN = 8;

    private final Child window;
    private final Map<String, Long> burned = new HashMap<>();
    private Map<String, Long> before = Map.of();
    private int periods;

    ThreadTimes(Child window) {
        this.window = window;
    }

    void begin() {
        before = now();
    }

    void end() {
        now().forEach((name, nanos) -> burned.merge(name, nanos - before.getOrDefault(name, 0L), Long::sum));
        periods++;
    }

    /** A table of the busiest, in the mean of what lay between a beginning and an end. */
    @Override
    public String toString() {
        var table = new Table("thread", "processor time");
        burned.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .forEach(e -> table.row("`" + e.getKey() + "`", Numbers.millis((double) e.getValue() / periods)));
        return table.toString();
    }

    private Map<String, Long> now() {
        return window.ask("threads", Answers.Threads.class).cpu();
    }
}
