package dev.kansoku.ui.chat;

import dev.kansoku.chat.Turn;
import dev.kansoku.measure.Diagnosis;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.ui.common.DiagnosisWords;
import dev.kansoku.ui.common.ErrorWords;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Icons;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.MeasurementLine;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.VerdictMark;
import dev.kansoku.ui.common.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The quiet line under a reply: while it runs what it waits for, afterwards what it took, or what went wrong. */
final class StatusView extends VBox {

    private final ChatContext context;
    private final Words words;
    private final Figures figures;
    private final Label note = new Label();
    private final Label error = new Label();
    private final Label said = new Label();
    private final Button goOn = new Button();
    private final IdleOnly goOnWhenIdle;
    private final FlowPane remedies = new FlowPane();
    private final HBox buttons;
    private final Label line = new Label();
    private final Label diagnosis = new Label();
    private final Button keepLoaded = new Button();
    private final HBox explained = new HBox(diagnosis, keepLoaded);
    private final VerdictMark mark = new VerdictMark();
    private final ToggleButton open = new ToggleButton(null, new FontIcon("fth-chevron-down"));
    private final ProgressBar usual = new ProgressBar();
    private final WaterfallView waterfall;
    private final BranchSwitch branches;
    private final Button copy;
    private final RegenerateButton regenerate;
    private final IdleOnly regenerateWhenIdle;
    private final HBox measured;
    private @Nullable TurnMeasurement inWaterfall;
    private Subscription bound = Subscription.EMPTY;

    StatusView(ChatContext context) {
        this.context = context;
        words = context.words();
        figures = context.figures();
        getStyleClass().add("status-view");
        note.getStyleClass().add("note");
        error.getStyleClass().add("error-sentence");
        said.getStyleClass().add("server-said");
        goOn.setText(words.get("chat.goOn"));
        goOn.setAccessibleText(goOn.getText());
        goOnWhenIdle = new IdleOnly(context, goOn);
        remedies.getStyleClass().add("remedies");
        HBox.setHgrow(remedies, Priority.ALWAYS);
        buttons = new HBox(goOnWhenIdle, remedies);
        buttons.getStyleClass().add("remedy-row");
        line.getStyleClass().add("measurement");
        copy = Icons.button("fth-copy", words.get("chat.copyMessage"));
        line.setMinWidth(0);
        HBox.setHgrow(line, Priority.SOMETIMES);
        open.getStyleClass().addAll("quiet-toggle", "open-waterfall");
        open.setAccessibleText(words.get("waterfall.open"));
        open.setTooltip(new Tooltip(words.get("waterfall.open")));
        usual.setMaxWidth(Double.MAX_VALUE);
        branches = new BranchSwitch(context);
        regenerate = new RegenerateButton(context);
        regenerateWhenIdle = new IdleOnly(context, regenerate);
        var actions = new HBox(open, copy, regenerateWhenIdle);
        actions.setAlignment(Pos.CENTER_LEFT);
        actions.setMinWidth(USE_PREF_SIZE);
        measured = new HBox(branches, mark, line, actions);
        measured.getStyleClass().add("measured");
        measured.setAlignment(Pos.CENTER_LEFT);
        diagnosis.getStyleClass().add("diagnosis");
        HBox.setHgrow(diagnosis, Priority.SOMETIMES);
        explained.getStyleClass().add("explained");
        keepLoaded.setMinWidth(USE_PREF_SIZE);
        for (Label label : List.of(note, error, said, line, diagnosis)) {
            label.setWrapText(true);
        }
        waterfall = new WaterfallView(words, figures);
        getChildren().addAll(note, error, said, buttons, measured, usual, explained, waterfall);
    }

