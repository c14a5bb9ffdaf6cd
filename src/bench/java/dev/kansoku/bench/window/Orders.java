package dev.kansoku.bench.window;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What a process is told: each line of standard input is something to do, a word and maybe more; each is answered with a
 * line of JSON. It ends with its standard input: that is, with the process that started it, however that ends.
 */
public final class Orders {

    private Orders() {}

    /**
     * Gets ready, says so, and obeys until standard input ends.
     *
     * @param ready whom the orders are for, once it is there
     */
    @SuppressWarnings("SystemOut") // Whoever started this process reads the answers there.
    public static void obey(Supplier<BiFunction<String, String, Object>> ready) throws IOException {
        PrintStream answers = System.out;
        // Nothing else may get between them.
        System.setOut(System.err);
        BiFunction<String, String, Object> obey = ready.get();
        answers.println("true");
        var json = new JsonMapper();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 2);
            answers.println(json.writeValueAsString(obey.apply(words[0], words.length > 1 ? words[1] : "")));
        }
        System.exit(0);
    }
}
