package dev.kansoku.ui.panel;

import dev.kansoku.measure.Series;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The values of lines as CSV: a row for each moment, with the time of day and the seconds since the first
 * row, and a column for each line, empty where it has no value. It looks the same in every language of the program.
 */
final class ChartCsv {

    private final List<ChartLine> lines;
    private final WallClock clock;

    ChartCsv(List<ChartLine> lines, WallClock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    String between(long leftNanos, long rightNanos) {
        var csv = new StringBuilder();
        Csv.append(
                csv, Stream.concat(Stream.of("time", "seconds"), lines.stream().map(ChartLine::column)));
        // From the left edge on, because System.nanoTime may overflow.
        SortedMap<Long, List<String>> rows = rows(leftNanos, rightNanos);
        rows.forEach((sinceLeft, values) -> {
            String time = clock.at(leftNanos + sinceLeft)
                    .truncatedTo(ChronoUnit.MILLIS)
                    .toString();
            String seconds = BigDecimal.valueOf((sinceLeft - rows.firstKey()) / 1_000_000, 3)
                    .toPlainString();
            Csv.append(csv, Stream.concat(Stream.of(time, seconds), values.stream()));
        });
        return csv.toString();
    }

    private SortedMap<Long, List<String>> rows(long leftNanos, long rightNanos) {
        var rows = new TreeMap<Long, List<String>>();
        for (int i = 0; i < lines.size(); i++) {
            Series series = lines.get(i).series();
            int end = lines.get(i).endAt(rightNanos);
            for (int at = series.firstFrom(leftNanos); at < end; at++) {
                rows.computeIfAbsent(series.nanos(at) - leftNanos, moment -> emptyRow())
                        .set(i, Csv.number(series.value(at)));
            }
        }
        return rows;
    }

    private List<String> emptyRow() {
        return new ArrayList<>(lines.stream().map(line -> "").toList());
    }
}
