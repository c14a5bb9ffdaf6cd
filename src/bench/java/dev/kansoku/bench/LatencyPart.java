package dev.kansoku.bench;

import dev.kansoku.bench.server.Reply;
import dev.kansoku.bench.window.Answers;
import java.util.List;

/** How long a piece of an answer takes from the socket to the screen, at the pace of a fast model. */
final class LatencyPart implements Part {

    private static final double MOST = 50;
    private static final String WINDOW = "latency";

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String title() {
        return "From the socket to the screen: 100 chunks a second for 30 s";
    }

    @Override
    public List<String> recorded() {
        return List.of(WINDOW);
    }

    @Override
    public Section measure(Lab lab) {
        try (Child server = lab.server(Reply.Kind.STEADY);
                Child window = lab.window(WINDOW, server.line(), Lab.MODEL)) {
            Answers.Shown shown = window.ask("chunks Count.", Answers.Shown.class);
            Texts.check(
                    "The turn",
                    Reply.of(Reply.Kind.STEADY).text(),
                    shown.turned().answer());
            if (!shown.endInSight()) {
                throw new IllegalStateException("The end of the answer is not in sight.");
            }
            return section(shown);
        }
    }

    private static Section section(Answers.Shown shown) {
        double[] laidOut =
                shown.delays().stream().mapToDouble(Answers.Delay::laidOut).toArray();
        double[] presented =
                shown.delays().stream().mapToDouble(Answers.Delay::presented).toArray();
        double p95 = Statistics.percentile(laidOut, 95);
        double p95Presented = Statistics.percentile(presented, 95);
        var goals = List.of(
                Goal.atMost(
                        "95 % of the chunks are laid out within 50 ms", "p95 " + Numbers.millis(p95), p95 / 1e6, MOST),
                Goal.atMost(
                        "and, stricter, are with the X server within 50 ms",
                        "p95 " + Numbers.millis(p95Presented),
                        p95Presented / 1e6,
                        MOST));
        var table = new Table(
                "from the read of " + Numbers.count(laidOut.length) + " chunks until", "p50", "p95", "p99", "longest");
        add(table, "it was laid out (before rendering)", laidOut);
        add(table, "its picture was with the X server (after rendering)", presented);
        String body = table + """

                *How it is measured.* A server in a process of its own sends 3,000 numbered pieces of text, 100 a second. "Read" is
                the time that the program takes at the socket. "Laid out" is the end of the layout of the pulse in which the rows
                of the list ended with that piece: the scene is painted after that. "With the X server" is after the renderer
                painted that picture and the FX thread handed its pixels on; it waits in the queues of both threads, and so is
                rather too late than too early. No run before this one warms the JIT compiler.
                """;
        return new Section("", goals, body, "");
    }

    private static void add(Table table, String name, double[] nanos) {
        table.row(
                name,
                Numbers.millis(Statistics.percentile(nanos, 50)),
                Numbers.millis(Statistics.percentile(nanos, 95)),
                Numbers.millis(Statistics.percentile(nanos, 99)),
                Numbers.millis(Statistics.percentile(nanos, 100)));
    }
}
