package dev.kansoku.history;

import dev.kansoku.chat.Turn;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.ollama.ModelName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What a search can be narrowed by, as words of the index that nobody can type: they begin with a character for private
 * use, which is left out of texts and of queries.
 */
final class SearchMarks {

    private static final String PREFIX = "\uE000";

    private SearchMarks() {}

    static List<String> of(String model, LoadVerdict verdict, Turn.State state) {
        List<String> marks = new ArrayList<>(List.of(model(model), verdict(verdict)));
        if (state == Turn.State.FAILED) {
            marks.add(failed());
        }
        return marks;
    }

    /** By its name as it is listed, without regard to case. */
    static String model(String name) {
        String full = ModelName.withTag(name).toLowerCase(Locale.ROOT);
        return PREFIX + "m" + HexFormat.of().formatHex(full.getBytes(StandardCharsets.UTF_8));
    }

    static String verdict(LoadVerdict verdict) {
        return PREFIX + "v" + verdict.name().toLowerCase(Locale.ROOT);
    }

    static String failed() {
        return PREFIX + "e";
    }
}
