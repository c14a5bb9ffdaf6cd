package dev.kansoku.bench.window;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The program in a process of its own. Each line of standard input is something to do, a word and maybe a prompt; each is
 * answered with a line of JSON. It ends with its standard input: that is, with the process that started it, however that ends.
 */
public final class WindowMain {

    private WindowMain() {}

    /**
     * Opens the window and obeys until standard input ends.
     *
     * @param arguments the address of the server, as on the program's command line
     */
    @SuppressWarnings("SystemOut") // Whoever started this process reads the answers there.
    public static void main(String... arguments) throws IOException {
        PrintStream answers = System.out;
        // Nothing else may get between them.
        System.setOut(System.err);
        var json = new JsonMapper();
        Window window = Window.open(arguments[0]);
        answers.println("true");
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 2);
            answers.println(json.writeValueAsString(obey(window, words[0], words.length > 1 ? words[1] : "")));
        }
        System.exit(0);
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
