package dev.kansoku.bench;

import dev.kansoku.bench.server.Reply;
import dev.kansoku.bench.window.Answers;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** An answer that comes far faster than any model writes. */
final class FloodPart implements Part {

    private static final int FLOODS = 10;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int[] BUCKETS = {1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000};

    /** The cost may not be more than so many times that of an early bucket to count as flat. */
    private static final double FLAT = 1.25;

    private static final int EARLY = 4;
    private static final double LONGEST_INTERVAL = 33;
    private static final String WINDOW = "flood";

    @Override
    public String name() {
        return "flood";
    }

    @Override
    public String title() {
        return "Flood: 20,000 chunks at 5,000 a second";
    }

    @Override
    public List<String> recorded() {
        return List.of(WINDOW);
    }

    @Override
    public Section measure(Lab lab) {
        try (Child server = lab.server(Reply.Kind.FLOOD);
                Child window = lab.window(WINDOW, server.line(), Lab.MODEL)) {
            double idle = Rest.shareOf(window, lab.quick() ? Duration.ofSeconds(2) : IDLE);
            Answers.Pulsed first = flood(window);
            var threads = new ThreadTimes(window);
            List<Answers.Pulsed> warm = IntStream.range(0, lab.times(FLOODS))
                    .mapToObj(i -> {
                        window.tell("new");
                        threads.begin();
                        Answers.Pulsed flood = flood(window);
                        threads.end();
                        return flood;
                    })
                    .toList();
            return section(idle, first, warm, threads.toString());
        }
    }

    private static Answers.Pulsed flood(Child window) {
        Answers.Pulsed flood = window.ask("pulses Say everything.", Answers.Pulsed.class);
        String sent = Reply.of(Reply.Kind.FLOOD).text();
        Texts.check("The flood's turn", sent, flood.turned().answer());
        Texts.check(
                "The flood's rows",
                Texts.shown(sent),
                String.join("\n", flood.turned().lines()));
        return flood;
    }

    private static Section section(double idle, Answers.Pulsed first, List<Answers.Pulsed> warm, String threads) {
        double[] intervals = intervals(warm);
        double p99 = Statistics.percentile(intervals, 99);
        Interval growth = Statistics.ratioOfMedians(
                bucket(warm, BUCKETS.length - 1, Answers.Pulse::fx), bucket(warm, EARLY, Answers.Pulse::fx));
        double[] perChunk =
                warm.stream().mapToDouble(flood -> perChunk(flood, idle)).toArray();
        var goals = List.of(
                Goal.atMost(
                        "99 % of the pulses follow each other within 33 ms",
                        "p99 " + Numbers.millis(p99) + ", longest "
                                + Numbers.millis(Statistics.percentile(intervals, 100)),
                        p99 / 1e6,
                        LONGEST_INTERVAL),
                Goal.atMost(
                        "a pulse costs the same however long the answer is: the FX thread at 100 k to 200 k characters at "
                                + "most " + FLAT + " times that at 10 k to 20 k",
                        Numbers.ratio(growth) + " times",
                        growth,
                        FLAT));
        String body = "All text was in the turn and in the rows, in order, after each of the " + (1 + warm.size())
                + " floods. The server wrote " + chunksPerSecond(warm)
                + " chunks a second. A chunk costs the process "
                + Numbers.digits(Statistics.median(perChunk) / 1e3) + " µs of processor time (first flood "
                + Numbers.digits(perChunk(first, idle) / 1e3) + " µs); the window at rest, taken off, needs "
                + Numbers.digits(100 * idle) + " % of a core.\n\nTime between two pulses:\n\n"
                + intervalTable(first, intervals) + "\nCost of a pulse by length of the answer, " + warm.size()
                + " floods after the first, medians (and p95):\n\n" + costTable(warm)
                + "\nThe first flood, before the JIT compiler has done its work, for comparison:\n\n"
                + costTable(List.of(first))
                + "\nWhose processor time it is, for one flood after the first:\n\n"
                + threads
                + """

                *How it is measured.* A server in a process of its own sends 20,000 lines of 10 characters each, prose with
                pieces of code, 5,000 a second, each with a write of its own; a new conversation for each flood. The first
                flood warms the JIT compiler and is not part of the goals. Intervals are those between the first handlers of
                an `AnimationTimer`. The cost is the processor time of the thread from the end of one pulse to the end of
                the next, everything between them included; "whole pulse" is wall time from the first handler of an animation
                to the end of the pulse. The renderer works on the picture of the pulse before.
                """;
        return new Section("", goals, body, "");
    }

