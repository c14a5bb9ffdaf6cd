package dev.kansoku.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kansoku.ollama.OllamaAddress.InvalidAddressException;
import dev.kansoku.ollama.OllamaAddress.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaAddressTest {

    /** The cases of envconfig/config_test.go, as a client connects to them, and more. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                             | http://127.0.0.1:11434",
                "1.2.3.4                        | http://1.2.3.4:11434",
                ":1234                          | http://127.0.0.1:1234",
                "1.2.3.4:1234                   | http://1.2.3.4:1234",
                "example.com                    | http://example.com:11434",
                "EXAMPLE.com:1234               | http://example.com:1234",
                "example.com:                   | http://example.com:11434",
                "example.com/                   | http://example.com:11434",
                "ollama.com                     | https://ollama.com",
                "[::1]                          | http://[::1]:11434",
                "[::1]:1337                     | http://[::1]:1337",
                "::1                            | http://[::1]:11434",
                "2001:db8::1                    | http://[2001:db8::1]:11434",
                "` 1.2.3.4 `                    | http://1.2.3.4:11434",
                "\"1.2.3.4\"                    | http://1.2.3.4:11434",
                "` \" 1.2.3.4 \" `              | http://1.2.3.4:11434",
                "'1.2.3.4'                      | http://1.2.3.4:11434",
                "http://1.2.3.4                 | http://1.2.3.4",
                "HTTP://1.2.3.4:4321            | http://1.2.3.4:4321",
                "https://1.2.3.4                | https://1.2.3.4",
                "https://1.2.3.4:4321/          | https://1.2.3.4:4321",
                "https://example.com/ollama     | https://example.com/ollama",
                "http://proxy/ollama/           | http://proxy/ollama",
                "proxy:8080/a/b                 | http://proxy:8080/a/b",
                "0.0.0.0                        | http://127.0.0.1:11434",
                "http://0.0.0.0:1234            | http://127.0.0.1:1234",
                "[::]                           | http://[::1]:11434",
                "::                             | http://[::1]:11434",
                "[::]:1234                      | http://[::1]:1234",
            })
    void allFormsOfOllamaHostAreUnderstood(String text, String url) {
        assertThat(OllamaAddress.parse(text).url()).isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.com, SCHEME",
        "unix:///tmp/ollama.sock, SCHEME",
        ":66000, PORT",
        ":0, PORT",
        ":-1, PORT",
        "example.com:http, PORT",
        "example.com:99999999999, PORT",
        "two words, HOST",
        "a:b:c, HOST",
        "[::1, HOST",
        "[::1]11434, HOST",
        "http://user:secret@example.com, CREDENTIALS",
        "user@example.com:11434, CREDENTIALS",
        "http://example.com/?a=b, PATH",
        "http://example.com/#a, PATH",
    })
    void whatMakesNoSenseIsRefusedWithoutBeingQuoted(String text, Problem problem) {
        InvalidAddressException refused =
                catchThrowableOfType(InvalidAddressException.class, () -> OllamaAddress.parse(text));

        assertThat(refused).isNotNull();
        assertThat(refused.problem()).isEqualTo(problem);
        assertThat(refused).hasMessage(problem.name()).hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 127.0.0.1:11434",
        "http://example.com, example.com:80",
        "[::1]:1337, [::1]:1337",
        "proxy:8080/ollama, proxy:8080/ollama",
        "https://example.com, https://example.com",
        "https://example.com:8443/ollama, https://example.com:8443/ollama",
    })
    void whatIsDisplayedAndTheUrlAreReadBackAsTheSameAddress(String text, String display) {
        OllamaAddress address = OllamaAddress.parse(text);

        assertThat(address.display()).isEqualTo(display);
        assertThat(OllamaAddress.parse(address.display())).isEqualTo(address).hasSameHashCodeAs(address);
        assertThat(OllamaAddress.parse(address.url())).isEqualTo(address).hasToString(address.url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "127.8.9.1", "::1", "localhost", "ollama.localhost:80", "0.0.0.0", "[::]"})
    void addressesOfThisMachineAreLoopback(String text) {
        assertThat(OllamaAddress.parse(text).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3.4", "127.0.0.1.example.com", "mylocalhost", "localhost.example.com", "2001:db8::1"})
    void othersAreNot(String text) {
        assertThat(OllamaAddress.parse(text).isLoopback()).isFalse();
    }

    @Test
    void pathsOfTheApiAreBelowThatOfTheAddress() {
        assertThat(OllamaAddress.DEFAULT.resolve("api/chat")).hasToString("http://127.0.0.1:11434/api/chat");
        assertThat(OllamaAddress.parse("https://proxy/ollama/").resolve("api/chat"))
                .hasToString("https://proxy/ollama/api/chat");
    }
}
