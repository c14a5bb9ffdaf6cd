package dev.kansoku.ui.panel;

import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.Series;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Dialogs;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.SegmentStyle;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.Words;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
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
    private static final Duration SAMPLED = Duration.ofSeconds(1);
    private static final double LEAST_TOP = 10;
    private static final double LEAST_MEMORY = 1e9;

    private final PanelViewModel panel;
    private final Words words;
    private final Figures figures;
    private final FilePicker picker;
    private final Dialogs dialogs;
    private final TimeAxis axis = new TimeAxis(InstantSource.system(), System.nanoTime());
    private final TimeChart chart;
    private final TimeChart cpu;
    private final TimeChart memory;
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
    private VBox cpuHolder;

    @FXML
    private VBox memoryHolder;

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

    /** @param picker asks where the values of a chart are to be saved */
    public PanelController(PanelViewModel panel, Words words, FilePicker picker, Dialogs dialogs) {
        this.panel = panel;
        this.words = words;
        this.picker = picker;
        this.dialogs = dialogs;
        figures = new Figures(words);
        var rate = new ChartLine(
                words.get("panel.tokensPerSecond"),
                "tokens_per_second",
                panel.tokensPerSecond(),
                PanelViewModel.SAMPLE_EVERY,
                LineStyle.SOLID,
                true);
        chart = new TimeChart(
                axis, panel.turnMarks(), ValueScale.growing(LEAST_TOP, figures::mark), figures::rate, List.of(rate));
        UsageSeries usage = panel.usage();
        cpu = new TimeChart(
                axis,
                panel.turnMarks(),
                ValueScale.fixed(1, figures::share),
                figures::share,
                lines("cpu", usage.machineCpu(), usage.ollamaCpu(), usage.ownCpu()));
        memory = new TimeChart(
                axis,
                panel.turnMarks(),
                ValueScale.growing(LEAST_MEMORY, figures::bytes),
                figures::bytes,
                lines("memory", usage.machineMemory(), usage.ollamaMemory(), usage.ownMemory()));
    }

    private List<ChartLine> lines(String column, Series machine, Series ollama, Series own) {
        return List.of(
                new ChartLine(
                        words.get("panel.machine"), column + "_machine", machine, SAMPLED, LineStyle.SOLID, false),
                new ChartLine(words.get("panel.ollama"), column + "_ollama", ollama, SAMPLED, LineStyle.DASHED, false),
                new ChartLine(words.get("app.name"), column + "_kansoku", own, SAMPLED, LineStyle.DOTTED, false));
    }

    @FXML
    private void initialize() {
        axis.spanProperty().set(TimeSpan.ONE_MINUTE);
        place(cpu, "panel.cpu", cpuHolder);
        offerMenu(cpu, "cpu");
        place(memory, "panel.memory", memoryHolder);
        offerMenu(memory, "memory");
        memory.showTimes();
        own(panel.sampledNanosProperty().subscribe(nanos -> axis.advance(System.nanoTime())));
        chart.describe(words.get("panel.tokensPerSecond"), new ChartText(words));
        chartHolder.getChildren().setAll(chart);
        offerMenu(chart, "tokens");
        barHolder.getChildren().setAll(bar);
        own(panel.nowProperty().subscribe(now -> {
            ticking.unsubscribe();
            ticking = now == null ? Subscription.EMPTY : UiThread.every(TICK, this::tick);
            show();
        }));
        own(panel.lastProperty().subscribe(last -> show()));
        own(() -> ticking.unsubscribe());
    }

    private void place(TimeChart placed, String name, VBox holder) {
        placed.getStyleClass().add("usage");
        placed.describe(words.get(name), new ChartText(words));
        var lines = new ChartLegend(placed);
        own(lines.follow());
        holder.getChildren().addAll(placed, lines);
    }

    private void offerMenu(TimeChart of, String file) {
        ContextMenu menu = new ChartMenu(of, words, picker, dialogs).menu(file);
        of.setOnContextMenuRequested(e -> menu.show(of, e.getScreenX(), e.getScreenY()));
    }

    private void tick() {
        panel.tick(System.nanoTime());
        show();
    }

    private void show() {
        long nanos = System.nanoTime();
        PanelViewModel.Running now = panel.nowProperty().get();
        TurnMeasurement last = panel.lastProperty().get();
        axis.advance(nanos);
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
