package dev.kansoku.ui.archive;

import dev.kansoku.history.ImportException;
import dev.kansoku.history.ImportResult;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Words;
import java.util.StringJoiner;

/** The sentences for what became of an import. */
final class ImportWords {

    private final Words words;
    private final Figures figures;

    ImportWords(Words words) {
        this.words = words;
        figures = new Figures(words);
    }

    String sentence(ImportResult result) {
        var sentences = new StringJoiner("\n");
        sentences.add(
                words.get("archive.imported", figures.count(result.conversations()), figures.count(result.turns())));
        if (result.conversationsThere() > 0) {
            sentences.add(words.get(
                    "archive.there", figures.count(result.conversationsThere()), figures.count(result.turnsThere())));
        }
        if (result.turnsElsewhere() > 0) {
            sentences.add(words.get("archive.elsewhere", figures.count(result.turnsElsewhere())));
        }
        return sentences.toString();
    }

    String sentence(ImportException fault) {
        String what = words.get("archive.fault." + Keys.of(fault.kind()));
        ImportException.Place place = fault.place();
        var sentences = new StringJoiner("\n");
        sentences.add(what);
        if (place.turn() > 0) {
            sentences.add(words.get(
                    "archive.at.turn",
                    figures.count(place.conversation()),
                    figures.count(place.turn()),
                    figures.count(place.line())));
        } else if (place.conversation() > 0) {
            sentences.add(words.get(
                    "archive.at.conversation", figures.count(place.conversation()), figures.count(place.line())));
        } else if (place.line() > 0) {
            sentences.add(words.get("archive.at.line", figures.count(place.line())));
        }
        if (place.field() != null) {
            sentences.add(words.get("archive.at.field", place.field()));
        }
        return sentences.toString();
    }
}
