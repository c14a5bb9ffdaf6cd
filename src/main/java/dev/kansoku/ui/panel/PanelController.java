package dev.kansoku.ui.panel;

import dev.kansoku.measure.LoadRange;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Sample;
import dev.kansoku.measure.Segment;
import dev.kansoku.measure.Series;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.measure.TurnResources;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Dialogs;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.SegmentStyle;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The live panel: what happens now, and what the last turns took. It draws once a second. */
public final class PanelController extends Controller {

    private static final Duration SAMPLED = Duration.ofSeconds(1);
    private static final double LEAST_TOP = 10;
    private static final double LEAST_MEMORY = 1e9;
    private static final double LEAST_SECONDS = 1;

    private final PanelViewModel panel;
    private final PanelPlacement placement;
    private final Parent telemetry;
    private final Words words;
    private final Figures figures;
    private final TimeAxis axis;
    private final ChartMenu menu;
    private final TimeChart rates;
    private final TimeChart cpu;
    private final TimeChart memory;
    private final TurnBars latencies;
    private final TurnBars turnRates;
    private final LoadBars loads;
    private final SegmentList segments;

    /** By mouse or keyboard in the charts by turn, and not by way of the crosshair. */
    private boolean isTurnLookedAt;

    @FXML
    private VBox parts;

    @FXML
    private Label number;

    @FXML
    private Label unit;

    @FXML
    private Label others;

    @FXML
    private Label demo;

    @FXML
    private HBox spans;

    @FXML
    private ToggleButton pause;

    @FXML
    private ToggleButton onTop;

    @FXML
    private ToggleButton apart;

    @FXML
    private VBox rateBox;

    @FXML
    private Label rateNow;

    @FXML
    private VBox latencyBox;

    @FXML
    private Label percentiles;

    @FXML
    private Label segmentsTitle;

    @FXML
    private Label total;

    @FXML
    private StackPane segmentsHolder;

    @FXML
    private Label empty;

    @FXML
    private VBox turnRateBox;

    @FXML
    private Label turnRate;

    @FXML
    private VBox cpuBox;

    @FXML
    private Label frameLag;

    @FXML
    private VBox memoryBox;

    @FXML
    private Label gpu;

    @FXML
    private VBox loadBox;

    @FXML
    private Label noLoads;

    /**
     * @param telemetry its line, below everything else
     * @param picker asks where the values of a chart are to be saved
     */
    public PanelController(
            PanelViewModel panel,
            PanelPlacement placement,
            Parent telemetry,
            Words words,
            FilePicker picker,
            Dialogs dialogs) {
        this.panel = panel;
        this.placement = placement;
        this.telemetry = telemetry;
        this.words = words;
        figures = new Figures(words);
        axis = panel.axis();
        menu = new ChartMenu(axis, words, picker, dialogs);
        rates = new TimeChart(
                axis,
                panel.turnMarks(),
                ValueScale.growing(LEAST_TOP, figures::mark),
                figures::rate,
                rateLines(panel.tokensPerSecond()));
        UsageSeries usage = panel.usage();
        cpu = new TimeChart(
                axis,
                panel.turnMarks(),
                ValueScale.fixed(1, figures::share),
                figures::share,
                usageLines("cpu", usage.machineCpu(), usage.ollamaCpu(), usage.ownCpu()));
        memory = new TimeChart(
                axis,
                panel.turnMarks(),
                ValueScale.growing(LEAST_MEMORY, figures::bytes),
                figures::bytes,
                usageLines("memory", usage.machineMemory(), usage.ollamaMemory(), usage.ownMemory()));
        latencies = new TurnBars(
                ValueScale.growing(LEAST_SECONDS, figures::seconds), PanelController::segmentParts, true, this::look);
        turnRates = new TurnBars(
                ValueScale.growing(LEAST_TOP, figures::mark), PanelController::ratePart, false, this::look);
        loads = new LoadBars(words, figures);
        segments = new SegmentList(words, figures);
    }

