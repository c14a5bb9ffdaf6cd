package dev.kansoku.ui.panel;

import dev.kansoku.ui.common.Dialogs;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.Words;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.stage.WindowEvent;

/** What can be done with a chart: how much time it shows, whether it stands still, and taking it out of the program. */
final class ChartMenu {

    private final TimeChart chart;
    private final Words words;
    private final FilePicker picker;
    private final Dialogs dialogs;

    ChartMenu(TimeChart chart, Words words, FilePicker picker, Dialogs dialogs) {
        this.chart = chart;
        this.words = words;
        this.picker = picker;
        this.dialogs = dialogs;
    }

    /**
     * A new one.
     *
     * @param file what the name of a saved file begins with
     */
    ContextMenu menu(String file) {
        var menu = new ContextMenu();
        var group = new ToggleGroup();
        for (TimeSpan span : TimeSpan.values()) {
            var item = new RadioMenuItem(words.get("chart.span", span.minutes()));
            item.setToggleGroup(group);
            item.setOnAction(e -> chart.axis().spanProperty().set(span));
            menu.getItems().add(item);
            menu.addEventHandler(
                    WindowEvent.WINDOW_SHOWING,
                    e -> item.setSelected(chart.axis().spanProperty().get() == span));
        }
        var pause = new CheckMenuItem(words.get("chart.pause"));
        pause.selectedProperty().bindBidirectional(chart.axis().pausedProperty());
        var copy = new MenuItem(words.get("chart.copyPicture"));
        copy.setOnAction(e -> ChartExport.copyPicture(chart));
        var save = new MenuItem(words.get("chart.saveCsv"));
        save.setOnAction(e -> save(file));
        menu.getItems().addAll(pause, new SeparatorMenuItem(), copy, save);
        return menu;
    }

    private void save(String file) {
        var _ = ChartExport.saveCsv(chart, file, picker).whenComplete((saved, problem) -> {
            if (problem != null) {
                UiThread.later(() -> dialogs.tell(words.get("chart.saveCsv"), words.get("chart.notSaved")));
            }
        });
    }
}
