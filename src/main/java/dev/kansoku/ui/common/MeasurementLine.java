package dev.kansoku.ui.common;

import dev.kansoku.chat.Turn;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.ReplyFigures;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a turn took, in one line. */
public final class MeasurementLine {

    public static final String SEPARATOR = " · ";

    private MeasurementLine() {}

    /** The same of a turn that may not be measured; a demo is called one all the same. {@code null}: nothing is known. */
    public static @Nullable String text(
            Words words, Figures figures, Turn turn, @Nullable TurnMeasurement measurement) {
        if (measurement == null) {
            return turn.isDemo() ? words.get("demo.mark") : null;
        }
        return text(words, figures, measurement);
    }

    /** Total, time to first token, tokens/s, load with verdict, counts, time of day: each only if it is known. */
    public static String text(Words words, Figures figures, TurnMeasurement measurement) {
        List<String> parts = new ArrayList<>();
        if (measurement.demo()) {
            parts.add(words.get("demo.mark"));
        }
        parts.add(figures.duration(measurement.segments().wall()));
        if (measurement.timeToFirstToken() != null) {
            parts.add(words.get("line.firstToken", figures.duration(measurement.timeToFirstToken())));
        }
        measurement
                .tokensPerSecond()
                .ifPresent(rate -> parts.add(words.get("unit.tokensPerSecond", figures.rate(rate))));
        ReplyFigures said = measurement.figures();
        if (said != null && said.load() != null) {
            String load = words.get("line.load", figures.duration(said.load()));
            parts.add(
                    measurement.verdict() == LoadVerdict.UNKNOWN
                            ? load
                            : words.get("line.judged", words.get("verdict." + Keys.of(measurement.verdict())), load));
        }
        if (said != null && said.promptEvalCount() != null && said.evalCount() != null) {
            parts.add(words.get("line.tokens", figures.count(said.promptEvalCount()), figures.count(said.evalCount())));
        }
        if (measurement.segments().implausible()) {
            parts.add(words.get("line.implausible"));
        }
        parts.add(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(words.locale())
                .withZone(ZoneId.systemDefault())
                .format(measurement.sentAt().plus(measurement.segments().wall())));
        return String.join(SEPARATOR, parts);
    }
}
