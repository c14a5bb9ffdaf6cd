package dev.kansoku.bench;

import dev.kansoku.bench.CollectorTap.Received;
import dev.kansoku.bench.masker.Sort;
import dev.kansoku.bench.telemetry.TurnCost;
import dev.kansoku.telemetry.delivery.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** What it costs to tell a Collector of turns: the turn's own threads, the others, the wire. */
final class TelemetryPart implements Part {

    private static final String NAME = "telemetry";
    private static final List<Sort> SORTS = List.of(Sort.ENGLISH, Sort.JAPANESE, Sort.PERSONAL);

    /** For the JIT compiler. */
    private static final int WARM_UP = 100;

    private static final int WARM_UP_MILLIS = 50;

    private static final int TURNS = 100;

    /** Long enough for what a turn brings about, the totals among it, which are saved 250 ms later. */
    private static final int MILLIS = 400;

    private static final int ALONE = 12;

    /** Metrics are sent every 5 s at most: each turn has its own. */
    private static final int ALONE_MILLIS = 5_500;

    private static final double MOST_OF_CALLER = 1e6;
    private static final double MOST_OF_TELEMETRY = 20e6;

    private static final Map<Signal, Integer> EVENTS = Map.of(Signal.TRACES, 1, Signal.LOGS, 1);
    private static final Map<Signal, Integer> METRICS = Map.of(Signal.METRICS, 1);
    private static final Map<Signal, Integer> ALL = Map.of(Signal.TRACES, 1, Signal.LOGS, 1, Signal.METRICS, 1);

    /**
     * Of one sort of text.
     *
     * @param masking processor time in nanoseconds
     * @param among turns that follow each other, those left out that sent metrics
     * @param alone turns with metrics of their own
     */
    private record OfSort(double masking, List<TurnCost> among, List<TurnCost> alone) {}

    private record Found(Map<Sort, OfSort> sorts, List<TurnCost> metrics, List<Received> requests, boolean isReal) {

        Stream<TurnCost> turns() {
            return sorts.values().stream().flatMap(sort -> Stream.concat(sort.among.stream(), sort.alone.stream()));
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Telemetry";
    }

    @Override
    public List<String> recorded() {
        return List.of(NAME);
    }

    @Override
    public Section measure(Lab lab) {
        try (var tap = new CollectorTap();
                Child child = lab.telemetry(NAME, tap.endpoint())) {
            for (Sort sort : SORTS) {
                costs(child, "turns", sort, WARM_UP, WARM_UP_MILLIS);
            }
            Map<Sort, OfSort> sorts = new EnumMap<>(Sort.class);
            var requests = new ArrayList<Received>();
            for (Sort sort : SORTS) {
                double masking = Statistics.median(mask(child, sort, lab.times(TURNS)));
                List<TurnCost> among = sending(EVENTS, costs(child, "turns", sort, lab.times(TURNS), MILLIS));
                int before = tap.requests().size();
                List<TurnCost> alone = sending(ALL, costs(child, "turns", sort, lab.times(ALONE), ALONE_MILLIS));
                requests.addAll(tap.requests().subList(before, tap.requests().size()));
                sorts.put(sort, new OfSort(masking, among, alone));
            }
            List<TurnCost> metrics =
                    sending(METRICS, costs(child, "metrics", Sort.ENGLISH, lab.times(ALONE), ALONE_MILLIS));
            return section(new Found(sorts, metrics, requests, tap.isReal()));
        }
    }

    private static TurnCost[] costs(Child child, String order, Sort sort, int times, int millis) {
        return child.ask(order + " " + sort.name() + " " + times + " " + millis, TurnCost[].class);
    }

    private static double[] mask(Child child, Sort sort, int times) {
        long[] nanos = child.ask("mask " + sort.name() + " " + times, long[].class);
        return Arrays.stream(nanos).asDoubleStream().toArray();
    }

    /** Those in whose time these messages left and no others. */
    private static List<TurnCost> sending(Map<Signal, Integer> messages, TurnCost[] turns) {
        List<TurnCost> clean = Arrays.stream(turns)
                .filter(turn -> turn.messages().equals(messages))
                .toList();
        if (2 * clean.size() < turns.length) {
            throw new IllegalStateException("Of " + turns.length + " turns only " + clean.size() + " sent " + messages
                    + ": the machine is too busy to tell them from each other.");
        }
        return clean;
    }

    private static double[] values(Stream<TurnCost> turns, ToDoubleFunction<TurnCost> value) {
        return turns.mapToDouble(value).toArray();
    }

    private static double median(List<TurnCost> turns, ToDoubleFunction<TurnCost> value) {
        return Statistics.median(values(turns.stream(), value));
    }

    // What is told

