package dev.kansoku.ui.telemetry;

import dev.kansoku.privacy.TextLevel;
import dev.kansoku.ui.common.Appearance;
import dev.kansoku.ui.common.Fonts;
import dev.kansoku.ui.common.FxmlView;
import dev.kansoku.ui.common.Words;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Modality;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Asks before anything is sent. To close it is to say no. */
final class ConsentWindow {

    private final TelemetryViewModel model;
    private final Appearance appearance;
    private @Nullable Stage asking;
    private String endpoint = "";

    ConsentWindow(TelemetryViewModel model, Appearance appearance) {
        this.model = model;
        this.appearance = appearance;
    }

    /** Asks about an endpoint, if it does not already. */
    void ask(String about, boolean fromEnvironment, Window owner, Words words) {
        if (asking != null && endpoint.equals(about)) {
            return;
        }
        withdraw();
        endpoint = about;
        var stage = new Stage();
        asking = stage;
        var controller = new ConsentController(
                about, fromEnvironment, model.newMasker(), words, level -> agree(about, level), stage::close);
        Parent root = FxmlView.TELEMETRY_CONSENT.load(words, controller);
        Fonts.apply(root, words.locale());
        var scene = new Scene(root);
        appearance.dress(scene);
        stage.setScene(scene);
        stage.initOwner(owner);
        stage.initModality(Modality.APPLICATION_MODAL);
        stage.setTitle(words.get("telemetry.title"));
        stage.setResizable(false);
        stage.setOnShown(e -> controller.focusNothing());
        stage.setOnHidden(e -> {
            controller.dispose();
            if (stage.equals(asking)) {
                asking = null;
                model.decline(about);
            }
        });
        stage.show();
    }

    private void agree(String about, TextLevel level) {
        withdraw();
        model.agree(about, level);
    }

    /** Closes it without an answer: there is nothing to ask any more. */
    void withdraw() {
        if (asking != null) {
            Stage open = asking;
            asking = null;
            open.close();
        }
    }
}