    void show(Row.Status status) {
        release();
        open.selectedProperty().bindBidirectional(status.opened());
        open.setOnAction(e -> context.grown());
        copy.setOnAction(e -> context.copy(status.turn().answer().toString()));
        regenerate.show(status.turn());
        goOn.setOnAction(e -> context.goOn(status.turn()));
        bound = status.end()
                .subscribe(end -> showButtons(status, end))
                .and(status.place().subscribe(place -> branches.show(status.turn())))
                .and(regenerateWhenIdle.follow())
                .and(goOnWhenIdle.follow())
                .and(refreshOn(status.end(), status))
                .and(refreshOn(status.phase(), status))
                .and(refreshOn(status.measurement(), status))
                .and(refreshOn(status.opened(), status))
                .and(refreshOn(context.demo(), status))
                .and(context.nowNanos().subscribe((before, now) -> {
                    if (status.end().get() == null) {
                        refresh(status);
                    }
                }))
                .and(() -> open.selectedProperty().unbindBidirectional(status.opened()));
        refresh(status);
    }

    /** Only when it changes: they would all do so at once for a row that comes into sight. */
    private <T> Subscription refreshOn(ObservableValue<T> value, Row.Status status) {
        return value.subscribe((before, now) -> refresh(status));
    }

    /** What is out of sight must keep no conversation in memory. */
    void release() {
        bound.unsubscribe();
        bound = Subscription.EMPTY;
        List.of(copy, goOn, keepLoaded).forEach(button -> button.setOnAction(null));
        remedies.getChildren().clear();
        branches.release();
        regenerate.release();
        inWaterfall = null;
    }

    private void refresh(Row.Status status) {
        Turn.State end = status.end().get();
        boolean empty = status.turn().answer().length() == 0;
        show(note, end == null ? null : note(status, end, empty));
        OllamaError problem = end == null ? null : status.turn().error();
        show(error, problem == null ? null : ErrorWords.sentence(words, problem, status.server()));
        show(said, problem == null || problem.serverSaid().isBlank() ? null : said(problem));
        TurnMeasurement measurement = status.measurement().get();
        show(line, end == null ? progress(status) : MeasurementLine.text(words, figures, status.turn(), measurement));
        mark.show(measurement == null ? null : measurement.verdict());
        Shown.set(copy, !empty);
        Shown.set(open, measurement != null);
        Shown.set(regenerateWhenIdle, end != null);
        Shown.set(goOnWhenIdle, end != null && canGoOn(status, end));
        Shown.set(buttons, goOnWhenIdle.isVisible() || remedies.isVisible());
        explain(status, measurement);
        showWaterfall(status.opened().get() ? measurement : null);
        showUsual(end == null ? status : null);
    }

    /** Few are ever opened, so it is filled only then. */
    private void showWaterfall(@Nullable TurnMeasurement measurement) {
        Shown.set(waterfall, measurement != null);
        if (measurement != null && !measurement.equals(inWaterfall)) {
            waterfall.show(measurement);
            inWaterfall = measurement;
        }
    }

    /** For a slow turn where its time went, and the button for what helps. */
    private void explain(Row.Status status, @Nullable TurnMeasurement measurement) {
        Diagnosis found = measurement == null ? null : Diagnosis.of(measurement).orElse(null);
        Shown.set(explained, found != null);
        if (measurement == null || found == null) {
            return;
        }
        diagnosis.setText(DiagnosisWords.sentence(words, figures, found, measurement));
        Optional<String> button =
                Optional.ofNullable(found.advice()).flatMap(advice -> DiagnosisWords.button(words, advice));
        Shown.set(keepLoaded, button.isPresent());
        button.ifPresent(text -> {
            keepLoaded.setText(text);
            keepLoaded.setAccessibleText(text);
            keepLoaded.setOnAction(e -> context.keepLoaded(status.turn()));
        });
    }

    private String said(OllamaError problem) {
        return words.get("error.serverSaid", problem.serverSaid());
    }

