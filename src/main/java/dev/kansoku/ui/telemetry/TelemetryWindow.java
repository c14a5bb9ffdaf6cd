package dev.kansoku.ui.telemetry;

import dev.kansoku.telemetry.TelemetryState;
import dev.kansoku.ui.common.Appearance;
import dev.kansoku.ui.common.Controller;
import dev.kansoku.ui.common.Fonts;
import dev.kansoku.ui.common.FxmlView;
import dev.kansoku.ui.common.Words;
import java.util.List;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The window about telemetry, and the question that comes before it. */
public final class TelemetryWindow {

    private static final double WIDTH = 780;
    private static final double HEIGHT = 720;
    private static final double LEAST_WIDTH = 640;
    private static final double LEAST_HEIGHT = 420;

    private final TelemetryViewModel model;
    private final Appearance appearance;
    private final Stage owner;
    private final List<Image> icons;
    private final ConsentWindow consent;
    private Words words;
    private @Nullable Stage stage;
    private List<Controller> controllers = List.of();

    /** @param owner the main window: what is asked while this one is closed is asked there */
    public TelemetryWindow(
            TelemetryViewModel model, Appearance appearance, Stage owner, List<Image> icons, Words words) {
        this.model = model;
        this.appearance = appearance;
        this.owner = owner;
        this.icons = icons;
        this.words = words;
        consent = new ConsentWindow(model, appearance);
    }

    /** From now on the user is asked whenever there is something to ask. */
    public void askWhenNeeded() {
        model.stateProperty().subscribe(state -> {
            if (state instanceof TelemetryState.Asking asking) {
                ask(asking.endpoint(), asking.fromEnvironment());
            } else {
                consent.withdraw();
            }
        });
    }

    private void ask(String endpoint, boolean fromEnvironment) {
        consent.ask(endpoint, fromEnvironment, stage == null ? owner : stage, words);
    }

    public void open() {
        if (stage != null) {
            stage.setIconified(false);
            stage.toFront();
            return;
        }
        var opened = new Stage();
        stage = opened;
        var scene = new Scene(build(0), WIDTH, HEIGHT);
        scene.getAccelerators().put(new KeyCodeCombination(KeyCode.ESCAPE), opened::close);
        appearance.dress(scene);
        opened.setScene(scene);
        opened.getIcons().setAll(icons);
        opened.setMinWidth(LEAST_WIDTH);
        opened.setMinHeight(LEAST_HEIGHT);
        opened.setTitle(words.get("telemetry.windowTitle"));
        opened.setOnHidden(e -> {
            dispose();
            stage = null;
        });
        opened.show();
    }

    /** In another language, with all that was entered. */
    public void retell(Words inOtherWords) {
        int tab = controllers.stream()
                .filter(TelemetryController.class::isInstance)
                .mapToInt(controller -> ((TelemetryController) controller).tab())
                .findFirst()
                .orElse(0);
        words = inOtherWords;
        if (stage != null) {
            stage.getScene().setRoot(build(tab));
            stage.setTitle(words.get("telemetry.windowTitle"));
        }
    }

    public void close() {
        if (stage != null) {
            stage.close();
        }
    }

    private Parent build(int tab) {
        dispose();
        var connection = new ConnectionController(model, words, this::ask);
        var sent = new SentController(model.sent(), model.statusProperty(), words);
        var masker = new MaskerController(model.masker(), words);
        var tabs = new TelemetryController(
                FxmlView.TELEMETRY_CONNECTION.load(words, connection),
                FxmlView.TELEMETRY_SENT.load(words, sent),
                FxmlView.TELEMETRY_MASKER.load(words, masker),
                tab);
        controllers = List.of(connection, sent, masker, tabs);
        Parent root = FxmlView.TELEMETRY.load(words, tabs);
        Fonts.apply(root, words.locale());
        return root;
    }

    private void dispose() {
        controllers.forEach(Controller::dispose);
        controllers = List.of();
    }
}
