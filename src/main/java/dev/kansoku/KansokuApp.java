package dev.kansoku;

import dev.kansoku.faults.Faults;
import dev.kansoku.instance.OneInstance;
import dev.kansoku.settings.Folders;
import java.util.Objects;
import javafx.application.Application;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** What JavaFX starts and stops. */
public final class KansokuApp extends Application {

    private record Preparation(CommandLine commandLine, Folders folders, Faults faults, OneInstance instance) {}

    private static @Nullable Preparation preparation;

    private @Nullable AppGraph graph;

    /** JavaFX makes the instance, so what it needs has to be left here before. */
    static void prepare(CommandLine commandLine, Folders folders, Faults faults, OneInstance instance) {
        preparation = new Preparation(commandLine, folders, faults, instance);
    }

    @Override
    public void start(Stage stage) {
        Preparation prepared = Objects.requireNonNull(preparation, "prepare() comes before launch()");
        // JavaFX would otherwise print what is thrown in its own thread and go on.
        Thread.currentThread().setUncaughtExceptionHandler(prepared.faults());
        var wired = new AppGraph(
                stage,
                prepared.commandLine(),
                System.getenv(),
                prepared.folders(),
                prepared.faults(),
                // JavaFX looks for a browser and starts it: nothing for the FX thread.
                page -> Thread.ofVirtual().start(() -> getHostServices().showDocument(page)));
        graph = wired;
        wired.start();
        prepared.instance().onCall(wired::bringToFront);
    }

    @Override
    public void stop() {
        if (preparation != null) {
            preparation.instance().stopListening();
        }
        if (graph != null) {
            graph.close();
        }
    }
}
