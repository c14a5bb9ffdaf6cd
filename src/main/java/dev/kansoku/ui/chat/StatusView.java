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
    private final FlowPane buttons = new FlowPane();
    private final Label line = new Label();
    private final Label diagnosis = new Label();
    private final Button keepLoaded = new Button();
    private final HBox explained = new HBox(diagnosis, keepLoaded);
    private final VerdictMark mark = new VerdictMark();
    private final ToggleButton open = new ToggleButton(null, new FontIcon("fth-chevron-down"));
    private final ProgressBar usual = new ProgressBar();
    private final WaterfallView waterfall;
    private final Button copy;
    private final HBox measured;
    private Subscription bound = Subscription.EMPTY;

    StatusView(ChatContext context) {
        this.context = context;
        words = context.words();
        figures = context.figures();
        getStyleClass().add("status-view");
        note.getStyleClass().add("note");
        error.getStyleClass().add("error-sentence");
        said.getStyleClass().add("server-said");
        buttons.getStyleClass().add("remedies");
        line.getStyleClass().add("measurement");
        copy = Icons.button("fth-copy", words.get("chat.copyMessage"));
        line.setMinWidth(0);
        HBox.setHgrow(line, Priority.SOMETIMES);
        open.getStyleClass().addAll("quiet-toggle", "open-waterfall");
        open.setAccessibleText(words.get("waterfall.open"));
        open.setTooltip(new Tooltip(words.get("waterfall.open")));
        usual.setMaxWidth(Double.MAX_VALUE);
        measured = new HBox(mark, line, open, copy);
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
        bound = status.end()
                .subscribe(end -> {
                    showButtons(status, end);
                    refresh(status);
                })
                .and(status.phase().subscribe(phase -> refresh(status)))
                .and(status.measurement().subscribe(measurement -> {
                    if (measurement != null) {
                        waterfall.show(measurement);
                    }
                    refresh(status);
                }))
                .and(status.opened().subscribe(opened -> refresh(status)))
                .and(context.nowNanos().subscribe(now -> {
                    if (status.end().get() == null) {
                        refresh(status);
                    }
                }))
                .and(() -> open.selectedProperty().unbindBidirectional(status.opened()));
    }

    void release() {
        bound.unsubscribe();
        bound = Subscription.EMPTY;
    }

    private void refresh(Row.Status status) {
        Turn.State end = status.end().get();
        boolean empty = status.turn().answer().length() == 0;
        show(note, end == null ? null : note(status, end, empty));
        OllamaError problem = status.turn().error();
        show(error, problem == null ? null : ErrorWords.sentence(words, problem, status.server()));
        show(said, problem == null || problem.serverSaid().isBlank() ? null : said(problem));
        TurnMeasurement measurement = status.measurement().get();
        show(line, end == null ? progress(status) : figures(measurement));
        mark.show(measurement == null ? null : measurement.verdict());
        Shown.set(copy, !empty);
        Shown.set(open, measurement != null);
        explain(status, measurement);
        Shown.set(waterfall, measurement != null && status.opened().get());
        showUsual(end == null ? status : null);
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
        return switch (end) {
            case FINISHED ->
                empty
                        ? words.get("chat.empty")
                        : lengthLimit(status.measurement().get());
            case INCOMPLETE -> words.get("chat.incomplete");
            case STOPPED -> words.get(status.phase().get() == Phase.STOPPING ? "chat.stopping" : "chat.stopped");
            case CUT_OFF -> words.get("chat.cutOff");
            case FAILED, QUEUED, RUNNING -> null;
        };
    }

    private @Nullable String lengthLimit(@Nullable TurnMeasurement measurement) {
        ReplyFigures said = measurement == null ? null : measurement.figures();
        return said != null && "length".equals(said.doneReason()) ? words.get("chat.length") : null;
    }

    /** Only when the turn ends: a button that is replaced while the mouse is on it cannot be clicked. */
    private void showButtons(Row.Status status, Turn.@Nullable State end) {
        OllamaError problem = status.turn().error();
        List<Remedy> remedies = switch (end) {
            case FAILED -> problem == null ? List.of(Remedy.RETRY) : Remedy.of(problem);
            case INCOMPLETE, CUT_OFF -> List.of(Remedy.RETRY);
            case STOPPED -> status.turn().answer().length() == 0 ? List.of(Remedy.RETRY) : List.of();
            case null, default -> List.of();
        };
        buttons.getChildren()
                .setAll(remedies.stream().map(remedy -> button(status, remedy)).toList());
        Shown.set(buttons, !remedies.isEmpty());
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

    private @Nullable String figures(@Nullable TurnMeasurement measurement) {
        return measurement == null ? null : MeasurementLine.text(words, figures, measurement);
    }

    private static void show(Label label, @Nullable String text) {
        label.setText(text == null ? "" : text);
        Shown.set(label, text != null);
    }
}
