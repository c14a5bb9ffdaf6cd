package dev.kansoku.ui.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ui.Program;
import dev.kansoku.ui.UiTest;
import dev.kansoku.ui.tour.Sight;
import java.util.List;
import javafx.event.Event;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ContextMenuEvent;
import org.junit.jupiter.api.Test;

/** The menu of a chart in the panel. */
class ChartMenuTest extends UiTest {

    private TimeChart chart() {
        return program.all(TimeChart.class, any -> true).getFirst();
    }

    private List<MenuItem> menu() {
        TimeChart chart = chart();
        Program.run(() -> Event.fireEvent(
                chart, new ContextMenuEvent(ContextMenuEvent.CONTEXT_MENU_REQUESTED, 5, 5, 5, 5, false, null)));
        program.await("the menu", () -> Sight.windows().getLast() instanceof ContextMenu);
        return Program.onFx(() -> ((ContextMenu) Sight.windows().getLast()).getItems());
    }

    private void choose(String text) {
        List<MenuItem> items = menu();
        Program.run(() -> items.stream()
                .filter(item -> text.equals(item.getText()))
                .findFirst()
                .orElseThrow()
                .fire());
    }

    @Test
    void allChartsShowTheSpanThatIsChosen() {
        choose(ENGLISH.get("chart.span", 15));
        assertThat(program.all(TimeChart.class, any -> true))
                .hasSize(3)
                .allMatch(chart -> chart.axis().spanProperty().get() == TimeSpan.QUARTER_HOUR);
    }

    @Test
    void aChartIsCopiedAsAPicture() {
        choose(ENGLISH.get("chart.copyPicture"));
        assertThat(Program.onFx(() -> Clipboard.getSystemClipboard().hasImage()))
                .isTrue();
    }
}
