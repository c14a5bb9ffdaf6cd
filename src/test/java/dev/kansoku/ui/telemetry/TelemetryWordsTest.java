package dev.kansoku.ui.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.telemetry.delivery.Answer;
import dev.kansoku.telemetry.delivery.DeliveryProblem;
import dev.kansoku.ui.common.Words;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryWordsTest {

    private static final String ENDPOINT = "https://collector.example:4318/otlp";

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void everyProblemHasASentenceOfItsOwn(String language) {
        var words = new TelemetryWords(new Words(Locale.forLanguageTag(language)));
        assertThat(Arrays.stream(DeliveryProblem.Kind.values())
                        .map(kind -> words.problem(new DeliveryProblem(kind, ""), ENDPOINT)))
                .doesNotHaveDuplicates()
                .allMatch(sentence -> sentence.endsWith(language.equals("en") ? "." : "。"))
                .noneMatch(sentence -> sentence.contains("{"));
    }

    @Test
    void whatHelpsToMendItStandsBehindTheSentence() {
        var words = new TelemetryWords(new Words(Locale.ENGLISH));
        var problem = new DeliveryProblem(DeliveryProblem.Kind.UNAUTHORIZED, "401");
        assertThat(words.problem(problem, ENDPOINT))
                .startsWith("collector.example:4318 does not accept")
                .endsWith("(401)");
        assertThat(words.answer(new Answer.Refused(problem), ENDPOINT)).isEqualTo(words.problem(problem, ENDPOINT));
        assertThat(words.answer(new Answer.NotNow(problem), ENDPOINT)).isEqualTo(words.problem(problem, ENDPOINT));
    }

    @Test
    void aTestThatWasNotTakenWholeIsNoSuccess() {
        var words = new TelemetryWords(new Words(Locale.ENGLISH));
        assertThat(words.answer(new Answer.Acknowledged(1), ENDPOINT))
                .isNotEqualTo(words.answer(new Answer.Acknowledged(0), ENDPOINT))
                .contains("1");
    }
}
