package dev.kansoku.ui.archive;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Turn;
import dev.kansoku.history.OpenedConversation;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ModelName;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ui.common.ErrorWords;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.MeasurementLine;
import dev.kansoku.ui.common.Words;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conversations as people read them: what is seen of them in the window, without the thinking. An answer is Markdown already
 * and stays as it is.
 */
final class MarkdownWriter {

    private final Writer out;
    private final Words words;
    private final Figures figures;
    private final DateTimeFormatter dates;
    private int conversations;
    private long turns;

    MarkdownWriter(Writer out, Words words) {
        this.out = out;
        this.words = words;
        figures = new Figures(words);
        dates = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(words.locale())
                .withZone(ZoneId.systemDefault());
    }

    int conversations() {
        return conversations;
    }

    long turns() {
        return turns;
    }

    void write(OpenedConversation opened) throws IOException {
        Conversation conversation = opened.conversation();
        out.write((conversations == 0 ? "" : "\n---\n\n") + "# " + MarkdownText.plain(opened.title()) + "\n");
        for (Turn turn : conversation.path()) {
            write(turn, opened.measurement(turn));
            others(conversation.branches(turn).stream()
                    .filter(branch -> !branch.equals(turn))
                    .toList());
            turns++;
        }
        conversations++;
    }

    private void write(Turn turn, Optional<TurnMeasurement> measurement) throws IOException {
        heading(words.get("chat.speaker.user"), turn.createdAt());
        block(MarkdownText.quote(turn.prompt().text()));
        for (Attachment attachment : turn.prompt().attachments()) {
            block(words.get("chat.attachment", figures.count(attachment.text().length())));
            block(MarkdownText.fenced(attachment.text()));
        }
        heading(
                ModelName.display(turn.model()),
                measurement
                        .map(known -> known.sentAt().plus(known.segments().wall()))
                        .orElse(turn.createdAt()));
        block(MarkdownText.closed(turn.answer().toString()));
        @Nullable String note = note(turn);
        if (note != null) {
            small(note);
        }
        @Nullable String line = MeasurementLine.text(words, figures, turn, measurement.orElse(null));
        if (line != null) {
            small(line);
        }
    }

    /** Why there is no more. */
    private @Nullable String note(Turn turn) {
        @Nullable OllamaError error = turn.error();
        if (error != null) {
            return ErrorWords.sentence(words, error, words.get("archive.itsAddress"));
        }
        return switch (turn.state()) {
            case INCOMPLETE -> words.get("chat.incomplete");
            case STOPPED -> words.get("chat.stopped");
            case CUT_OFF -> words.get("chat.cutOff");
            case FINISHED, FAILED, QUEUED, RUNNING -> null;
        };
    }

    private void others(List<Turn> branches) throws IOException {
        if (branches.isEmpty()) {
            return;
        }
        block(words.get("archive.otherBranches"));
        out.write("\n");
        for (Turn branch : branches) {
            String item = String.join(
                    MeasurementLine.SEPARATOR,
                    dates.format(branch.createdAt()),
                    ModelName.display(branch.model()),
                    branch.prompt().firstWords());
            out.write("- " + MarkdownText.plain(item) + "\n");
        }
    }

    private void heading(String who, Instant when) throws IOException {
        block("## " + MarkdownText.plain(who + MeasurementLine.SEPARATOR + dates.format(when)));
    }

    private void small(String line) throws IOException {
        block("<sub>" + MarkdownText.plain(line) + "</sub>");
    }

    /** After an empty line. */
    private void block(String markdown) throws IOException {
        if (!markdown.isEmpty()) {
            out.write("\n" + markdown + (markdown.endsWith("\n") ? "" : "\n"));
        }
    }
}
