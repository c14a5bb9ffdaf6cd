package dev.kansoku.bench;

import dev.kansoku.bench.history.Question;
import dev.kansoku.bench.server.Reply;
import dev.kansoku.bench.window.Answers;
import dev.kansoku.history.FilledHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What years of chats cost: searching them, opening a long one, starting with them, keeping them in memory. */
final class HistoryPart implements Part {

    private static final int SMALL = 10_000;
    private static final int LARGE = 1_000_000;
    private static final int QUICK = 50_000;

    private static final int SEARCHES = 300;
    private static final int OPENINGS = 20;
    private static final int STARTS = 20;
    private static final int TURNS = 100;
    private static final List<String> TYPED = List.of(
            "memory token", "the server reply", "question about threads", "slow file load", "answer of the model");

    private static final double MOST_SEARCH = 20;
    private static final double MOST_OPEN = 150;
    private static final double MOST_LOST = 250;
    private static final double MOST_KEY = 50;

    /** Two medians of starts of the same program differ by so much. */
    private static final double SAME = 1.1;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEBIBYTE = 1 << 20;
    private static final double MOST_GROWTH = 4;
    private static final String NAME = "history";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Years of chats";
    }

    @Override
    public List<String> recorded() {
        return List.of(NAME + "-window-large");
    }

    /** How long something took, again and again; in nanoseconds. */
    private record Times(Interval median, double p95, double longest) {

        static Times of(double... nanos) {
            return new Times(
                    Statistics.medianOf(nanos), Statistics.percentile(nanos, 95), Statistics.percentile(nanos, 100));
        }
    }

    private record Opened(Times conversation, Times keys, Answers.Memory memory) {}

    @Override
    public Section measure(Lab lab) {
        int many = lab.quick() ? QUICK : LARGE;
        Lab small = lab.with(filled(lab, SMALL));
        Lab large = lab.with(filled(lab, many));
        var searches = new EnumMap<Question, List<Times>>(Question.class);
        for (Lab each : List.of(small, large)) {
            search(each)
                    .forEach((question, searched) -> searches.computeIfAbsent(question, q -> new ArrayList<>())
                            .add(searched));
        }
        var empty = new double[lab.times(STARTS)];
        var full = new double[empty.length];
        for (int i = 0; i < empty.length; i++) {
            // In turn: a machine is not equally fast for minutes.
            empty[i] = start(lab, "empty");
            full[i] = start(large, "large");
        }
        return section(
                many,
                searches,
                window(small, "small"),
                window(large, "large"),
                empty,
                full,
                write(small, "small"),
                write(large, "large"));
    }

    private static Path filled(Lab lab, int messages) {
        Path file = lab.folder().resolve("history").resolve(messages + ".db");
        FilledHistory.make(file, messages);
        return file;
    }

    private static Map<Question, Times> search(Lab lab) {
        var found = new EnumMap<Question, Times>(Question.class);
        try (Child searcher = lab.searcher(NAME + "-search")) {
            for (Question question : Question.values()) {
                // Of the process, not of the words: those are others every time.
                times(searcher, question.name() + " " + lab.times(SEARCHES) / 10);
            }
            for (Question question : Question.values()) {
                found.put(question, times(searcher, question.name() + " " + lab.times(SEARCHES)));
            }
        }
        return found;
    }

    private static Times write(Lab lab, String state) {
        try (Child writer = lab.writer(NAME + "-write-" + state)) {
            return times(writer, "turns " + lab.times(TURNS));
        }
    }

    private static Times times(Child child, String order) {
        return Times.of(
                Arrays.stream(child.ask(order, long[].class)).asDoubleStream().toArray());
    }

    /** From the start of the process to the first paint, in nanoseconds. */
    private static double start(Lab lab, String state) {
        try (Child program = lab.start(NAME + "-start-" + state, BlackHole.closedPort())) {
            return program.read(Answers.Started.class).painted();
        }
    }

    private static Opened window(Lab lab, String state) {
        try (Child server = lab.server(Reply.Kind.SHORT);
                Child window = lab.window(NAME + "-window-" + state, server.line(), Lab.MODEL)) {
            Rest.await(window);
            Times keys = Times.of(TYPED.stream()
                    .flatMapToLong(words -> Arrays.stream(window.ask("search " + words, long[].class)))
                    .asDoubleStream()
                    .toArray());
            Times conversation = Times.of(IntStream.range(0, lab.times(OPENINGS))
                    .mapToDouble(i -> {
                        window.tell("new");
                        // Until all of what was opened before is there.
                        Rest.await(window);
                        return window.ask("open", Long.class);
                    })
                    .toArray());
            window.tell("new");
            Rest.await(window);
            return new Opened(conversation, keys, window.ask("memory", Answers.Memory.class));
        }
    }

    private static Section section(
            int many,
            Map<Question, List<Times>> searches,
            Opened small,
            Opened large,
            double[] emptyStarts,
            double[] fullStarts,
            Times smallWrites,
            Times largeWrites) {
        var table = new Table(
                "search for",
                "10 k: median",
                "p95",
                Numbers.count(many) + ": median",
                "p95",
                "longest",
                "growth of p95");
        var goals = new ArrayList<Goal>();
        searches.forEach((question, both) -> {
            Times few = both.getFirst();
            Times lots = both.getLast();
            table.row(
                    question.title(),
                    Numbers.millis(few.median.estimate()),
                    Numbers.millis(few.p95),
                    Numbers.millis(lots.median.estimate()),
                    Numbers.millis(lots.p95),
                    Numbers.millis(lots.longest),
                    Numbers.digits(lots.p95 / few.p95) + " ×");
            goals.add(Goal.atMost(
                    "search for " + question.title() + " in " + Numbers.count(many) + " messages: p95 at most 20 ms",
                    Numbers.millis(lots.p95),
                    lots.p95 / NANOS_PER_MILLI,
                    MOST_SEARCH));
        });
        Interval opening = large.conversation.median;
        goals.add(Goal.atMost(
                "a conversation of " + Numbers.count(FilledHistory.LONG)
                        + " messages is on the screen within 150 ms, in the median",
                Numbers.millis(opening),
                opening.dividedBy(NANOS_PER_MILLI),
                MOST_OPEN));
        Interval slower = Statistics.ratioOfMedians(fullStarts, emptyStarts);
        goals.add(Goal.atMost(
                "the window comes as fast as with an empty history: at most 1.1 times",
                Numbers.ratio(slower),
                slower,
                SAME));
        goals.add(Goal.atMost(
                "95 % of the letters typed into the search are on the screen within 50 ms",
                Numbers.millis(large.keys.p95), large.keys.p95 / NANOS_PER_MILLI, MOST_KEY));
        goals.add(Goal.atMost(
                "every piece of an answer is on the disk within 250 ms, whatever else is being indexed",
                "longest " + Numbers.millis(largeWrites.longest),
                largeWrites.longest / NANOS_PER_MILLI,
                MOST_LOST));
        double growth = (large.memory.heap() - small.memory.heap()) / MEBIBYTE;
        goals.add(Goal.atMost(
                "the heap does not grow with the history: at most 4 MiB from 10 k to " + Numbers.count(many),
                Numbers.digits(growth) + " MiB",
                growth,
                MOST_GROWTH));
        var others = new Table("", "10 k", Numbers.count(many));
        rows(others, "opening the long conversation until it is painted", small.conversation, large.conversation);
        rows(others, "a letter typed into the search until it is painted", small.keys, large.keys);
        rows(others, "a piece of an answer until it is on the disk", smallWrites, largeWrites);
        others.row(
                "heap after a full collection",
                Numbers.mebibytes(small.memory.heap()),
                Numbers.mebibytes(large.memory.heap()));
        String body = table + "\n" + others + "\nFrom the start of the process to the first paint: "
                + Numbers.millis(Statistics.medianOf(emptyStarts)) + " with an empty history, "
                + Numbers.millis(Statistics.medianOf(fullStarts)) + " with " + Numbers.count(many)
                + " messages (medians).\n"
                + """

                *How it is measured.* The histories are made by a generator (`Messages`, `FilledHistory`): half English, half
                Japanese, words as frequent as in real text, 50 messages a conversation, and beside them one conversation of
                10,000. Searches run one after the other in a process of its own with the program's flags, each with other words;
                what is counted is the whole call, with the texts of 50 hits and what is marked in them. Opening is measured in
                the window, from the click in the list until the picture with the last message is with the X server, 20 times
                after another, the first of which warm the JIT compiler; the file lies in the caches of the disk. The program
                is started with an empty and with the full history in turn. Letters are typed through the X server, and each of
                them starts a search.
                Answers of 2,000 characters are written as they are while they stream, a piece every 10 ms, one after the other;
                when one ends it is put together and indexed while the pieces of the next one come.
                """;
        return new Section("", goals, body, "");
    }

    private static void rows(Table table, String what, Times few, Times lots) {
        table.row(what + ": median", Numbers.millis(few.median), Numbers.millis(lots.median));
        table.row("p95", Numbers.millis(few.p95), Numbers.millis(lots.p95));
        table.row("longest", Numbers.millis(few.longest), Numbers.millis(lots.longest));
    }
}
