package dev.kansoku.ui.telemetry;

import dev.kansoku.privacy.DataKind;
import dev.kansoku.telemetry.TelemetryState;
import dev.kansoku.telemetry.delivery.Answer;
import dev.kansoku.telemetry.delivery.DeliveryProblem;
import dev.kansoku.telemetry.delivery.DeliveryStatus;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.Keys;
import dev.kansoku.ui.common.Words;
import java.util.Map;
import java.util.stream.Collectors;

/** The sentences about telemetry. */
final class TelemetryWords {

    private final Words words;
    private final Figures figures;

    TelemetryWords(Words words) {
        this.words = words;
        figures = new Figures(words);
    }

    String state(TelemetryState state) {
        return switch (state) {
            case TelemetryState.Off off -> words.get("telemetry.state.off");
            case TelemetryState.Asking asking -> words.get("telemetry.state.asking", shortly(asking.endpoint()));
            case TelemetryState.Declined declined ->
                words.get("telemetry.state.declined", shortly(declined.endpoint()));
            case TelemetryState.On on -> words.get("telemetry.state.on", shortly(on.endpoint()));
            case TelemetryState.Unusable unusable -> words.get("telemetry.state.unusable", unusable.reason());
        };
    }

    private static String shortly(String endpoint) {
        return CollectorUrl.shortly(endpoint);
    }

    /** How far messages have come, on one line. */
    String counts(DeliveryStatus status) {
        return words.get(
                "telemetry.counts",
                figures.count(status.sent()),
                figures.count(status.waiting()),
                figures.count(status.dropped()));
    }

    /** @param endpoint where it happened */
    String problem(DeliveryProblem problem, String endpoint) {
        String sentence = words.get("telemetry.problem." + Keys.of(problem.kind()), shortly(endpoint));
        return problem.detail().isBlank()
                ? sentence
                : words.get("telemetry.problemWithDetail", sentence, problem.detail());
    }

    /** What became of a test. */
    String answer(Answer answer, String endpoint) {
        return switch (answer) {
            case Answer.Acknowledged acknowledged ->
                acknowledged.rejected() == 0
                        ? words.get("telemetry.test.acknowledged")
                        : words.get("telemetry.test.rejected", figures.count(acknowledged.rejected()));
            case Answer.Refused refused -> problem(refused.problem(), endpoint);
            case Answer.NotNow notNow -> problem(notNow.problem(), endpoint);
        };
    }

    /** The kinds of personal data and how many of each; empty if there are none. */
    String kinds(Map<DataKind, Integer> kinds) {
        return kinds.entrySet().stream()
                .map(kind -> words.get(
                        "telemetry.kindCount",
                        words.get("telemetry.kind." + Keys.of(kind.getKey())),
                        figures.count(kind.getValue())))
                .collect(Collectors.joining(words.get("telemetry.and")));
    }
}
