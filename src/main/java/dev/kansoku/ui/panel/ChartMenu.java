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

/** What can be done with a chart: how much time all charts show, whether they stand still, taking it out of the program. */
final class ChartMenu {

    private final TimeAxis axis;
    private final Words words;
    private final FilePicker picker;
    private final Dialogs dialogs;

    ChartMenu(TimeAxis axis, Words words, FilePicker picker, Dialogs dialogs) {
        this.axis = axis;
        this.words = words;
        this.picker = picker;
        this.dialogs = dialogs;
    }

    /**
     * A new one.
     *
     * @param chart what is taken out of the program
     * @param file what the name of a saved file begins with
     */
    ContextMenu menu(Chart chart, String file) {
        var menu = new ContextMenu();
        var group = new ToggleGroup();
        for (TimeSpan span : TimeSpan.values()) {
            var item = new RadioMenuItem(words.get("chart.span", span.minutes()));
            item.setToggleGroup(group);
            item.setOnAction(e -> axis.spanProperty().set(span));
            menu.getItems().add(item);
            menu.addEventHandler(
                    WindowEvent.WINDOW_SHOWING,
                    e -> item.setSelected(axis.spanProperty().get() == span));
        }
        var pause = new CheckMenuItem(words.get("chart.pause"));
        pause.setOnAction(e -> axis.pausedProperty().set(pause.isSelected()));
        menu.addEventHandler(
                WindowEvent.WINDOW_SHOWING,
                e -> pause.setSelected(axis.pausedProperty().get()));
        var copy = new MenuItem(words.get("chart.copyPicture"));
        copy.setOnAction(e -> ChartExport.copyPicture(chart));
        var save = new MenuItem(words.get("chart.saveCsv"));
        save.setOnAction(e -> save(chart, file));
        menu.getItems().addAll(pause, new SeparatorMenuItem(), copy, save);
        return menu;
    }

    private void save(Chart chart, String file) {
        var _ = ChartExport.saveCsv(chart, file, axis.instantAt(axis.rightNanos()), picker)
                .whenComplete((saved, problem) -> {
                    if (problem != null) {
                        UiThread.later(() -> dialogs.tell(words.get("chart.saveCsv"), words.get("chart.notSaved")));
                    }
                });
    }
}
