package dev.kansoku.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoKeepAliveTest {

    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "300, PT5M",
        "0.5, PT0.5S",
        "\"10m\", PT10M",
        "\"300000000000ns\", PT5M",
        "\"1h1.5m2s3ms4us5ns\", PT1H1M32.003004005S",
        "\"0\", PT0S"
    })
    void isSecondsOrADurationOfGos(String json, Duration expected) throws Exception {
        assertThat(KeepAlive.of(JSON.readTree(json))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"-1m\"", "1e300"})
    void negativeIsForEver(String json) throws Exception {
        assertThat(KeepAlive.of(JSON.readTree(json))).isEqualTo(KeepAlive.FOREVER);
    }

    @Test
    void mayBeLeftOut() throws Exception {
        assertThat(KeepAlive.of(JSON.readTree("{}").path("keep_alive"))).isNull();
        assertThat(KeepAlive.of(JSON.readTree("null"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"5\"", "\"m\"", "\"5 m\"", "true", "[1]"})
    void anythingElseIsRefused(String json) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> KeepAlive.of(JSON.readTree(json)))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
    }
}
