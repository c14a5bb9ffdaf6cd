package dev.kansoku.telemetry;

import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Segment;
import dev.kansoku.measure.SegmentKind;
import dev.kansoku.settings.Stored;
import dev.kansoku.telemetry.Total.Series;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns as metrics. Counters are totals of the installation, so that what happened while nobody could be told is in the
 * next value; histograms are of this run of the program.
 */
final class TurnMetrics {

    /** Those of the conventions, and three more: models on a processor take minutes. */
    private static final List<Double> DURATIONS = List.of(
            0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68,
            655.36);

    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private final Stored<Installation> installation;
    private final ModelLabels labels;
    private final Runnable announced;

    /** New series that were told as 0 since a message left last. */
    private final Set<Series> observed = ConcurrentHashMap.newKeySet();

    private final DoubleHistogram duration;
    private final DoubleHistogram firstChunk;
    private final DoubleHistogram perChunk;
    private final LongHistogram tokens;
    private final DoubleHistogram load;
    private final DoubleHistogram phases;
    private final DoubleHistogram tokensPerSecond;

    TurnMetrics(Meter meter, Stored<Installation> installation, ModelLabels labels, Runnable announced) {
        this.installation = installation;
        this.labels = labels;
        this.announced = announced;
        counter(meter, Names.REQUESTS, "{request}", Names.STATUS);
        counter(meter, Names.TOKENS, "{token}", Names.TOKEN_TYPE);
        counter(meter, Names.CACHED, "{token}", null);
        duration = meter.histogramBuilder(Names.OPERATION_DURATION)
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(DURATIONS)
                .build();
        firstChunk = seconds(meter, Names.TIME_TO_FIRST_CHUNK);
        perChunk = seconds(meter, Names.TIME_PER_OUTPUT_CHUNK);
        tokens = meter.histogramBuilder(Names.TOKEN_USAGE)
                .ofLongs()
                .setUnit("{token}")
                .build();
        load = seconds(meter, Names.LOAD_TIME);
        phases = seconds(meter, Names.PHASE_DURATION);
        // With "/s" in it Prometheus would say "per second" twice.
        tokensPerSecond = meter.histogramBuilder(Names.RATE).setUnit("{token}").build();
    }

    private static DoubleHistogram seconds(Meter meter, String name) {
        return meter.histogramBuilder(name).setUnit("s").build();
    }

    private void counter(Meter meter, String name, String unit, @Nullable AttributeKey<String> kind) {
        var _ = meter.counterBuilder(name).setUnit(unit).buildWithCallback(measurement -> {
            for (Total total : installation.get().totals()) {
                Series series = total.series();
                if (series.metric().equals(name)) {
                    var attributes = Attributes.builder().put(Names.MODEL, series.model());
                    if (kind != null && series.kind() != null) {
                        attributes.put(kind, series.kind());
                    }
                    measurement.record(total.told(), attributes.build());
                    if (!total.announced()) {
                        observed.add(series);
                    }
                }
            }
        });
    }

    /**
     * Counts and measures a turn.
     *
     * @param call context of the span of its call, which its exemplars name
     */
    void record(TurnReport turn, Context call) {
        String model = labels.of(turn.model());
        count(turn, model);
        var operation = Attributes.of(
                Names.OPERATION, TurnAttributes.CHAT, Names.PROVIDER, TurnAttributes.OLLAMA, Names.MODEL, model);
        var failed = operation.toBuilder();
        TurnAttributes.put(failed, Names.ERROR_TYPE, turn.errorType());
        duration.record(seconds(client(turn)), failed.build(), call);
        var loaded = operation.toBuilder()
                .put(Names.VERDICT, verdict(turn.verdict()))
                .build();
        if (turn.timeToFirstToken() != null) {
            firstChunk.record(seconds(turn.timeToFirstToken()), loaded, call);
        }
        perChunk(turn).ifPresent(seconds -> perChunk.record(seconds, operation, call));
        tokens(turn.promptTokens(), INPUT, operation, call);
        tokens(turn.answerTokens(), OUTPUT, operation, call);
        phases(turn, model, call);
        turn.tokensPerSecond().ifPresent(rate -> tokensPerSecond.record(rate, Attributes.of(Names.MODEL, model), call));
    }

    private void count(TurnReport turn, String model) {
        installation.update(before -> {
            Installation after =
                    before.plus(new Series(Names.REQUESTS, model, TurnAttributes.lower(turn.outcome())), 1);
            after = plus(after, Names.TOKENS, model, INPUT, turn.promptTokens());
            after = plus(after, Names.TOKENS, model, OUTPUT, turn.answerTokens());
            return plus(after, Names.CACHED, model, null, turn.cachedTokens());
        });
    }

    private static Installation plus(
            Installation before, String metric, String model, @Nullable String kind, @Nullable Long more) {
        return more == null || more < 0 ? before : before.plus(new Series(metric, model, kind), more);
    }

    private void tokens(@Nullable Long count, String type, Attributes operation, Context call) {
        if (count != null && count >= 0) {
            tokens.record(
                    count, operation.toBuilder().put(Names.TOKEN_TYPE, type).build(), call);
        }
    }

    private void phases(TurnReport turn, String model, Context call) {
        var loaded = Attributes.of(Names.MODEL, model, Names.VERDICT, verdict(turn.verdict()));
        for (Segment segment : turn.segments().parts()) {
            if (segment.kind() == SegmentKind.LOAD) {
                load.record(seconds(segment.duration()), loaded, call);
            }
            phases.record(
                    seconds(segment.duration()),
                    loaded.toBuilder()
                            .put(Names.PHASE, TurnAttributes.lower(segment.kind()))
                            .build(),
                    call);
        }
    }

    /** From sending to the last byte. */
    private static Duration client(TurnReport turn) {
        return turn.segments()
                .wall()
                .minus(turn.segments().duration(SegmentKind.DRAW).orElse(Duration.ZERO));
    }

    /** The mean of the turn: to note each chunk would cost the turn more than it tells. */
    private static Optional<Double> perChunk(TurnReport turn) {
        @Nullable Duration first = turn.timeToFirstToken();
        @Nullable Long chunks = turn.answerTokens();
        return first == null || chunks == null || chunks < 2
                ? Optional.empty()
                : Optional.of(seconds(client(turn).minus(first)) / (chunks - 1));
    }

    private static String verdict(LoadVerdict verdict) {
        return switch (verdict) {
            case COLD, WARM -> TurnAttributes.lower(verdict);
            case RELOAD, QUEUED, UNKNOWN -> "other";
        };
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /**
     * The counters are on their way to the Collector: what they were told as is not told again as news.
     *
     * @return to be run when they have arrived
     */
    Runnable leaving() {
        Set<Series> told = Set.copyOf(observed);
        observed.removeAll(told);
        return () -> {
            if (!told.isEmpty()) {
                installation.update(before -> before.withAnnounced(told));
                announced.run();
            }
        };
    }
}
