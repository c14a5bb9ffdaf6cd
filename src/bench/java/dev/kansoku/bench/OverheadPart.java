package dev.kansoku.bench;

import dev.kansoku.bench.window.Answers;
import dev.kansoku.live.LiveOllama;
import dev.kansoku.ollama.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** What the window costs a turn of a real model, against curl, beside curl against curl. */
final class OverheadPart implements Part {

    private static final int PAIRS = 30;

    /** For the JIT compiler, and the server's cache. */
    private static final int WARM_UP = 10;

    private static final String WINDOW = "overhead";

    private static final double MOST_MILLIS = 5;
    private static final double MOST_SHARE = 0.05;
    private static final double MOST_RATIO = 1.03;

    /** A turn of the window: what can be compared, what only the window has, and what was burned for it. */
    private record WindowTurn(Sample sample, double drawn, double enterToSent, double cpu, double ollamaCpu) {}

    private record Pair(WindowTurn window, Sample curl) {}

    private record Control(Sample one, Sample other) {}

    @Override
    public String name() {
        return "overhead";
    }

    @Override
    public String title() {
        return "A real Ollama: the window against curl";
    }

    @Override
    public List<String> recorded() {
        return List.of(WINDOW);
    }

    @Override
    public Section measure(Lab lab) {
        String body = bodyOfTheWindow(lab);
        try (LiveOllama ollama = LiveOllama.start()) {
            var curl = new Curl(ollama.address(), lab.folder());
            BenchModel.create(curl);
            curl.chat(body);
            try (Child window = lab.window(WINDOW, ollama.address(), BenchModel.NAME)) {
                var run = new Run(window, curl, body, new OllamaCpu(ollama));
                run.run(lab.times(WARM_UP), lab.times(PAIRS));
                return section(run);
            }
        }
    }

