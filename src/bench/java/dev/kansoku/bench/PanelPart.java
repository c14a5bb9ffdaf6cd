package dev.kansoku.bench;

import dev.kansoku.bench.window.Answers;
import dev.kansoku.live.LiveOllama;
import dev.kansoku.measure.Samples;
import dev.kansoku.ui.panel.FilledPanel;
import dev.kansoku.ui.panel.PanelViewModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the live panel costs: at rest, after a day, in memory, and a model that writes beside it. */
final class PanelPart implements Part {

    private static final int POINTS = 600;
    private static final int DAY = 86_400;
    private static final int ROUNDS = 10;
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final int BATCHES = 300;
    private static final int BATCH = 1_000;
    private static final int PAIRS = 30;
    private static final int WARM_UP = 10;
    private static final String WINDOW = "panel";
    private static final String REAL = "panel-real";

    private static final double MOST_SHARE = 0.02;
    private static final double FLAT = 1.25;
    private static final double LEAST_RATIO = 0.98;

    /** Of a core, without samples and with one a second. */
    private record Round(double idle, double sampled) {

        static Interval cost(List<Round> rounds) {
            return Statistics.medianOf(rounds.stream()
                    .mapToDouble(round -> round.sampled - round.idle)
                    .toArray());
        }

        static Interval idle(List<Round> rounds) {
            return Statistics.medianOf(rounds.stream().mapToDouble(Round::idle).toArray());
        }
    }

    /** Tokens a second of two answers that differ in one thing only. */
    private record Pair(double one, double other) {

        static Interval ratio(List<Pair> pairs) {
            return Statistics.medianOf(
                    pairs.stream().mapToDouble(pair -> pair.one / pair.other).toArray());
        }
    }

    @Override
    public String name() {
        return "panel";
    }

    @Override
    public String title() {
        return "The live panel";
    }

    @Override
    public List<String> recorded() {
        return List.of(WINDOW);
    }

    @Override
    public Section measure(Lab lab) {
        List<Round> early;
        List<Round> late;
        Answers.Memory empty;
        Answers.Memory full;
        int[] sizes;
        try (Child window = lab.panel(WINDOW)) {
            Rest.await(window);
            empty = window.ask("memory", Answers.Memory.class);
            window.tell("fill " + POINTS);
            early = rounds(window, lab);
            window.tell("fill " + DAY);
            late = rounds(window, lab);
            full = window.ask("memory", Answers.Memory.class);
            sizes = window.ask("sizes", int[].class);
        }
        Interval growth = growth(lab);
        var pairs = new ArrayList<Pair>();
        var controls = new ArrayList<Pair>();
        beside(lab, pairs, controls);
        return section(early, late, growth, full.heap() - empty.heap(), sizes, pairs, controls);
    }

    private static List<Round> rounds(Child window, Lab lab) {
        Rest.await(window);
        var rounds = new ArrayList<Round>();
        for (int i = 0; i < lab.times(ROUNDS); i++) {
            double idle = Rest.share(window, ROUND);
            window.tell("samples");
            // The first is not part of it: it moves the charts over all the time in which nothing came.
            Rest.share(window, Duration.ofMillis(1_500));
            rounds.add(new Round(idle, Rest.share(window, ROUND)));
            window.tell("quiet");
        }
        return rounds;
    }

    /** How much more a sample costs after a day of them than at the beginning, in a process that has compiled all of it. */
    private static Interval growth(Lab lab) {
        batches(0, 3 * BATCHES);
        double[] early = batches(0, lab.times(BATCHES));
        double[] late = batches(DAY, lab.times(BATCHES));
        return Statistics.ratioOfMedians(late, early);
    }

