package dev.kansoku.bench;

import dev.kansoku.bench.window.Answers;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** A start without an Ollama that would answer. */
final class StartPart implements Part {

    private static final int STARTS = 10;
    private static final double MOST = 1_000;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "Start, while no Ollama answers";
    }

    @Override
    public List<String> recorded() {
        return List.of(window("refused", 0), window("swallowed", 0));
    }

    @Override
    public Section measure(Lab lab) {
        try (var hole = new BlackHole()) {
            // What the first start reads from the disk, later ones find in memory.
            starts(lab, "before", BlackHole.closedPort(), 1);
            return section(
                    starts(lab, "refused", BlackHole.closedPort(), lab.times(STARTS)),
                    starts(lab, "swallowed", hole.address(), lab.times(STARTS)));
        }
    }

    private static List<Answers.Started> starts(Lab lab, String state, String address, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    try (Child program = lab.start(window(state, i), address)) {
                        return program.read(Answers.Started.class);
                    }
                })
                .toList();
    }

    private static String window(String state, int i) {
        return "start-" + state + "-" + i;
    }

    private static Section section(List<Answers.Started> refused, List<Answers.Started> swallowed) {
        var table = new Table(
                "",
                "starts",
                "process until first paint: median",
                "longest",
                "from there until a key shows: median",
                "longest");
        add(table, "a closed port", refused);
        add(table, "an address that swallows connections", swallowed);
        String body = table + """

                *How it is measured.* The program is started by its own main as a process of its own. "First paint" is when the
                picture of the first pulse of its window is with the X server. As soon as the prompt field has the focus the key
                "a" goes through the X server to it; "shows" is when the picture with the letter is with the X server. One start
                before these fills the caches of the disk. Connections are swallowed by a port of this machine whose queue is
                full.
                """;
        return new Section(
                "",
                List.of(goal("no Ollama listens", refused), goal("connections are swallowed", swallowed)),
                body,
                "");
    }

    private static Goal goal(String state, List<Answers.Started> starts) {
        double longest = Statistics.percentile(values(starts, Answers.Started::usable), 100);
        return Goal.atMost(
                "usable at most 1 s after the first paint while " + state + ", in every start",
                "longest " + Numbers.millis(longest),
                longest / 1e6,
                MOST);
    }

    private static void add(Table table, String state, List<Answers.Started> starts) {
        double[] painted = values(starts, Answers.Started::painted);
        double[] usable = values(starts, Answers.Started::usable);
        table.row(
                state,
                Integer.toString(starts.size()),
                Numbers.millis(Statistics.medianOf(painted)),
                Numbers.millis(Statistics.percentile(painted, 100)),
                Numbers.millis(Statistics.medianOf(usable)),
                Numbers.millis(Statistics.percentile(usable, 100)));
    }

    private static double[] values(List<Answers.Started> starts, ToLongFunction<Answers.Started> value) {
        return starts.stream().mapToDouble(start -> value.applyAsLong(start)).toArray();
    }
}