    private List<ChartLine> rateLines(List<Series> curves) {
        LineStyle[] styles = LineStyle.values();
        return IntStream.range(0, curves.size())
                .mapToObj(i -> new ChartLine(
                        words.get("panel.answer", i + 1),
                        "tokens_per_second_" + (i + 1),
                        curves.get(i),
                        PanelViewModel.SAMPLE_EVERY,
                        styles[i],
                        i == 0))
                .toList();
    }

    private List<ChartLine> usageLines(String column, Series machine, Series ollama, Series own) {
        return List.of(
                new ChartLine(
                        words.get("panel.machine"), column + "_machine", machine, SAMPLED, LineStyle.SOLID, false),
                new ChartLine(words.get("panel.ollama"), column + "_ollama", ollama, SAMPLED, LineStyle.DASHED, false),
                new ChartLine(words.get("app.name"), column + "_kansoku", own, SAMPLED, LineStyle.DOTTED, false));
    }

    private static List<TurnBars.Part> segmentParts(TurnSummary turn) {
        return turn.segments().parts().stream()
                .map(part -> new TurnBars.Part(
                        SegmentStyle.of(part.kind()), part.duration().toNanos() / 1e9))
                .toList();
    }

    private static List<TurnBars.Part> ratePart(TurnSummary turn) {
        return turn.tokensPerSecond().stream()
                .mapToObj(rate -> new TurnBars.Part("rate", rate))
                .toList();
    }

    @FXML
    private void initialize() {
        offerSpans();
        bind(pause, axis.pausedProperty());
        bind(onTop, placement.onTopProperty());
        bind(apart, placement.apartProperty());
        own(placement.apartProperty().subscribe(isApart -> Shown.set(onTop, isApart)));
        placeCharts();
        own(panel.sampleProperty().subscribe(this::showSample));
        own(panel.turnsProperty().subscribe(this::showTurns));
        own(panel.loadsProperty().subscribe(this::showLoads));
        own(panel.runningTurnsProperty().subscribe(running -> show()));
        own(panel.tickProperty().subscribe(tick -> show()));
        own(panel.nowProperty().subscribe(now -> show()));
        own(panel.lastProperty().subscribe(last -> {
            show();
            showGpu();
        }));
    }

    private void bind(ToggleButton button, BooleanProperty property) {
        button.selectedProperty().bindBidirectional(property);
        own(() -> button.selectedProperty().unbindBidirectional(property));
    }

    private void offerSpans() {
        var group = new ToggleGroup();
        for (TimeSpan span : TimeSpan.values()) {
            var button = new ToggleButton(String.valueOf(span.minutes()));
            button.getStyleClass().add("span");
            button.setAccessibleText(words.get("chart.span", span.minutes()));
            button.setToggleGroup(group);
            button.setOnAction(e -> {
                axis.spanProperty().set(span);
                // A second click would leave none chosen.
                button.setSelected(true);
            });
            spans.getChildren().add(button);
            own(axis.spanProperty().subscribe(chosen -> button.setSelected(chosen == span)));
        }
    }

    private void placeCharts() {
        rates.getStyleClass().add("rates");
        place(rates, "panel.tokensPerSecond", rateBox);
        latencies.describe(() -> words.get("panel.latency.text", percentiles.getText(), pointedLatency()));
        latencyBox.getChildren().add(latencies);
        VBox.setVgrow(latencies, Priority.ALWAYS);
        turnRates.getStyleClass().add("low");
        turnRates.describe(() -> words.get("panel.tokensByTurn.text", pointedRate(), pointedText()));
        turnRateBox.getChildren().add(turnRates);
        turnRates.pointedProperty().bindBidirectional(latencies.pointedProperty());
        segmentsHolder.getChildren().setAll(segments);
        placeUsage(cpu, "panel.cpu", cpuBox);
        placeUsage(memory, "panel.memory", memoryBox);
        memory.showTimes();
        loadBox.getChildren().add(loads);
        parts.getChildren().add(telemetry);
        offerMenu(rates, "tokens");
        offerMenu(latencies, "turns");
        offerMenu(turnRates, "turns");
        offerMenu(cpu, "cpu");
        offerMenu(memory, "memory");
        offerMenu(loads, "loads");
        latencies.pointedProperty().subscribe(turn -> show());
        own(axis.crosshairProperty().subscribe(this::pointAt));
    }

