package dev.kansoku.ui.panel;

import dev.kansoku.measure.SegmentKind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Turns as CSV: a row for each, with when it began and all it was measured by; what is not known is empty. */
final class TurnCsv {

    private TurnCsv() {}

    static String of(List<TurnSummary> turns) {
        var csv = new StringBuilder();
        Stream<String> segments = Arrays.stream(SegmentKind.values()).map(kind -> name(kind) + "_seconds");
        Csv.append(
                csv,
                Stream.of(Stream.of("time", "model", "verdict", "seconds"), segments, Stream.of("tokens_per_second"))
                        .flatMap(fields -> fields));
        turns.forEach(turn -> Csv.append(csv, row(turn)));
        return csv.toString();
    }

    private static Stream<String> row(TurnSummary turn) {
        String time = turn.sentAt().truncatedTo(ChronoUnit.MILLIS).toString();
        return Stream.of(
                        Stream.of(
                                time,
                                turn.model(),
                                name(turn.verdict()),
                                seconds(turn.segments().wall())),
                        Arrays.stream(SegmentKind.values())
                                .map(kind -> turn.segments()
                                        .duration(kind)
                                        .map(TurnCsv::seconds)
                                        .orElse("")),
                        Stream.of(Csv.number(turn.tokensPerSecond().orElse(Double.NaN))))
                .flatMap(fields -> fields);
    }

    static String seconds(Duration duration) {
        return Csv.number(duration.toNanos() / 1e9);
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
