package dev.kansoku.bench;

import dev.kansoku.bench.masker.Sort;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What it costs to make of a text what may leave the machine, whatever stands in it. */
final class MaskerPart implements Part {

    private static final int TIMES = 30;
    private static final int TURNS = 200;

    /** For the JIT compiler. */
    private static final int WARM_UP = 30;

    /** In UTF-16 units. */
    private static final int MEGABYTE = 1_000_000;

    private static final int WINDOW = 64 * 1024;
    private static final int QUARTER = WINDOW / 4;
    private static final int OF_A_TURN = 10_000;

    private static final double MOST_MILLIS = 50;
    private static final String NAME = "masker";

    /**
     * Of one sort of text, in nanoseconds: medians for a quarter of the window, for the window and for a megabyte.
     *
     * @param longest of those for a megabyte
     */
    private record Times(double quarter, double window, double megabyte, double longest) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Masking, whatever the text";
    }

    @Override
    public List<String> recorded() {
        return List.of(NAME);
    }

    @Override
    public Section measure(Lab lab) {
        try (Child masker = lab.masker(NAME)) {
            double first = mask(masker, Sort.ENGLISH, OF_A_TURN, 1)[0];
            double second = mask(masker, Sort.ENGLISH, OF_A_TURN, 1)[0];
            for (Sort sort : Sort.values()) {
                mask(masker, sort, WINDOW, lab.times(WARM_UP));
            }
            Map<Sort, Times> times = new EnumMap<>(Sort.class);
            for (Sort sort : Sort.values()) {
                double quarter = Statistics.median(mask(masker, sort, QUARTER, lab.times(TIMES)));
                double window = Statistics.median(mask(masker, sort, WINDOW, lab.times(TIMES)));
                double[] megabyte = mask(masker, sort, MEGABYTE, lab.times(TIMES));
                times.put(
                        sort,
                        new Times(quarter, window, Statistics.median(megabyte), Statistics.percentile(megabyte, 100)));
            }
            var turns = new Table("10,000 characters of prompt, 10,000 of reply", "median", "p95", "longest");
            for (Sort sort : List.of(Sort.ENGLISH, Sort.JAPANESE, Sort.CODE, Sort.PERSONAL)) {
                turn(turns, masker, sort, lab.times(TURNS));
            }
            return section(first + second, times, turns);
        }
    }

    private static double[] mask(Child masker, Sort sort, int length, int times) {
        long[] nanos = masker.ask(sort.name() + " " + length + " " + times, long[].class);
        return Arrays.stream(nanos).asDoubleStream().toArray();
    }

    private static void turn(Table table, Child masker, Sort sort, int times) {
        double[] single = mask(masker, sort, OF_A_TURN, 2 * times);
        double[] turn = new double[times];
        for (int i = 0; i < times; i++) {
            turn[i] = single[2 * i] + single[2 * i + 1];
        }
        table.row(
                sort.title(),
                Numbers.millis(Statistics.median(turn)),
                Numbers.millis(Statistics.percentile(turn, 95)),
                Numbers.millis(Statistics.percentile(turn, 100)));
    }

    private static Section section(double first, Map<Sort, Times> times, Table turns) {
        var table = new Table("a text of", "16 Ki: median", "64 Ki: median", "1 M: median", "longest");
        times.forEach((sort, of) -> table.row(
                sort.title(),
                Numbers.millis(of.quarter),
                Numbers.millis(of.window),
                Numbers.millis(of.megabyte),
                Numbers.millis(of.longest)));
        Map.Entry<Sort, Times> slowest = times.entrySet().stream()
                .max(Comparator.comparingDouble(entry -> entry.getValue().longest))
                .orElseThrow();
        double most = slowest.getValue().longest;
        var goals = List.of(Goal.atMost(
                "any text of 1 M characters at most 50 ms, every time",
                "longest " + Numbers.millis(most) + " (" + slowest.getKey().title() + ")",
                most / 1e6,
                MOST_MILLIS));
        String body = turns + "\nThe first turn of the process takes " + Numbers.millis(first)
                + ", most of it for loading classes and the library of telephone numbers.\n\n" + table
                + """

                *How it is measured.* One thread in a process of its own, with the program's flags, calls `Masker.mask` with one text
                after the other; lengths are in UTF-16 units. Each sort is masked before, for the JIT compiler. The search reads at
                most 64 Ki, so four times as much as 16 Ki shows how its cost grows; of the rest the masker counts code points, and
                skips what cannot be seen.
                """;
        return new Section("", goals, body, "");
    }
}