    private void place(TimeChart chart, String name, VBox box) {
        chart.describe(words.get(name), new ChartText(words));
        box.getChildren().add(chart);
        VBox.setVgrow(chart, Priority.ALWAYS);
    }

    private void placeUsage(TimeChart chart, String name, VBox box) {
        chart.getStyleClass().add("usage");
        place(chart, name, box);
        var lines = new ChartLegend(chart);
        own(lines.follow());
        box.getChildren().add(lines);
    }

    private void offerMenu(Chart chart, String file) {
        ContextMenu offered = menu.menu(chart, file);
        chart.view().setOnContextMenuRequested(e -> offered.show(chart.view(), e.getScreenX(), e.getScreenY()));
    }

    /** The charts over time are read where the turn began, if they reach so far back. */
    private void look(@Nullable TurnSummary turn) {
        isTurnLookedAt = turn != null;
        @Nullable Long started = turn == null ? null : axis.clock().nanosOf(turn.sentAt());
        axis.crosshairProperty().set(started != null && started - axis.leftNanos() >= 0 ? started : null);
        latencies.pointedProperty().set(turn);
    }

    /** The turn that ran at an instant is looked at in the charts by turn. */
    private void pointAt(@Nullable Long instant) {
        @Nullable TurnSummary now = latencies.pointedProperty().get();
        if (instant == null) {
            // It may only have left the charts over time.
            if (!isTurnLookedAt) {
                latencies.pointedProperty().set(null);
            }
        } else if (now == null || !now.ranAt(axis.instantAt(instant))) {
            latencies
                    .pointedProperty()
                    .set(panel.turnsProperty().get().turns().reversed().stream()
                            .filter(turn -> turn.ranAt(axis.instantAt(instant)))
                            .findFirst()
                            .orElse(null));
        }
        showRate();
    }

    private void showSample(@Nullable Sample sample) {
        // While a turn runs it is drawn with the next tick.
        if (panel.runningTurnsProperty().get() == 0) {
            axis.advance(System.nanoTime());
        }
        Duration lag = sample == null ? null : sample.frameLag();
        frameLag.setText(lag == null ? "" : words.get("panel.frameLag", figures.duration(lag)));
        showGpu();
    }

