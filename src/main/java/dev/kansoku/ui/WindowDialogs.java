package dev.kansoku.ui;

import dev.kansoku.ui.common.Appearance;
import dev.kansoku.ui.common.Dialogs;
import dev.kansoku.ui.common.Fonts;
import dev.kansoku.ui.common.Words;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Dialogs over the main window, or over the dialog that is open there. */
final class WindowDialogs implements Dialogs {

    private final Window main;
    private final Appearance appearance;
    private final Supplier<Words> words;

    WindowDialogs(Window main, Appearance appearance, Supplier<Words> words) {
        this.main = main;
        this.appearance = appearance;
        this.words = words;
    }

    @Override
    public boolean confirm(String title, String text, String agree) {
        var yes = new ButtonType(agree, ButtonBar.ButtonData.OK_DONE);
        var no = new ButtonType(words.get().get("dialog.cancel"), ButtonBar.ButtonData.CANCEL_CLOSE);
        return ask(title, text, yes, no).filter(yes::equals).isPresent();
    }

    @Override
    public void tell(String title, String text) {
        ask(title, text, new ButtonType(words.get().get("dialog.close"), ButtonBar.ButtonData.OK_DONE));
    }

    private Optional<ButtonType> ask(String title, String text, ButtonType... buttons) {
        var alert = new Alert(Alert.AlertType.NONE, text, buttons);
        // Otherwise the focus would not come back to where it was.
        alert.initOwner(Window.getWindows().stream()
                .filter(window -> window instanceof Stage && window.isFocused())
                .findFirst()
                .orElse(main));
        alert.setTitle(title);
        alert.setHeaderText(title);
        alert.getDialogPane().getStyleClass().add("question");
        appearance.dress(alert.getDialogPane().getScene());
        Fonts.apply(alert.getDialogPane(), words.get().locale());
        return alert.showAndWait();
    }
}
