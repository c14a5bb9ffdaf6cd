package dev.kansoku.ui.common;

import dev.kansoku.measure.Advice;
import dev.kansoku.measure.Diagnosis;
import dev.kansoku.measure.Limit;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Outcome;
import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.measure.TurnResources;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sentence for a slow turn: where its time went, what limited that, and what to try. */
public final class DiagnosisWords {

    private final Words words;
    private final Figures figures;
    private final Diagnosis diagnosis;
    private final TurnMeasurement measurement;

    private DiagnosisWords(Words words, Figures figures, Diagnosis diagnosis, TurnMeasurement measurement) {
        this.words = words;
        this.figures = figures;
        this.diagnosis = diagnosis;
        this.measurement = measurement;
    }

    /** One or two short sentences for a diagnosis of this measurement. */
    public static String sentence(Words words, Figures figures, Diagnosis diagnosis, TurnMeasurement measurement) {
        var said = new DiagnosisWords(words, figures, diagnosis, measurement);
        @Nullable Advice advice = diagnosis.advice();
        return advice == null ? said.where() : words.get("diagnosis.advised", said.where(), said.what(advice));
    }

    /** The text of the button that follows an advice, where the program can do it itself. */
    public static Optional<String> button(Words words, Advice advice) {
        return advice == Advice.KEEP_LOADED ? Optional.of(words.get("diagnosis.button.keepLoaded")) : Optional.empty();
    }

    private String what(Advice advice) {
        return words.get(
                "diagnosis.advice." + Keys.of(advice),
                button(words, advice).stream().toArray());
    }

    private String where() {
        String took = figures.duration(diagnosis.biggest().duration());
        String wall = figures.duration(measurement.segments().wall());
        String activity = activity(diagnosis.biggest().kind());
        @Nullable String why = why();
        @Nullable Segment second = diagnosis.second();
        if (second == null) {
            return why == null
                    ? words.get("diagnosis.one", took, wall, activity)
                    : words.get("diagnosis.oneWhy", took, wall, activity, why);
        }
        String tookToo = figures.duration(second.duration());
        String activityToo = activity(second.kind());
        return why == null
                ? words.get("diagnosis.two", took, wall, activity, tookToo, activityToo)
                : words.get("diagnosis.twoWhy", took, wall, activity, tookToo, activityToo, why);
    }

    private String activity(SegmentKind kind) {
        return switch (kind) {
            case LOAD -> load(measurement.verdict());
            case WAIT ->
                words.get(diagnosis.limit() == Limit.QUEUE ? "diagnosis.waitInQueue" : "diagnosis.segment.wait");
            case DECODE -> writing();
            case CONNECT, PROMPT_EVAL, UNKNOWN, DRAW -> words.get("diagnosis.segment." + Keys.of(kind));
        };
    }

    private String writing() {
        @Nullable Long tokens = diagnosis.answerTokens();
        @Nullable Double speed = diagnosis.tokensPerSecond();
        return tokens == null || speed == null
                ? words.get("diagnosis.segment.decode")
                : words.get(
                        "diagnosis.decodeAt",
                        figures.count(tokens),
                        words.get("unit.tokensPerSecond", figures.rate(speed)));
    }

    private String load(LoadVerdict verdict) {
        return switch (verdict) {
            case COLD, RELOAD -> words.get("diagnosis.segment.load");
            case QUEUED -> words.get("diagnosis.waitForModel");
            case WARM, UNKNOWN -> words.get("diagnosis.loadOrWait");
        };
    }

    /** What limited the biggest segment, or why no more can be said. */
    private @Nullable String why() {
        if (diagnosis.limit() != null) {
            return limit(diagnosis.limit());
        }
        if (measurement.segments().implausible()) {
            return words.get("line.implausible");
        }
        boolean unexplained = diagnosis.biggest().kind() == SegmentKind.UNKNOWN;
        return unexplained && measurement.outcome() == Outcome.SUCCESS ? words.get("diagnosis.noBreakdown") : null;
    }

    private String limit(Limit limit) {
        @Nullable TurnResources resources = measurement.resources();
        @Nullable Long read = diagnosis.promptTokens();
        if (limit == Limit.LONG_PROMPT && read == null) {
            return words.get("diagnosis.longPromptUncounted");
        }
        Object[] arguments = {};
        if (limit == Limit.LONG_PROMPT && read != null) {
            arguments = new Object[] {figures.count(read)};
        } else if (limit == Limit.CPU_BOUND && resources != null && resources.ollamaCores() != null) {
            arguments = new Object[] {figures.rate(resources.ollamaCores()), figures.count(resources.modelCores())};
        } else if (limit == Limit.SPLIT_MODEL && resources != null && resources.gpuShare() != null) {
            arguments = new Object[] {figures.count(Math.round(100 * resources.gpuShare()))};
        }
        return words.get("diagnosis.limit." + Keys.of(limit), arguments);
    }
}
