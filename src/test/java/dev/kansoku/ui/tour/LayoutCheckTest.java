package dev.kansoku.ui.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ui.Program;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LayoutCheckTest {

    private static final String LONG = "A sentence that needs far more room than there is";

    @BeforeAll
    static void toolkit() {
        Program.toolkit();
    }

    /** In a window of 200 × 100. */
    private static List<String> faults(Parent root) {
        return Sight.onFx(() -> {
            var scene = new Scene(root, 200, 100);
            root.applyCss();
            root.layout();
            return LayoutCheck.faults(scene);
        });
    }

    @Test
    void whatHasRoomIsAsItShouldBe() {
        assertThat(faults(new VBox(new Label("Short"), new Text("Short")))).isEmpty();
    }

    @Test
    void aLabelThatIsCutOffIsFound() {
        assertThat(faults(new HBox(new Label(LONG)))).singleElement().asString().contains("is cut off", LONG);
    }

    @Test
    void aLabelThatIsTooLowForItsLinesIsFound() {
        var label = new Label(LONG + LONG + LONG);
        label.setWrapText(true);
        label.setMaxHeight(30);
        assertThat(faults(new VBox(label))).singleElement().asString().contains("is cut off");
    }

    @Test
    void aLabelThatMayBeCutNeedsATooltipWithTheWholeText() {
        var label = new Label(LONG);
        label.getStyleClass().add("server");
        assertThat(faults(new HBox(label))).hasSize(1);
        var explained = new Label(LONG);
        explained.getStyleClass().add("server");
        explained.setTooltip(Sight.onFx(() -> new Tooltip(LONG)));
        assertThat(faults(new HBox(explained))).isEmpty();
    }

    @Test
    void whatLiesOutsideTheWindowIsFound() {
        var label = new Label("Gone");
        label.relocate(190, 0);
        assertThat(faults(new Pane(label))).anyMatch(fault -> fault.contains("lies outside the window"));
    }

    @Test
    void whatSticksOutOfItsPaneIsFound() {
        var label = new Label("Too wide");
        label.setMinWidth(150);
        var narrow = new HBox(label);
        narrow.setMaxWidth(50);
        narrow.setMinWidth(50);
        assertThat(faults(new Pane(narrow))).singleElement().asString().contains("sticks out of HBox");
    }

    @Test
    void inWhatScrollsThereIsRoomForEverything() {
        var wide = new Label(LONG);
        wide.setMinWidth(1000);
        assertThat(faults(new ScrollPane(wide))).isEmpty();
    }

    @Test
    void whatIsHiddenNeedsNoRoom() {
        var label = new Label(LONG);
        label.setVisible(false);
        assertThat(faults(new HBox(label))).isEmpty();
    }
}
