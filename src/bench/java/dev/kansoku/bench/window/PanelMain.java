package dev.kansoku.bench.window;

import dev.kansoku.settings.Theme;
import dev.kansoku.ui.common.Appearance;
import dev.kansoku.ui.common.Dialogs;
import dev.kansoku.ui.common.FxmlView;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.panel.FilledPanel;
import dev.kansoku.ui.panel.PanelController;
import dev.kansoku.ui.panel.PanelPlacement;
import dev.kansoku.ui.panel.PanelViewModel;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The live panel alone in a window, as it is after a long time of use; it gets a sample a second or none. It does
 * what it is told (see {@link Orders}).
 */
public final class PanelMain {

    private static final int WIDTH = 360;
    private static final int HEIGHT = 1000;

    private static PanelViewModel panel = new PanelViewModel();
    private static Subscription samples = Subscription.EMPTY;
    private static @Nullable PanelController controller;
    private static int second;

    private PanelMain() {}

    /** Opens the window and obeys until standard input ends. */
    public static void main(String... arguments) throws IOException {
        Orders.obey(() -> {
            var opened = new CompletableFuture<Stage>();
            Platform.startup(() -> opened.complete(new Stage()));
            Stage stage = Fx.await("the toolkit", Duration.ofSeconds(30), opened);
            Fx.run(() -> show(stage, 0));
            return (order, argument) -> obey(stage, order, argument);
        });
    }

    private static Object obey(Stage stage, String order, String argument) {
        return switch (order) {
            case "fill" -> {
                Fx.run(() -> show(stage, Integer.parseInt(argument)));
                yield true;
            }
            case "samples" -> {
                Fx.run(() -> samples = UiThread.every(Duration.ofSeconds(1), PanelMain::sample));
                yield true;
            }
            case "quiet" -> {
                Fx.run(() -> samples.unsubscribe());
                yield true;
            }
            case "cpu" -> ProcessFigures.cpuNanos();
            case "memory" -> ProcessFigures.memory();
            case "sizes" -> Fx.ask(() -> FilledPanel.sizes(panel));
            default -> throw new IllegalArgumentException(order);
        };
    }

    private static void sample() {
        panel.sampled(FilledPanel.sample(System.nanoTime(), second++));
    }

    private static void show(Stage stage, int seconds) {
        if (controller != null) {
            controller.dispose();
        }
        panel = FilledPanel.after(seconds);
        controller = new PanelController(
                panel,
                new PanelPlacement(true, true, false),
                new Region(),
                new Words(Locale.ENGLISH),
                (window, name) -> Optional.empty(),
                new Dialogs() {
                    @Override
                    public boolean confirm(String title, String text, String agree) {
                        return false;
                    }

                    @Override
                    public void tell(String title, String text) {}
                });
        Parent view = FxmlView.PANEL.load(new Words(Locale.ENGLISH), controller);
        if (stage.getScene() == null) {
            var appearance = new Appearance();
            appearance.choose(Theme.LIGHT);
            var scene = new Scene(view, WIDTH, HEIGHT);
            appearance.dress(scene);
            stage.setScene(scene);
            stage.show();
        } else {
            stage.getScene().setRoot(view);
        }
    }
}
