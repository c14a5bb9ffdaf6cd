package dev.kansoku.ui.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

/** The lines of a chart by name, as they are drawn, each with its value at the crosshair or else the newest. */
final class ChartLegend extends FlowPane {

    private final List<Label> values = new ArrayList<>();
    private final TimeChart chart;

    ChartLegend(TimeChart chart) {
        this.chart = chart;
        getStyleClass().add("chart-legend");
        for (int i = 0; i < chart.lines().size(); i++) {
            ChartLine line = chart.lines().get(i);
            var sample = new Region();
            sample.getStyleClass()
                    .addAll(
                            "line-sample",
                            "line-sample-" + (i + 1),
                            line.style().name().toLowerCase(Locale.ROOT));
            var value = new Label();
            value.getStyleClass().add("figure");
            values.add(value);
            var entry = new HBox(sample, new Label(line.name()), value);
            entry.getStyleClass().add("chart-legend-entry");
            getChildren().add(entry);
        }
    }

    Subscription follow() {
        return chart.valuesProperty().subscribe(texts -> {
            for (int i = 0; i < values.size() && i < texts.size(); i++) {
                values.get(i).setText(texts.get(i));
            }
        });
    }
}
