package dev.kansoku.ui.panel;

import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Words;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a screen reader says of a chart. */
public final class ChartText {

    private final Words words;
    private final Figures figures;

    public ChartText(Words words) {
        this.words = words;
        figures = new Figures(words);
    }

    /** Every line at the instant looked at; without one, what the lines were like in the time shown. */
    public String describe(TimeChart chart, String name) {
        Long instant = chart.axis().crosshairProperty().get();
        return instant == null
                ? overview(chart, name)
                : at(chart, name, figures.timeOfDay(chart.axis().instantAt(instant)));
    }

    private String at(TimeChart chart, String name, String when) {
        List<ChartLine> lines = chart.lines();
        List<String> values = chart.valuesProperty().get();
        String read = IntStream.range(0, lines.size())
                .mapToObj(i -> words.get("chart.value", lines.get(i).name(), values.get(i)))
                .collect(Collectors.joining(words.get("chart.then")));
        return words.get("chart.at", name, when, read);
    }

    private String overview(TimeChart chart, String name) {
        TimeAxis axis = chart.axis();
        List<ChartLine> lines = chart.lines();
        List<String> values = chart.valuesProperty().get();
        String read = IntStream.range(0, lines.size())
                .mapToObj(i -> {
                    ChartLine.Summary summary = lines.get(i).summary(axis.leftNanos(), axis.rightNanos());
                    return Double.isNaN(summary.median())
                            ? words.get("chart.nothing", lines.get(i).name())
                            : words.get(
                                    "chart.summary",
                                    lines.get(i).name(),
                                    values.get(i),
                                    chart.text(summary.min()),
                                    chart.text(summary.median()),
                                    chart.text(summary.max()));
                })
                .collect(Collectors.joining(words.get("chart.then")));
        return words.get("chart.overview", name, axis.spanProperty().get().minutes(), read);
    }
}