    private static String intervalTable(Answers.Pulsed first, double[] warm) {
        var table = new Table("", "pulses", "p50", "p95", "p99", "longest");
        addIntervals(table, "first flood", intervals(List.of(first)));
        addIntervals(table, "the others", warm);
        return table.toString();
    }

    private static void addIntervals(Table table, String name, double[] intervals) {
        table.row(
                name,
                Numbers.count(intervals.length),
                Numbers.millis(Statistics.percentile(intervals, 50)),
                Numbers.millis(Statistics.percentile(intervals, 95)),
                Numbers.millis(Statistics.percentile(intervals, 99)),
                Numbers.millis(Statistics.percentile(intervals, 100)));
    }

    private static String costTable(List<Answers.Pulsed> floods) {
        var table = new Table("characters", "pulses", "FX thread", "renderer", "whole pulse");
        for (int i = 0; i < BUCKETS.length; i++) {
            double[] fx = bucket(floods, i, Answers.Pulse::fx);
            if (fx.length > 0) {
                table.row(
                        (i == 0 ? "up to " : Numbers.count(BUCKETS[i - 1]) + " to ") + Numbers.count(BUCKETS[i]),
                        Numbers.count(fx.length),
                        cost(fx),
                        cost(bucket(floods, i, Answers.Pulse::render)),
                        cost(bucket(floods, i, Answers.Pulse::wall)));
            }
        }
        return table.toString();
    }

    private static String cost(double[] nanos) {
        return Numbers.millis(Statistics.median(nanos)) + " (" + Numbers.millis(Statistics.percentile(nanos, 95)) + ")";
    }

    /** What the pulses cost that saw the answer in a bucket of length. */
    private static double[] bucket(List<Answers.Pulsed> floods, int bucket, ToLongFunction<Answers.Pulse> cost) {
        int from = bucket == 0 ? 0 : BUCKETS[bucket - 1];
        return floods.stream()
                // The first has no pulse before it, from whose end its processor time could count.
                .flatMap(flood -> growing(flood).stream().skip(1))
                .filter(pulse -> pulse.length() > from && pulse.length() <= BUCKETS[bucket])
                .mapToDouble(pulse -> cost.applyAsLong(pulse))
                .toArray();
    }

    private static double[] intervals(List<Answers.Pulsed> floods) {
        return floods.stream()
                .map(FloodPart::growing)
                .flatMapToDouble(pulses -> IntStream.range(1, pulses.size())
                        .mapToDouble(
                                i -> pulses.get(i).start() - pulses.get(i - 1).start()))
                .toArray();
    }

    /** The pulses up to the one that had the whole answer. */
    private static List<Answers.Pulse> growing(Answers.Pulsed flood) {
        int whole = flood.turned().answer().length();
        List<Answers.Pulse> pulses = flood.pulses();
        long before = pulses.stream().filter(pulse -> pulse.length() < whole).count();
        return pulses.subList(0, Math.toIntExact(before) + 1);
    }

    private static double perChunk(Answers.Pulsed flood, double idle) {
        int chunks = Reply.of(Reply.Kind.FLOOD).chunks().size();
        return (flood.cpu() - idle * flood.elapsed()) / chunks;
    }

    private static String chunksPerSecond(List<Answers.Pulsed> floods) {
        int chunks = Reply.of(Reply.Kind.FLOOD).chunks().size();
        return Numbers.count(Math.round(Statistics.median(floods.stream()
                .mapToDouble(flood -> chunks * 1e9 / flood.turned().wall())
                .toArray())));
    }
}