    private static Section section(Found found) {
        double[] callerCpu = values(found.turns(), TurnCost::callerCpu);
        double[] callerWall = values(found.turns(), TurnCost::callerWall);
        Interval cpu = Statistics.medianOf(callerCpu);
        Interval wall = Statistics.medianOf(callerWall);
        Map.Entry<Sort, OfSort> dearest = found.sorts.entrySet().stream()
                .max(Comparator.comparingDouble(entry -> median(entry.getValue().alone, TelemetryWork::all)))
                .orElseThrow();
        Interval most = Statistics.medianOf(values(dearest.getValue().alone.stream(), TelemetryWork::all));
        var goals = List.of(
                Goal.atMost(
                        "a turn's own threads burn at most 1 ms for telemetry",
                        Numbers.millis(cpu),
                        cpu,
                        MOST_OF_CALLER),
                Goal.atMost(
                        "and wait for nothing: at most 1 ms by the clock, in the median",
                        Numbers.millis(wall),
                        wall,
                        MOST_OF_CALLER),
                Goal.atMost(
                        "all other threads at most 20 ms of processor time a turn, with metrics of its own",
                        Numbers.millis(most) + " (" + dearest.getKey().title() + ")",
                        most,
                        MOST_OF_TELEMETRY));
        var caller = new Table("the turn's own threads, a turn", "median", "p95", "longest");
        row(caller, "processor time", callerCpu);
        row(caller, "by the clock", callerWall);
        String body = caller
                + "\nProcessor time of the other threads for a turn with 10,000 characters of prompt and 10,000 of "
                + "reply, medians:\n\n" + among(found.sorts) + "\n" + alone(found.sorts, found.metrics)
                + "\nBytes that the Collector is sent, medians of "
                + Numbers.count(found.requests.size()) + " requests:\n\n" + wire(found.requests) + """

                The number of series is not measured here: a live test counts them in a real Prometheus
                (`mvn test -Plive -Dtest=LiveSeriesTest`), 219 for a workstation with three models, 66 more for a further one.

                *How it is measured.* Telemetry without a window, in a process of its own with the program's flags, has used three
                models and tells\040"""
                + (found.isReal
                        ? "a real OpenTelemetry Collector on loopback; the harness stands between them and counts."
                        : "the harness, because no Collector is installed.")
                + """
                 All is
                warm: 100 turns of each text went before. One thread calls what the turn's own threads call, in one go, and then
                leaves the others alone until the next turn; Linux says what each thread has burned from one turn to the next. Turns
                "400 ms apart" share their metrics, which are sent every 5 s at most, and those in whose time metrics were sent are
                left out; turns "5.5 s apart" have metrics of their own; "metrics alone" are those of a turn of the demo engine,
                of which nothing else is told. Masking is measured by itself, in the same process. The thread `telemetry` does the
                rest too: it records spans, events and metrics, collects and serialises the metrics. Medians do not add up to
                the medians of sums.
                """;
        return new Section("", goals, body, "");
    }

    private static void row(Table table, String what, double[] nanos) {
        table.row(
                what,
                Numbers.millis(Statistics.median(nanos)),
                Numbers.millis(Statistics.percentile(nanos, 95)),
                Numbers.millis(Statistics.percentile(nanos, 100)));
    }

    private static Table among(Map<Sort, OfSort> sorts) {
        var table = new Table(heads("turns 400 ms apart, without metrics", sorts));
        row(table, "masking by itself", sorts.values().stream().map(OfSort::masking));
        rows(table, sorts.values().stream().map(OfSort::among).toList());
        return table;
    }

    private static Table alone(Map<Sort, OfSort> sorts, List<TurnCost> metrics) {
        var table = new Table(heads("turns 5.5 s apart, with metrics", sorts, "metrics alone"));
        rows(
                table,
                Stream.concat(sorts.values().stream().map(OfSort::alone), Stream.of(metrics))
                        .toList());
        return table;
    }

    private static String[] heads(String first, Map<Sort, OfSort> sorts, String... more) {
        return Stream.of(Stream.of(first), sorts.keySet().stream().map(Sort::title), Stream.of(more))
                .flatMap(heads -> heads)
                .toArray(String[]::new);
    }

    private static void rows(Table table, List<List<TurnCost>> columns) {
        for (TelemetryWork work : TelemetryWork.values()) {
            row(table, work.title(), columns.stream().map(turns -> median(turns, work::of)));
        }
        row(table, "together", columns.stream().map(turns -> median(turns, TelemetryWork::all)));
        row(
                table,
                "beside them: compiler and collector of the JVM",
                columns.stream().map(turns -> median(turns, TelemetryWork::ofTheJvm)));
    }

    private static void row(Table table, String what, Stream<Double> nanos) {
        table.row(Stream.concat(Stream.of(what), nanos.map(Numbers::millis)).toArray(String[]::new));
    }

    private static Table wire(List<Received> requests) {
        var table = new Table("a turn with metrics of its own", "before gzip", "after", "with the headers");
        int[] sums = new int[3];
        for (Signal signal : Signal.values()) {
            List<Received> ofSignal = requests.stream()
                    .filter(request ->
                            request.path().endsWith("/" + signal.name().toLowerCase(Locale.ROOT)))
                    .toList();
            int[] bytes = {
                bytes(ofSignal, Received::plain),
                bytes(ofSignal, Received::body),
                bytes(ofSignal, request -> request.head() + request.body())
            };
            row(table, signal.name().toLowerCase(Locale.ROOT), bytes);
            Arrays.setAll(sums, i -> sums[i] + bytes[i]);
        }
        row(table, "together", sums);
        return table;
    }

    private static int bytes(List<Received> requests, ToIntFunction<Received> size) {
        return (int) Statistics.median(
                requests.stream().mapToDouble(size::applyAsInt).toArray());
    }

    private static void row(Table table, String what, int[] bytes) {
        table.row(Stream.concat(Stream.of(what), Arrays.stream(bytes).mapToObj(Numbers::count))
                .toArray(String[]::new));
    }
}
