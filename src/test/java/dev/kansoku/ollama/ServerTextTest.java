package dev.kansoku.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerTextTest {

    static Stream<Arguments> hostileTexts() {
        return Stream.of(
                Arguments.of("plain, 日本語 and 🦙", "plain, 日本語 and 🦙"),
                Arguments.of("two\nlines\r\nand\ta tab\n", "two lines and a tab"),
                Arguments.of("\u001B[31mred\u001B[0m", "red"),
                Arguments.of("\u009B31mred", "red"),
                Arguments.of("\u001B]0;title\u0007text", "text"),
                Arguments.of("\u001B]8;;http://evil\u001B\\link\u001B]8;;\u001B\\", "link"),
                Arguments.of("\u009D0;title\u009Ctext", "text"),
                Arguments.of("\u001Bcreset", "reset"),
                Arguments.of("a\u0000b\u0008c\u007Fd\u0085e", "abcd e"),
                Arguments.of("model\u202Egnp.exe\u202C", "modelgnp.exe"),
                Arguments.of("\u2066isolated\u2069", "isolated"));
    }

    @ParameterizedTest
    @MethodSource("hostileTexts")
    void nothingIsLeftThatControlsATerminalOrTurnsText(String text, String clean) {
        assertThat(ServerText.clean(text)).isEqualTo(clean);
    }

    @Test
    void whatIsSaidIsCutAtALimitButNeverWithinACharacter() {
        assertThat(ServerText.said("x".repeat(501))).hasSize(500);
        assertThat(ServerText.said("x".repeat(499) + "🦙🦙")).isEqualTo("x".repeat(499));
        assertThat(ServerText.said("x".repeat(10_000_000))).hasSize(500);
    }

    @Test
    void ofHtmlOnlyTheTitleIsSaid() {
        assertThat(ServerText.said("<!DOCTYPE html>\n<html><head><TITLE>502 Bad\nGateway</TITLE></head><body>x</body>"))
                .isEqualTo("502 Bad Gateway");
        assertThat(ServerText.said("<html><body onload=evil()>text</body></html>"))
                .isEmpty();
    }
}