    private static double[] batches(int before, int count) {
        PanelViewModel panel = FilledPanel.after(before);
        var samples = new Samples();
        long begin = System.nanoTime();
        long second = 1_000_000_000L;
        double[] times = new double[count];
        for (int batch = 0; batch < count; batch++) {
            long start = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                var sample = FilledPanel.sample(begin + ((long) batch * BATCH + i) * second, i);
                samples.add(sample);
                panel.sampled(sample);
            }
            times[batch] = (double) (System.nanoTime() - start) / BATCH;
        }
        return times;
    }

    /** The window's panel shown and hidden in turn, while a real model writes; and hidden twice, to see what chance does. */
    private static void beside(Lab lab, List<Pair> pairs, List<Pair> controls) {
        try (LiveOllama ollama = LiveOllama.start()) {
            BenchModel.create(new Curl(ollama.address(), lab.folder()));
            try (Child window = lab.window(REAL, ollama.address(), BenchModel.NAME)) {
                for (int i = 0; i < lab.times(WARM_UP); i++) {
                    rate(window, i % 2 == 0);
                }
                for (int i = 0; i < lab.times(PAIRS); i++) {
                    if (i % 2 == 0) {
                        double on = rate(window, true);
                        pairs.add(new Pair(on, rate(window, false)));
                        double one = rate(window, false);
                        controls.add(new Pair(one, rate(window, false)));
                    } else {
                        double one = rate(window, false);
                        double other = rate(window, false);
                        controls.add(new Pair(other, one));
                        double off = rate(window, false);
                        pairs.add(new Pair(rate(window, true), off));
                    }
                }
            }
        }
    }

    private static double rate(Child window, boolean shown) {
        window.tell("panel " + shown);
        window.tell("new");
        Rest.await(window);
        Answers.Turned turned = window.ask("turn " + BenchModel.PROMPT, Answers.Turned.class);
        double tokens = Objects.requireNonNull(turned.tokens(), "eval_count");
        return tokens * 1e9 / Objects.requireNonNull(turned.eval(), "eval_duration");
    }

    private static Section section(
            List<Round> early,
            List<Round> late,
            Interval growth,
            long bytes,
            int[] sizes,
            List<Pair> pairs,
            List<Pair> controls) {
        Interval beside = Pair.ratio(pairs);
        Interval control = Pair.ratio(controls);
        var goals = List.of(
                Goal.atMost(
                        "all charts at 600 points, a sample a second: at most 2 % of a core",
                        Numbers.percent(Round.cost(early)), Round.cost(early), MOST_SHARE),
                Goal.atMost(
                        "a sample after 24 h of them costs at most " + FLAT + " times the first ones",
                        Numbers.ratio(growth) + " times",
                        growth,
                        FLAT),
                Goal.atLeast(
                        "tokens a second of a real Ollama with the panel at least 0.98 of those without",
                        Numbers.ratio(beside) + "; without against without " + Numbers.ratio(control),
                        beside,
                        LEAST_RATIO));
        String body = new Table("panel, with a sample a second", "of a core", "at rest, of a core")
                        .row(
                                "10 minutes, " + POINTS + " points a chart",
                                Numbers.percent(Round.cost(early)),
                                Numbers.percent(Round.idle(early)))
                        .row(
                                "24 hours, simulated",
                                Numbers.percent(Round.cost(late)),
                                Numbers.percent(Round.idle(late)))
                + "\nAfter 24 hours the panel holds " + Numbers.mebibytes(bytes)
                + " more on the heap than an empty one, and no more comes: " + Numbers.count(sizes[0])
                + " samples a curve, " + Numbers.count(sizes[1]) + " values of tokens a second, " + sizes[2]
                + " turns.\n\n"
                + new Table("tokens a second, in pairs", "ratio")
                        .row("panel shown / hidden", Numbers.ratio(beside))
                        .row("hidden / hidden", Numbers.ratio(control))
                + "\nMedians with 95 % intervals of " + pairs.size()
                + " pairs of each kind; without the panel a model of "
                + Numbers.digits(Statistics.median(all(pairs))) + " tokens a second.\n"
                + """

                *How it is measured.* The panel alone in a window of 360 x 1000, 15 minutes in sight, as it is after 10 minutes
                and after a day with an answer in each minute; the times before are made up. Its cost is processor time with a
                sample a second less that without, in rounds of 8 s, one after the other. The cost of a sample by itself is that of
                keeping it, in batches of 1,000, at the beginning and after 86,400 of them. For the last table the whole window
                asks a real model for 48 tokens, the same ones each time; which of a pair comes first alternates. Tokens a
                second are the server's own.
                """;
        return new Section("", goals, body, "");
    }

    private static double[] all(List<Pair> pairs) {
        return pairs.stream().mapToDouble(Pair::other).toArray();
    }
}
