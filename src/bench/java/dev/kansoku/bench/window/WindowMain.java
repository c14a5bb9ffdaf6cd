package dev.kansoku.bench.window;

import java.io.IOException;

/** The program in its window, in a process of its own, that does what it is told (see {@link Orders}). */
public final class WindowMain {

    private WindowMain() {}

    /**
     * Opens the window and obeys until standard input ends.
     *
     * @param arguments the address of the server, as on the program's command line
     */
    public static void main(String... arguments) throws IOException {
        Orders.obey(() -> {
            Window window = Window.open(arguments[0]);
            return (order, prompt) -> obey(window, order, prompt);
        });
    }

    private static Object obey(Window window, String order, String prompt) {
        return switch (order) {
            case "new" -> {
                Fx.run(window::newConversation);
                yield true;
            }
            case "hide" -> {
                Fx.run(() -> window.setIconified(true));
                yield true;
            }
            case "show" -> {
                Fx.run(() -> window.setIconified(false));
                yield true;
            }
            case "panel" -> {
                Fx.run(() -> window.showPanel(Boolean.parseBoolean(prompt)));
                yield true;
            }
            case "open" -> window.openFirst();
            case "search" -> window.search(prompt);
            case "turn" -> window.turn(prompt);
            case "pulses" -> new Pulses(window).during(prompt);
            case "chunks" -> new ChunkTimes(window).during(prompt);
            case "cpu" -> ProcessFigures.cpuNanos();
            case "threads" -> new Answers.Threads(ProcessFigures.threads());
            case "memory" -> ProcessFigures.memory();
            default -> throw new IllegalArgumentException(order);
        };
    }
}