    private @Nullable String note(Row.Status status, Turn.State end, boolean empty) {
        boolean couldEnd = end == Turn.State.FINISHED || end == Turn.State.INCOMPLETE;
        if (couldEnd && status.turn().wroteNothingMore()) {
            return words.get("chat.nothingMore");
        }
        if (couldEnd && status.turn().beganAnew()) {
            return words.get("chat.beganAnew");
        }
        return switch (end) {
            case FINISHED -> empty ? words.get("chat.empty") : isAtLimit(status) ? words.get("chat.length") : null;
            case INCOMPLETE -> words.get("chat.incomplete");
            case STOPPED -> words.get(status.phase().get() == Phase.STOPPING ? "chat.stopping" : "chat.stopped");
            case CUT_OFF -> words.get("chat.cutOff");
            case FAILED, QUEUED, RUNNING -> null;
        };
    }

    private static boolean isAtLimit(Row.Status status) {
        TurnMeasurement measurement = status.measurement().get();
        ReplyFigures said = measurement == null ? null : measurement.figures();
        return said != null && "length".equals(said.doneReason());
    }

    /**
     * Where there is an answer that may not be whole; not where the model has just shown that it cannot, nor where a model
     * would go on from what the demo wrote.
     */
    private boolean canGoOn(Row.Status status, Turn.State end) {
        Turn turn = status.turn();
        return turn.answer().length() > 0
                && turn.isDemo() == context.demo().getValue()
                && switch (end) {
                    case STOPPED, CUT_OFF -> true;
                    case INCOMPLETE -> !turn.wroteNothingMore();
                    case FINISHED -> isAtLimit(status) && !turn.wroteNothingMore();
                    case FAILED, QUEUED, RUNNING -> false;
                };
    }

    /** Only when the turn ends: a button that is replaced while the mouse is on it cannot be clicked. */
    private void showButtons(Row.Status status, Turn.@Nullable State end) {
        OllamaError problem = status.turn().error();
        List<Remedy> offered = switch (end) {
            case FAILED -> problem == null ? List.of(Remedy.RETRY) : Remedy.of(problem);
            case INCOMPLETE, CUT_OFF -> List.of(Remedy.RETRY);
            case STOPPED -> status.turn().answer().length() == 0 ? List.of(Remedy.RETRY) : List.of();
            case null, default -> List.of();
        };
        remedies.getChildren()
                .setAll(offered.stream().map(remedy -> button(status, remedy)).toList());
        Shown.set(remedies, !offered.isEmpty());
    }

    private Button button(Row.Status status, Remedy remedy) {
        var button = new Button(words.get("remedy." + Keys.of(remedy)));
        button.setAccessibleText(button.getText());
        button.setOnAction(e -> context.remedy(status.turn(), remedy));
        return button;
    }

    private String progress(Row.Status status) {
        String progress = words.get("phase." + Keys.of(status.phase().get()))
                + MeasurementLine.SEPARATOR
                + figures.elapsed(elapsed(status));
        Duration typical = typicalLoad(status);
        if (typical == null) {
            return progress;
        }
        return words.get(
                elapsed(status).compareTo(typical) <= 0 ? "line.usually" : "line.longerThanUsual",
                progress,
                figures.duration(typical));
    }

    private Duration elapsed(Row.Status status) {
        return Duration.ofNanos(Math.max(0, context.nowNanos().get() - status.startedNanos()));
    }

    private static @Nullable Duration typicalLoad(Row.Status status) {
        Phase phase = status.phase().get();
        return phase == Phase.LOADING || phase == Phase.LOADING_OR_READING ? status.typicalLoad() : null;
    }

    /** An estimate: where the load takes longer than usual, there is nothing left to show. */
    private void showUsual(Row.@Nullable Status running) {
        Duration typical = running == null ? null : typicalLoad(running);
        double share = running == null || typical == null
                ? 1
                : (double) elapsed(running).toNanos() / typical.toNanos();
        usual.setProgress(Math.min(1, share));
        Shown.set(usual, share < 1);
    }

    private static void show(Label label, @Nullable String text) {
        label.setText(text == null ? "" : text);
        Shown.set(label, text != null);
    }
}
