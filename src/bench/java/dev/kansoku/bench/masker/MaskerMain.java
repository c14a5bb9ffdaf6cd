package dev.kansoku.bench.masker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kansoku.privacy.MaskedText;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Masks texts and says how long each took. Ends with its standard input: that is, with the process that started it. */
public final class MaskerMain {

    private MaskerMain() {}

    /** Each line is a {@link Sort}, a length in UTF-16 units, and how often; the answer is a list of nanoseconds. */
    @SuppressWarnings("SystemOut") // Whoever started this process reads the answers there.
    public static void main(String... arguments) throws IOException {
        var json = new JsonMapper();
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        @Nullable Masker masker = null;
        for (@Nullable String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", -1);
            String text = Sort.valueOf(words[0]).text(Integer.parseInt(words[1]));
            long[] nanos = new long[Integer.parseInt(words[2])];
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                // The first one also pays for the classes and for what the library of telephone numbers knows.
                if (masker == null) {
                    masker = new Masker("US");
                }
                MaskedText masked = masker.mask(text, TextLevel.MASKED);
                nanos[i] = System.nanoTime() - start;
                if (masked.failed()) {
                    throw new IllegalStateException(order);
                }
            }
            System.out.println(json.writeValueAsString(nanos));
        }
    }
}