    /** What the window sends in a new conversation, so that curl can send the same bytes. */
    private static String bodyOfTheWindow(Lab lab) {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.on("/api/chat", exchange -> exchange.ndjson(ScriptedServer.chunk("Yes."), ScriptedServer.done()));
            try (Child window = lab.window("overhead-body", server.address().display(), BenchModel.NAME)) {
                window.ask("turn " + BenchModel.PROMPT, Answers.Turned.class);
            }
            return server.requests("/api/chat").getFirst().body();
        }
    }

    private static final class Run {

        private final Child window;
        private final Curl curl;
        private final String body;
        private final OllamaCpu ollama;
        private final ThreadTimes warmUp;
        private final ThreadTimes warm;
        private final List<Pair> pairs = new ArrayList<>();
        private final List<Control> controls = new ArrayList<>();

        Run(Child window, Curl curl, String body, OllamaCpu ollama) {
            this.window = window;
            this.curl = curl;
            this.body = body;
            this.ollama = ollama;
            warmUp = new ThreadTimes(window);
            warm = new ThreadTimes(window);
        }

        void run(int before, int count) {
            for (int i = 0; i < before; i++) {
                windowTurn(warmUp);
            }
            for (int i = 0; i < count; i++) {
                if (i % 2 == 0) {
                    WindowTurn first = windowTurn(warm);
                    pairs.add(new Pair(first, curlTurn()));
                    Sample one = curlTurn();
                    controls.add(new Control(one, curlTurn()));
                } else {
                    Sample first = curlTurn();
                    pairs.add(new Pair(windowTurn(warm), first));
                    Sample other = curlTurn();
                    controls.add(new Control(curlTurn(), other));
                }
            }
        }

        private WindowTurn windowTurn(ThreadTimes threads) {
            window.tell("show");
            window.tell("new");
            ollama.awaitQuiet();
            double ollamaBefore = ollama.seconds();
            threads.begin();
            long before = window.ask("cpu", Long.class);
            Answers.Turned turned = window.ask("turn " + BenchModel.PROMPT, Answers.Turned.class);
            ollama.awaitQuiet();
            long after = window.ask("cpu", Long.class);
            threads.end();
            var sample = new Sample(
                    turned.wall(),
                    Objects.requireNonNull(turned.total(), "total_duration"),
                    Objects.requireNonNull(turned.tokens(), "eval_count"),
                    turned.answer());
            return new WindowTurn(
                    sample,
                    Objects.requireNonNull(turned.drawn(), "when it was drawn"),
                    turned.enterToSent(),
                    after - before,
                    1e9 * (ollama.seconds() - ollamaBefore));
        }

        /** An iconified window asks for the models every 30 s only, so curl does not run beside its questions. */
        private Sample curlTurn() {
            window.tell("hide");
            ollama.awaitQuiet();
            return curl.chat(body);
        }
    }

    private static Section section(Run run) {
        List<Pair> pairs = run.pairs;
        List<Control> controls = run.controls;
        Interval above = median(pairs, pair -> pair.window.sample.overhead() - pair.curl.overhead());
        Interval share = median(pairs, pair -> pair.window.cpu / pair.window.ollamaCpu);
        Interval ratio = median(pairs, pair -> pair.window.sample.wall() / pair.curl.wall());
        Interval control = median(controls, pair -> pair.one.wall() / pair.other.wall());
        var goals = List.of(
                Goal.atMost(
                        "wall time beyond the server's own at most 5 ms above curl's",
                        Numbers.millis(above),
                        above.dividedBy(1e6),
                        MOST_MILLIS),
                Goal.atMost(
                        "processor time of the window at most 5 % of Ollama's",
                        Numbers.percent(share), share, MOST_SHARE),
                Goal.atMost(
                        "wall time below 1.03 times curl's",
                        Numbers.ratio(ratio) + "; curl against curl " + Numbers.ratio(control),
                        ratio,
                        MOST_RATIO));
        String text = new Table("", "window", "curl", "window − curl, in pairs", "curl − curl, in pairs")
                        .row(
                                "wall − `total_duration`",
                                Numbers.millis(median(pairs, pair -> pair.window.sample.overhead())),
                                Numbers.millis(median(pairs, pair -> pair.curl.overhead())),
                                Numbers.millis(above),
                                Numbers.millis(median(controls, pair -> pair.one.overhead() - pair.other.overhead())))
                        .row(
                                "the same until the text is drawn",
                                Numbers.millis(median(pairs, pair -> pair.window.drawn - pair.window.sample.total())),
                                "",
                                "",
                                "")
                        .row(
                                "wall",
                                Numbers.millis(median(pairs, pair -> pair.window.sample.wall())),
                                Numbers.millis(median(pairs, pair -> pair.curl.wall())),
                                Numbers.millis(median(pairs, pair -> pair.window.sample.wall() - pair.curl.wall())),
                                Numbers.millis(median(controls, pair -> pair.one.wall() - pair.other.wall())))
                        .row("ratio of wall times", "", "", Numbers.ratio(ratio), Numbers.ratio(control))
                        .row(
                                "Enter until the request is sent",
                                Numbers.millis(median(pairs, pair -> pair.window.enterToSent)),
                                "",
                                "",
                                "")
                        .row(
                                "processor time for 100 tokens",
                                Numbers.seconds(
                                        median(pairs, pair -> 100 * pair.window.cpu / pair.window.sample.tokens())),
                                "",
                                "",
                                "")
                        .row("as a share of Ollama's", Numbers.percent(share), "", "", "")
                + "\nMedians with 95 % intervals of " + pairs.size() + " pairs window and curl, and " + controls.size()
                + " pairs curl and curl. " + answers(pairs, controls) + " Both sent `" + run.body
                + "`.\n\nWhose processor time of the window it is, in a turn of the pairs:\n\n" + run.warm
                + "\nand in one of those before them, in which the JIT compiler still has much to do:\n\n" + run.warmUp
                + """

                *How it is measured.* The model is an alias of SmolLM2-135M with `seed`, `temperature` 0 and `num_predict` 48, in an
                Ollama 0.11.4 of the harness's own, loaded before. Every request is the same, so the server's cache of the
                prompt is equally warm for all of them. The window sends each in a new conversation; curl sends the bytes that
                the window was seen to send. A pair of each kind follows the other, and which of a pair comes first alternates.
                Each waits until Ollama is quiet; while curl runs the window is iconified, so that it does not ask for the models
                meanwhile. curl's wall time is `%{time_total}`; the window's is from the call of the HTTP client to the last read
                from the socket. Processor time is that of the whole process, and of `ollama serve` and its runner together, from
                Enter until Ollama is quiet again, measuring, drawing and the list of models included.
                """;
        return new Section("", goals, text, "");
    }

    private static String answers(List<Pair> pairs, List<Control> controls) {
        var all = new ArrayList<Sample>();
        pairs.forEach(pair -> all.addAll(List.of(pair.window.sample, pair.curl)));
        controls.forEach(pair -> all.addAll(List.of(pair.one, pair.other)));
        String first = all.getFirst().answer();
        long same = all.stream().filter(sample -> sample.answer().equals(first)).count();
        long tokens = all.stream().mapToLong(Sample::tokens).distinct().count();
        return same + " of " + all.size() + " answers were the same to the letter"
                + (tokens == 1 ? ", and all had " + all.getFirst().tokens() + " tokens." : ", but not all as long.");
    }

    private static <T> Interval median(List<T> pairs, ToDoubleFunction<T> value) {
        return Statistics.medianOf(pairs.stream().mapToDouble(value).toArray());
    }
}
