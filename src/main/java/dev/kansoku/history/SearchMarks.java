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

    /** Those that a query asks for. */
    static List<String> of(SearchQuery query) {
        List<String> marks = new ArrayList<>();
        if (query.model() != null) {
            marks.add(model(query.model()));
        }
        if (query.verdict() != null) {
            marks.add(verdict(query.verdict()));
        }
        if (query.failed()) {
            marks.add(failed());
        }
        return marks;
    }

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
        return PREFIX + "m" + hex(full);
    }

    static String verdict(LoadVerdict verdict) {
        return PREFIX + "v" + hex(verdict.name());
    }

    /** Digits and letters, which separate nothing. */
    private static String hex(String value) {
        return HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8));
    }

    static String failed() {
        return PREFIX + "e";
    }
}
