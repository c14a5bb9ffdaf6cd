package dev.kansoku.bench;

import dev.kansoku.bench.server.Reply;
import dev.kansoku.bench.window.Answers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the program keeps. */
final class MemoryPart implements Part {

    private static final int CONVERSATION = 50;
    private static final int FIRST = 200;
    private static final int SECOND = 600;
    private static final int LAST = 1_000;
    private static final int SHOWN_CLASSES = 25;
    private static final String PROMPT = "What now?";
    private static final String ANSWER_WINDOW = "memory-answer";
    private static final String TURNS_WINDOW = "memory-turns";

    /**
     * What the window is made of, and must not become more of with what was said. Of the classes of JavaFX one that every
     * message has in it stands for all.
     */
    private static final List<String> OF_THE_VIEW = List.of(
            "dev.kansoku.ui.chat.BlockList",
            "dev.kansoku.ui.chat.RowCell",
            "dev.kansoku.ui.chat.TextView",
            "dev.kansoku.ui.chat.StatusView",
            "dev.kansoku.ui.conversations.ConversationCell",
            "javafx.scene.control.Tooltip");

    /** By how many of them two looks may differ, since a list makes a few cells more or less. */
    private static final int TOLERANCE = 10;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title() {
        return "Memory";
    }

    @Override
    public List<String> recorded() {
        return List.of(TURNS_WINDOW);
    }

    @Override
    public Section measure(Lab lab) {
        var looks = new Table("after a full collection", "heap", "heap taken", "RSS", "PSS", "anonymous");
        try (Child server = lab.server(Reply.Kind.FLOOD);
                Child window = lab.window(ANSWER_WINDOW, server.line(), Lab.MODEL)) {
            add(looks, "empty window", look(window));
            window.ask("turn " + PROMPT, Answers.Turned.class);
            add(looks, "after an answer of 200,000 characters", look(window));
        }
        try (Child server = lab.server(Reply.Kind.SHORT);
                Child window = lab.window(TURNS_WINDOW, server.line(), Lab.MODEL)) {
            // In a short run too the conversations are as long, and there are two of them between two looks.
            int first = lab.quick() ? CONVERSATION : FIRST;
            int second = lab.quick() ? 2 * CONVERSATION : SECOND;
            int last = lab.quick() ? 3 * CONVERSATION : LAST;
            turns(window, 0, first);
            Answers.Memory early = look(window);
            turns(window, first, second);
            Answers.Memory middle = look(window);
            turns(window, second, last);
            Answers.Memory late = look(window);
            add(looks, "after " + Numbers.count(first) + " short turns", early);
            add(looks, "after " + Numbers.count(second), middle);
            add(looks, "after " + Numbers.count(last), late);
            return section(looks, new Growth(early, middle, late, second - first, last - second));
        }
    }

    private static Answers.Memory look(Child window) {
        Rest.await(window);
        return window.ask("memory", Answers.Memory.class);
    }

    /** A new conversation every so often; at each look the last one is whole, and in sight. */
    private static void turns(Child window, int from, int to) {
        for (int i = from; i < to; i++) {
            if (i % CONVERSATION == 0) {
                window.tell("new");
            }
            Answers.Turned turned = window.ask("turn " + PROMPT, Answers.Turned.class);
            Texts.check("Turn " + i, Reply.of(Reply.Kind.SHORT).text(), turned.answer());
        }
    }

    private static void add(Table table, String when, Answers.Memory memory) {
        table.row(
                when,
                Numbers.mebibytes(memory.heap()),
                Numbers.mebibytes(memory.heapTaken()),
                Numbers.mebibytes(memory.rss()),
                Numbers.mebibytes(memory.pss()),
                Numbers.mebibytes(memory.anonymous()));
    }

    /** What turns have left behind, between an early, a middle and a late look. */
    private record Growth(
            Answers.Memory early, Answers.Memory middle, Answers.Memory late, int earlyTurns, int lateTurns) {

        record OfClass(String name, double instances, double bytes) {}

        double perEarlyTurn() {
            return (double) (middle.heap() - early.heap()) / earlyTurns;
        }

        double perLateTurn() {
            return (double) (late.heap() - middle.heap()) / lateTurns;
        }

        /** For each class what a turn leaves behind, the most bytes first. */
        List<OfClass> classes() {
            Map<String, Answers.OfClass> before = early.classes().stream()
                    .collect(Collectors.toMap(Answers.OfClass::name, Function.identity(), (a, b) -> a));
            double turns = earlyTurns + lateTurns;
            var growth = new ArrayList<OfClass>();
            for (Answers.OfClass now : late.classes()) {
                Answers.OfClass then = before.getOrDefault(now.name(), new Answers.OfClass(now.name(), 0, 0));
                growth.add(new OfClass(
                        now.name(),
                        (now.instances() - then.instances()) / turns,
                        (now.bytes() - then.bytes()) / turns));
            }
            growth.sort(Comparator.comparingDouble(OfClass::bytes).reversed());
            return growth;
        }

        /**
         * How many more of the window's own objects there are, where that is more than by chance and goes on: a list that once
         * needs more cells than before keeps them.
         */
        List<String> leaks() {
            return OF_THE_VIEW.stream()
                    .filter(name -> instances(late, name) - instances(early, name) > TOLERANCE
                            && instances(middle, name) > instances(early, name)
                            && instances(late, name) > instances(middle, name))
                    .map(name -> "`%s` %d → %d → %d"
                            .formatted(name, instances(early, name), instances(middle, name), instances(late, name)))
                    .toList();
        }

        private static long instances(Answers.Memory memory, String name) {
            return memory.classes().stream()
                    .filter(each -> each.name().equals(name))
                    .mapToLong(Answers.OfClass::instances)
                    .sum();
        }
    }

    private static Section section(Table looks, Growth growth) {
        // Latin letters: one byte each.
        int text = PROMPT.length() + Reply.of(Reply.Kind.SHORT).text().length();
        List<String> leaks = growth.leaks();
        var goals = List.of(new Goal(
                "turns leave no lists, cells and controls behind",
                leaks.isEmpty() ? "none more than before" : String.join(", ", leaks),
                leaks.isEmpty() ? Goal.Verdict.MET : Goal.Verdict.NOT_MET));
        var classes = new Table("class", "objects a turn", "bytes a turn");
        growth.classes().stream()
                .limit(SHOWN_CLASSES)
                .filter(grown -> grown.bytes() > 0)
                .forEach(grown -> classes.row(
                        "`" + grown.name() + "`", Numbers.digits(grown.instances()), Numbers.digits(grown.bytes())));
        String body = looks + "\nA turn leaves " + Numbers.count(Math.round(growth.perEarlyTurn()))
                + " bytes on the heap in the first stretch and " + Numbers.count(Math.round(growth.perLateTurn()))
                + " in the second; its prompt and its answer are " + text + " characters. What they are made of:\n\n"
                + classes
                + """

                *How it is measured.* In windows of their own: one gets one answer, the other short turns of twenty chunks, in
                conversations of 50, as fast as they go. Before each look there are three full collections. Heap is what is used
                then; RSS, PSS and anonymous pages are Linux's (`/proc/self/smaps_rollup`), and hold what the JVM, its compiler
                and GTK need besides. The classes are the difference of two class histograms.
                """;
        return new Section("", goals, body, "");
    }
}
