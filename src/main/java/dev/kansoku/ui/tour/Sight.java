package dev.kansoku.ui.tour;

import dev.kansoku.ui.common.UiThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.text.Text;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** What somebody in front of the screen sees. May be asked from any thread. */
public final class Sight {

    private static final long PATIENCE_SECONDS = 20;

    private Sight() {}

    /** Something that is worked out on the FX thread; an error there is thrown here. */
    public static <T> T onFx(Supplier<T> question) {
        if (Platform.isFxApplicationThread()) {
            return question.get();
        }
        return wait(CompletableFuture.supplyAsync(question, UiThread::later));
    }

    /** Waits until so many pulses have laid out and drawn what there is. */
    public static void pulses(int count) {
        var passed = new CompletableFuture<@Nullable Void>();
        UiThread.later(() -> new AnimationTimer() {
            private int left = count + 1;

            @Override
            public void handle(long now) {
                if (--left == 0) {
                    stop();
                    passed.complete(null);
                }
            }
        }.start());
        wait(passed);
    }

    private static <T extends @Nullable Object> T wait(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the FX thread does not answer", e);
        }
    }

    /** The windows that show, the oldest first. */
    public static List<Window> windows() {
        return onFx(() -> List.copyOf(Window.getWindows().filtered(Window::isShowing)));
    }

    /** Walks over what is visible from here; {@code false} leaves out what is below. */
    public static void visible(Node node, Predicate<Node> visitor) {
        if (node.isVisible() && visitor.test(node) && node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> visible(child, visitor));
        }
    }

    /** Every visible node of this type, in all windows. */
    public static <N extends Node> List<N> all(Class<N> type, Predicate<N> wanted) {
        return onFx(() -> {
            var found = new ArrayList<N>();
            for (Window window : windows()) {
                visible(window.getScene().getRoot(), node -> {
                    if (type.isInstance(node) && wanted.test(type.cast(node))) {
                        found.add(type.cast(node));
                    }
                    return true;
                });
            }
            return found;
        });
    }

    /** The nodes that show text by themselves; what stands in fields is left out. */
    static List<Node> written() {
        return onFx(() -> {
            var found = new ArrayList<Node>();
            for (Window window : windows()) {
                visible(window.getScene().getRoot(), node -> {
                    if (!textOf(node).isEmpty()) {
                        found.add(node);
                    }
                    return !(node instanceof TextInputControl);
                });
            }
            return found;
        });
    }

    /** The text that a node shows by itself, as it was meant: a label may be too narrow for it. */
    static String textOf(Node node) {
        if (node instanceof Labeled labeled) {
            return labeled.getText() == null ? "" : labeled.getText();
        }
        boolean isOwn = node instanceof Text && !(node instanceof FontIcon) && !(node.getParent() instanceof Labeled);
        return isOwn ? ((Text) node).getText() : "";
    }

    /** All texts in all windows but what stands in fields, each on a line of its own. */
    public static String texts() {
        return onFx(
                () -> String.join("\n", written().stream().map(Sight::textOf).toList()));
    }
}
