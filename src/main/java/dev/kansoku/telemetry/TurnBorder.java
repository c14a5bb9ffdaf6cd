package dev.kansoku.telemetry;

import dev.kansoku.chat.Turn;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.privacy.MaskedText;
import dev.kansoku.privacy.Masker;
import dev.kansoku.privacy.TextLevel;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The only place where text of turns is seen by telemetry: it makes of each turn what may be told of it. */
final class TurnBorder {

    private static final String INCOMPLETE = "incomplete";

    /** How Ollama says that an answer ended (server/routes.go, llm/server.go); anything else might be a text. */
    private static final Set<String> FINISH_REASONS = Set.of("stop", "length", "load", "unload");

    private final Masker masker;
    private final Supplier<TextLevel> level;
    private final Consumer<TurnReport> reports;

    TurnBorder(Masker masker, Supplier<TextLevel> level, Consumer<TurnReport> reports) {
        this.masker = masker;
        this.level = level;
        this.reports = reports;
    }

    /** Tells of a turn that has ended, unless the demo engine answered. Masks, so not for a thread that somebody waits for. */
    void measured(TurnMeasurement measurement) {
        if (!measurement.demo()) {
            reports.accept(report(measurement));
        }
    }

    private TurnReport report(TurnMeasurement measurement) {
        Turn turn = measurement.turn();
        TextLevel now = level.get();
        @Nullable ReplyFigures figures = measurement.figures();
        @Nullable OllamaError error = measurement.error();
        return new TurnReport(
                turn.requestId().toString(),
                turn.conversation().id().toString(),
                turn.sessionId().toString(),
                name(turn.model()),
                measurement.local(),
                measurement.serverVersion() == null ? null : name(measurement.serverVersion()),
                measurement.sentAt(),
                measurement.outcome(),
                measurement.verdict(),
                measurement.segments(),
                measurement.timeToFirstToken(),
                measurement.tokensPerSecond(),
                figures == null || !FINISH_REASONS.contains(String.valueOf(figures.doneReason()))
                        ? null
                        : figures.doneReason(),
                figures == null ? null : figures.promptEvalCount(),
                figures == null ? null : figures.promptEvalCachedCount(),
                figures == null ? null : figures.evalCount(),
                errorType(measurement.outcome(), error),
                error == null || error.serverSaid().isEmpty() || now != TextLevel.MASKED
                        ? null
                        : masker.scrub(error.serverSaid()),
                masker.mask(turn.prompt().content(), now),
                masker.mask(turn.answer().toString(), now));
    }

    private String name(String text) {
        MaskedText name = masker.name(text);
        return name.toString();
    }

    /** The name of its kind, such as {@code model_missing}: there are as many as {@link OllamaError} has. */
    private static @Nullable String errorType(Outcome outcome, @Nullable OllamaError error) {
        if (error != null) {
            return error.getClass()
                    .getSimpleName()
                    .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                    .toLowerCase(Locale.ROOT);
        }
        return outcome == Outcome.INCOMPLETE ? INCOMPLETE : null;
    }
}
