package dev.kansoku.ui.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectorUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://collector.example:4318, collector.example:4318",
        "http://localhost:4317/, localhost:4317",
        "HTTPS://collector.example/otlp, collector.example",
        "' http://[::1]:4318 ', [::1]:4318"
    })
    void hostAndPortAreShown(String url, String shown) {
        assertThat(CollectorUrl.parse(url)).as(url).isPresent();
        assertThat(CollectorUrl.shortly(url)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "collector.example:4318",
                "ftp://collector.example",
                "http://",
                "http:///path",
                "https://me:secret@collector.example",
                "https://collector.example?token=1",
                "https://collector.example:0",
                "https://collector.example:65536",
                "https://a b"
            })
    void whatIsNoUrlOfACollectorIsNotTaken(String text) {
        assertThat(CollectorUrl.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://collector.example:4318, true",
        "http://192.168.1.5:4318, true",
        "https://collector.example:4318, false",
        "http://localhost:4318, false",
        "http://127.0.0.1:4318, false",
        "http://[::1]:4318, false"
    })
    void onlyPlainHttpToAnotherMachineIsOpenToOthers(String url, boolean open) {
        assertThat(CollectorUrl.isOpenToOthers(url)).isEqualTo(open);
        assertThat(CollectorUrl.isOpenToOthers("https://a.example, " + url)).isEqualTo(open);
    }

    @Test
    void whatIsNoUrlIsShownAsItIs() {
        assertThat(CollectorUrl.shortly("collector")).isEqualTo("collector");
    }
}
