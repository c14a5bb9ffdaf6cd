package dev.kansoku.measure;

import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ReplyFigures;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builds measurements, their segments as the recorder does it. Times are in seconds. */
public final class Measured {

    public static final Instant SENT_AT = Instant.parse("2027-03-01T12:00:01Z");

    private Turn turn = new TurnMaker().turn(Turn.State.FINISHED, "Hello", "", "Hello");
    private Outcome outcome = Outcome.SUCCESS;
    private boolean demo;
    private @Nullable String version = "0.32.15";
    private LoadVerdict verdict = LoadVerdict.WARM;
    private double connect = 0.001;
    private double load = 0.05;
    private double wait;
    private double promptEval;
    private double decode;
    private double draw = 0.01;
    private double factor = 1;
    private boolean saysNoDurations;
    private boolean saysNoPromptEval;
    private boolean brokeOff;
    private @Nullable Double firstToken;
    private @Nullable Long promptTokens = 26L;
    private @Nullable Long cachedTokens;
    private @Nullable Long answerTokens = 40L;
    private @Nullable Integer contextLength;
    private @Nullable TurnResources resources;
    private @Nullable OllamaError error;

    public Measured turn(Turn value) {
        turn = value;
        return this;
    }

    public Measured outcome(Outcome value) {
        outcome = value;
        return this;
    }

    public Measured demo() {
        demo = true;
        return this;
    }

    public Measured version(@Nullable String value) {
        version = value;
        return this;
    }

    public Measured verdict(LoadVerdict value) {
        verdict = value;
        return this;
    }

    public Measured connect(double seconds) {
        connect = seconds;
        return this;
    }

    public Measured load(LoadVerdict cause, double seconds) {
        verdict = cause;
        load = seconds;
        return this;
    }

    public Measured waited(double seconds) {
        wait = seconds;
        return this;
    }

    public Measured prompt(@Nullable Integer tokens, double seconds) {
        promptTokens = tokens == null ? null : Long.valueOf(tokens);
        promptEval = seconds;
        return this;
    }

    public Measured cached(@Nullable Integer tokens) {
        cachedTokens = tokens == null ? null : Long.valueOf(tokens);
        return this;
    }

    public Measured decode(@Nullable Integer tokens, double seconds) {
        answerTokens = tokens == null ? null : Long.valueOf(tokens);
        decode = seconds;
        return this;
    }

    public Measured draw(double seconds) {
        draw = seconds;
        return this;
    }

    /** The first token did not come when the segments would have it. */
    public Measured firstToken(double seconds) {
        firstToken = seconds;
        return this;
    }

    /** The server says so many times of what the client saw. */
    public Measured saying(double times) {
        factor = times;
        return this;
    }

    public Measured withoutDurations() {
        saysNoDurations = true;
        return this;
    }

    public Measured withoutPromptEval() {
        saysNoPromptEval = true;
        return this;
    }

    /** The client's segments alone, up to here; no token if it waited for all of that. */
    public Measured brokenOff(Outcome how) {
        outcome = how;
        brokeOff = true;
        return this;
    }

    /** No more than the client saw, and this. */
    public Measured failed(OllamaError why) {
        error = why;
        return brokenOff(Outcome.ERROR);
    }

    public Measured contextLength(@Nullable Integer tokens) {
        contextLength = tokens;
        return this;
    }

    public Measured resources(@Nullable TurnResources value) {
        resources = value;
        return this;
    }

    /** On four cores, none of the model on a GPU. */
    public Measured cpu(double machine, double ollamaCores) {
        return resources(new TurnResources(machine, 4, 4, ollamaCores, 0.25, 0.0, 0.0));
    }

    public TurnMeasurement make() {
        double first = connect + load + wait + promptEval;
        double last = first + decode;
        boolean hasToken = decode > 0;
        var timeline = new Timeline(0, nanos(connect), hasToken ? nanos(first) : null, nanos(last));
        @Nullable ReplyFigures figures = brokeOff ? null : figures(last);
        Double token = firstToken == null ? Double.valueOf(first) : firstToken;
        return new TurnMeasurement(
                turn,
                SENT_AT,
                outcome,
                demo,
                true,
                version,
                verdict,
                Segments.of(timeline, figures, nanos(last + draw)),
                hasToken ? Duration.ofNanos(nanos(token)) : null,
                null,
                contextLength,
                resources,
                figures,
                error);
    }

    private ReplyFigures figures(double total) {
        return new ReplyFigures(
                "stop",
                said(total),
                saysNoDurations ? null : said(load),
                promptTokens,
                cachedTokens,
                saysNoDurations || saysNoPromptEval ? null : said(promptEval),
                answerTokens,
                saysNoDurations ? null : said(decode));
    }

    private Duration said(double seconds) {
        return Duration.ofNanos(nanos(factor * seconds));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
