package dev.kansoku.ui.panel;

import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.Window;

/** Asks the user where to save a file. */
@FunctionalInterface
public interface FilePicker {

    /**
     * The file to write; empty if the user gave up. On the FX thread.
     *
     * @param window in which the user is
     */
    Optional<Path> saveAs(Window window, String suggestedName);
}
