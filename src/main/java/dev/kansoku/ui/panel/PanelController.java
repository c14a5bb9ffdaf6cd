package dev.kansoku.ui.panel;

import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.SegmentStyle;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.Words;
import java.time.Duration;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** The live panel: what happens now, and what the last turn took. It draws four times a second while a turn runs. */
public final class PanelController extends Controller {

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final double LEAST_TOP = 10;

    private final PanelViewModel panel;
    private final Words words;
    private final Figures figures;
    private final StripChart chart;
    private final SegmentBar bar = new SegmentBar();
    private Subscription ticking = Subscription.EMPTY;
    private List<SegmentKind> shownKinds = List.of();

    @FXML
    private Label number;

    @FXML
    private Label unit;

    @FXML
    private Label demo;

    @FXML
    private Label rateNow;

    @FXML
    private StackPane chartHolder;

    @FXML
    private Label segmentsTitle;

    @FXML
    private Label total;

    @FXML
    private StackPane barHolder;

    @FXML
    private VBox legend;

    @FXML
    private Label empty;

    public PanelController(PanelViewModel panel, Words words) {
        this.panel = panel;
        this.words = words;
        figures = new Figures(words);
        chart = new StripChart(figures);
    }

    @FXML
    private void initialize() {
        chart.show(panel.tokensPerSecond(), panel.turnStarts(), SPAN, LEAST_TOP);
        chart.setAccessibleText(words.get("panel.tokensPerSecond"));
        chartHolder.getChildren().setAll(chart);
        barHolder.getChildren().setAll(bar);
        own(panel.nowProperty().subscribe(now -> {
            ticking.unsubscribe();
            ticking = now == null ? Subscription.EMPTY : UiThread.every(TICK, this::tick);
            show();
        }));
        own(panel.lastProperty().subscribe(last -> show()));
        own(() -> ticking.unsubscribe());
    }

    private void tick() {
        panel.tick(System.nanoTime());
        show();
    }

    private void show() {
        long nanos = System.nanoTime();
        PanelViewModel.Running now = panel.nowProperty().get();
        TurnMeasurement last = panel.lastProperty().get();
        chart.draw(nanos);
        if (now == null) {
            showLast(last);
        } else {
            showRunning(now, nanos);
        }
        Shown.set(empty, now == null && last == null);
        Shown.set(demo, now != null ? now.isDemo() : last != null && last.demo());
    }

    private void showRunning(PanelViewModel.Running now, long nanos) {
        double rate = now.chunksPerSecond(nanos);
        String elapsed = figures.elapsed(Duration.ofNanos(nanos - now.startedNanos()));
        number.setText(rate > 0 ? figures.rate(rate) : "–");
        unit.setText(words.get("panel.now", words.get("phase." + Keys.of(now.phase()))));
        rateNow.setText(rate > 0 ? words.get("unit.tokensPerSecond", figures.rate(rate)) : "");
        segmentsTitle.setText(words.get("panel.runningTurn"));
        total.setText(elapsed);
        showSegments(now.segmentsSoFar(nanos));
    }

    private void showLast(@Nullable TurnMeasurement last) {
        number.setText("–");
        unit.setText(words.get("panel.idle"));
        rateNow.setText("");
        segmentsTitle.setText(words.get("panel.lastTurn"));
        total.setText("");
        if (last == null) {
            showSegments(List.of());
            return;
        }
        last.tokensPerSecond().ifPresent(rate -> {
            number.setText(figures.rate(rate));
            unit.setText(words.get("panel.now", words.get("panel.lastTurn")));
        });
        total.setText(figures.duration(last.segments().wall()));
        showSegments(last.segments().parts());
    }

    /** Rows stay as long as the segments do: new ones would be styled anew four times a second. */
    private void showSegments(List<Segment> segments) {
        bar.show(segments);
        List<SegmentKind> kinds = segments.stream().map(Segment::kind).toList();
        if (!kinds.equals(shownKinds)) {
            shownKinds = kinds;
            legend.getChildren().setAll(segments.stream().map(this::legendRow).toList());
        }
        for (int i = 0; i < segments.size(); i++) {
            HBox row = (HBox) legend.getChildren().get(i);
            ((Label) row.getChildren().getLast())
                    .setText(figures.duration(segments.get(i).duration()));
        }
    }

    private Node legendRow(Segment segment) {
        var swatch = new Region();
        swatch.getStyleClass().addAll("swatch", "segment", SegmentStyle.of(segment.kind()));
        var name = new Label(words.get("segment." + Keys.of(segment.kind())));
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var value = new Label();
        value.getStyleClass().add("figure");
        var row = new HBox(swatch, name, space, value);
        row.getStyleClass().add("legend-row");
        return row;
    }
}
