package dev.kansoku.ui.models;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.measure.ColdStart;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.ErrorWords;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** The strip below the header. It is there only when something is missing, the server or the model, or being pulled. */
public final class StripController extends Controller {

    private final ModelsViewModel models;
    private final Words words;
    private final Figures figures;
    private final Runnable otherAddress;

    @FXML
    private HBox strip;

    @FXML
    private Label text;

    @FXML
    private ProgressBar progress;

    @FXML
    private Button pullButton;

    @FXML
    private Button cancelButton;

    @FXML
    private Button askButton;

    @FXML
    private Button addressButton;

    @FXML
    private Button dismissButton;

    public StripController(ModelsViewModel models, Words words, Runnable otherAddress) {
        this.models = models;
        this.words = words;
        this.otherAddress = otherAddress;
        figures = new Figures(words);
    }

    @FXML
    private void initialize() {
        own(models.chosenProperty().subscribe(chosen -> show()));
        own(models.snapshotProperty().subscribe(snapshot -> show()));
        own(models.load().stateProperty().subscribe(load -> show()));
        own(models.pull().stateProperty().subscribe(pull -> show()));
    }

    private void show() {
        switch (models.load().stateProperty().get()) {
            case LoadViewModel.State.Failed failed -> {
                show(
                        words.get("models.failed." + Keys.of(failed.action()), failed.model(), reason(failed.error())),
                        dismissButton);
                return;
            }
            case LoadViewModel.State.Measured measured -> {
                show(coldStart(measured.result()), dismissButton);
                return;
            }
            case LoadViewModel.State.InUse inUse -> {
                show(words.get("coldStart.inUse", inUse.model()), dismissButton);
                return;
            }
            case LoadViewModel.State.Busy busy -> {}
            case LoadViewModel.State.Idle idle -> {}
        }
        ModelSnapshot snapshot = models.snapshotProperty().get();
        String chosen = models.chosenProperty().get();
        switch (models.pull().stateProperty().get()) {
            case PullViewModel.State.Pulling pulling -> {
                show(progressText(pulling), cancelButton);
                Shown.set(progress, true);
                progress.setProgress(pulling.total() == 0 ? 0 : (double) pulling.completed() / pulling.total());
            }
            case PullViewModel.State state
            when snapshot.problem() != null -> show(reason(snapshot.problem()), askButton, addressButton);
            case PullViewModel.State.Cancelled cancelled ->
                show(words.get("pull.cancelled", cancelled.model()), pullButton, dismissButton);
            case PullViewModel.State.Failed failed ->
                show(words.get("pull.failed", failed.model(), pullReason(failed.error())), pullButton, dismissButton);
            case PullViewModel.State.Done done
            when !models.isChosenMissing() -> show(words.get("pull.done", done.model()), dismissButton);
            // Where there is no model at all the chat says so, and has more to offer.
            case PullViewModel.State state
            when models.isChosenMissing() && !snapshot.installed().isEmpty() ->
                show(words.get("models.missing", chosen), pullButton);
            case PullViewModel.State state -> show(null);
        }
    }

    private String coldStart(ColdStart.Result result) {
        String source = result.source() == null ? "unknown" : Keys.of(result.source());
        return words.get("coldStart." + source, result.model(), figures.duration(result.load()));
    }

    /** A model that is missing is what a pull is for; if the pull itself says so, there is none of that name. */
    private String pullReason(OllamaError error) {
        return error instanceof OllamaError.ModelMissing
                ? withServersWords(words.get("pull.noSuchModel"), error)
                : reason(error);
    }

    /** The sentences about answers that broke off do not fit here. */
    private String reason(OllamaError error) {
        String sentence = switch (error) {
            case OllamaError.TimedOut timedOut -> words.get("error.timedOut.connection", models.address());
            case OllamaError.ConnectionLost lost -> words.get("error.connectionBroke", models.address());
            default -> ErrorWords.sentence(words, error, models.address());
        };
        return withServersWords(sentence, error);
    }

    private String withServersWords(String sentence, OllamaError error) {
        return error.serverSaid().isBlank()
                ? sentence
                : sentence + " " + words.get("error.serverSaid", error.serverSaid());
    }

    private void show(@Nullable String sentence, Button... buttons) {
        text.setText(sentence == null ? "" : sentence);
        Shown.set(progress, false);
        for (Button button : List.of(pullButton, cancelButton, askButton, addressButton, dismissButton)) {
            Shown.set(button, List.of(buttons).contains(button));
        }
        Shown.set(strip, sentence != null);
    }

    private String progressText(PullViewModel.State.Pulling pulling) {
        if (pulling.total() == 0) {
            return words.get("pull.starting", pulling.model());
        }
        String bytes = words.get(
                "pull.progress", pulling.model(), figures.bytes((double) pulling.completed()), figures.bytes((double)
                        pulling.total()));
        if (pulling.perSecond() <= 0 || pulling.remaining() == null) {
            return bytes;
        }
        return words.get("pull.rate", bytes, figures.bytes(pulling.perSecond()), figures.clock(pulling.remaining()));
    }

    @FXML
    private void pull() {
        String model = switch (models.pull().stateProperty().get()) {
            case PullViewModel.State.Cancelled cancelled -> cancelled.model();
            case PullViewModel.State.Failed failed -> failed.model();
            default -> models.chosenProperty().get();
        };
        models.pull().pull(model);
    }

    @FXML
    private void cancelPull() {
        models.pull().cancel();
    }

    @FXML
    private void askNow() {
        models.askNow();
    }

    @FXML
    private void enterAddress() {
        otherAddress.run();
    }

    @FXML
    private void dismiss() {
        models.load().dismiss();
        models.pull().dismiss();
    }
}
