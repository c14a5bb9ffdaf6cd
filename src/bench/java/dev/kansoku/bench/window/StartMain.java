package dev.kansoku.bench.window;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kansoku.Kansoku;
import javafx.animation.AnimationTimer;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.stage.Window;

/** The program itself, started by its own main, with somebody who looks at the clock. */
public final class StartMain {

    private final long launched;
    private long painted;

    private StartMain(long launched) {
        this.launched = launched;
    }

    /**
     * Starts the program.
     *
     * @param arguments {@link System#nanoTime()} right before this process was started, which on Linux is the same clock for
     *     all; then those of the program
     */
    public static void main(String... arguments) {
        var start = new StartMain(Long.parseLong(arguments[0]));
        Window.getWindows().addListener((ListChangeListener<Window>) change -> {
            if (!change.getList().isEmpty() && change.getList().getFirst() instanceof Stage stage) {
                start.watch(stage);
            }
        });
        Kansoku.main(java.util.Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private void watch(Stage stage) {
        Runnable[] once = new Runnable[1];
        once[0] = () -> {
            stage.getScene().removePostLayoutPulseListener(once[0]);
            Fx.whenPresented(nanos -> {
                painted = nanos;
                type(stage);
            });
        };
        stage.getScene().addPostLayoutPulseListener(once[0]);
    }

    /** Presses a key as soon as one can arrive, through the X server, and waits until the field shows it. */
    private void type(Stage stage) {
        var robot = new Robot();
        new AnimationTimer() {
            private boolean pressed;

            @Override
            public void handle(long now) {
                if (!(stage.getScene().getFocusOwner() instanceof TextArea field) || !stage.isFocused()) {
                    return;
                }
                if (!pressed) {
                    pressed = true;
                    robot.keyType(KeyCode.A);
                } else if (field.getText().equals("a")) {
                    stop();
                    Fx.whenPresented(StartMain.this::usable);
                }
            }
        }.start();
    }

    @SuppressWarnings("SystemOut") // Whoever started this process reads the answer there.
    private void usable(long nanos) {
        try {
            System.out.println(
                    new JsonMapper().writeValueAsString(new Answers.Started(painted - launched, nanos - painted)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        System.exit(0);
    }
}