    /** What its tool says, and how much of the model Ollama has put there. */
    private void showGpu() {
        Sample sample = panel.sampleProperty().get();
        Sample.Gpu graphics = sample == null ? null : sample.gpu();
        TurnMeasurement last = panel.lastProperty().get();
        TurnResources resources = last == null ? null : last.resources();
        Double share = resources == null ? null : resources.gpuShare();
        gpu.setText(Stream.of(
                        graphics == null ? "" : gpuText(graphics),
                        share == null || share == 0 ? "" : words.get("panel.gpuShare", figures.share(share)))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · ")));
    }

    private String gpuText(Sample.Gpu graphics) {
        String busy = graphics.busy() == null ? words.get("unknown") : figures.share(graphics.busy());
        return graphics.memoryUsed() == null || graphics.memoryTotal() == null
                ? words.get("panel.gpu", busy)
                : words.get(
                        "panel.gpuWithMemory",
                        busy,
                        figures.bytes(graphics.memoryUsed()),
                        figures.bytes(graphics.memoryTotal()));
    }

    private void showTurns(TurnHistory.Shown turns) {
        boolean any = !turns.turns().isEmpty();
        Shown.set(latencyBox, any);
        Shown.set(
                turnRateBox,
                turns.turns().stream().anyMatch(turn -> turn.tokensPerSecond().isPresent()));
        // One answer has no percentiles worth the name.
        boolean several = turns.count() > 1;
        List<Double> levels = several ? List.of(seconds(turns.median()), seconds(turns.p95())) : List.of();
        latencies.show(turns.turns(), levels);
        turnRates.show(turns.turns(), List.of());
        percentiles.setText(
                several
                        ? words.get(
                                "panel.percentiles",
                                figures.duration(turns.median()),
                                figures.duration(turns.p95()),
                                figures.count(turns.count()))
                        : "");
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private void showLoads(List<LoadRange> known) {
        loads.show(known);
        Shown.set(loads, !known.isEmpty());
        Shown.set(noLoads, known.isEmpty());
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
        @Nullable TurnSummary pointed = latencies.pointedProperty().get();
        if (pointed != null) {
            showSegments(
                    pointedText(),
                    figures.duration(pointed.segments().wall()),
                    pointed.segments().parts());
        }
        showRate();
        turnRate.setText(pointedRate());
        int elsewhere = panel.runningTurnsProperty().get() - (now == null ? 0 : 1);
        others.setText(elsewhere == 0 ? "" : words.get("panel.others", elsewhere));
        Shown.set(others, elsewhere > 0);
        Shown.set(empty, now == null && last == null && pointed == null);
        Shown.set(demo, now != null ? now.isDemo() : last != null && last.demo());
    }

    private String pointedText() {
        @Nullable TurnSummary pointed = latencies.pointedProperty().get();
        return pointed == null ? "" : words.get("panel.turnAt", figures.timeOfDay(pointed.sentAt()), pointed.model());
    }

    private String pointedLatency() {
        @Nullable TurnSummary pointed = latencies.pointedProperty().get();
        if (pointed == null) {
            return "";
        }
        String latency = figures.duration(pointed.segments().wall());
        return pointed.verdict() == LoadVerdict.UNKNOWN
                ? words.get("chart.value", pointedText(), latency)
                : words.get(
                        "panel.latency.verdict",
                        pointedText(),
                        latency,
                        words.get("verdict." + Keys.of(pointed.verdict())));
    }

    private String pointedRate() {
        @Nullable TurnSummary pointed = latencies.pointedProperty().get();
        return pointed == null || pointed.tokensPerSecond().isEmpty()
                ? ""
                : words.get(
                        "unit.tokensPerSecond",
                        figures.rate(pointed.tokensPerSecond().getAsDouble()));
    }

    /** Of the instant that is looked at, else of the turn that runs. */
    private void showRate() {
        PanelViewModel.Running now = panel.nowProperty().get();
        if (axis.crosshairProperty().get() != null) {
            String read = rates.valuesProperty().get().stream()
                    .filter(value -> !value.equals(TimeChart.NONE))
                    .collect(Collectors.joining(" · "));
            rateNow.setText(read.isEmpty() ? "" : words.get("unit.tokensPerSecond", read));
        } else {
            double rate = now == null ? 0 : now.chunksPerSecond(System.nanoTime());
            rateNow.setText(rate > 0 ? words.get("unit.tokensPerSecond", figures.rate(rate)) : "");
        }
    }

    private void showRunning(PanelViewModel.Running now, long nanos) {
        double rate = now.chunksPerSecond(nanos);
        number.setText(rate > 0 ? figures.rate(rate) : TimeChart.NONE);
        unit.setText(words.get("panel.now", words.get("phase." + Keys.of(now.phase()))));
        showSegments(
                words.get("panel.runningTurn"),
                figures.elapsed(Duration.ofNanos(nanos - now.startedNanos())),
                now.segmentsSoFar(nanos));
    }

    private void showLast(@Nullable TurnMeasurement last) {
        number.setText(TimeChart.NONE);
        unit.setText(words.get("panel.idle"));
        if (last == null) {
            showSegments(words.get("panel.lastTurn"), "", List.of());
            return;
        }
        last.tokensPerSecond().ifPresent(rate -> {
            number.setText(figures.rate(rate));
            unit.setText(words.get("panel.now", words.get("panel.lastTurn")));
        });
        showSegments(
                words.get("panel.lastTurn"),
                figures.duration(last.segments().wall()),
                last.segments().parts());
    }

    private void showSegments(String title, String whole, List<Segment> parts) {
        segmentsTitle.setText(title);
        total.setText(whole);
        segments.show(parts);
        Shown.set(segments, !parts.isEmpty());
    }
}
