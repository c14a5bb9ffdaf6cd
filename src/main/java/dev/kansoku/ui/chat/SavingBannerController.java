package dev.kansoku.ui.chat;

import dev.kansoku.history.HistoryState.Problem;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Shown;
import dev.kansoku.ui.common.Words;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** Says that chats are not being saved, and why, for as long as that is so. */
public final class SavingBannerController extends Controller {

    private final SavingViewModel saving;
    private final Words words;

    @FXML
    private HBox banner;

    @FXML
    private Label text;

    public SavingBannerController(SavingViewModel saving, Words words) {
        this.saving = saving;
        this.words = words;
    }

    @FXML
    private void initialize() {
        own(saving.problemProperty().subscribe(this::show));
    }

    private void show(@Nullable Problem problem) {
        Shown.set(banner, problem != null);
        if (problem != null) {
            text.setText(words.get("history.problem." + Keys.of(problem), saving.folder()));
        }
    }
}
