package dev.kansoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {

    static Stream<Arguments> understood() {
        return Stream.of(
                Arguments.of(List.of(), CommandLine.NONE),
                Arguments.of(List.of("--help"), new CommandLine(true, false, null, false, null)),
                Arguments.of(List.of("--version"), new CommandLine(false, true, null, false, null)),
                Arguments.of(
                        List.of("--ollama", "http://a:1"), new CommandLine(false, false, "http://a:1", false, null)),
                Arguments.of(List.of("--ollama=http://a:1"), new CommandLine(false, false, "http://a:1", false, null)),
                Arguments.of(List.of("--ollama=a", "--ollama", "b"), new CommandLine(false, false, "b", false, null)),
                Arguments.of(List.of("--demo"), new CommandLine(false, false, null, true, null)),
                Arguments.of(List.of("--tour", "a/b"), new CommandLine(false, false, null, false, "a/b")),
                Arguments.of(List.of("--tour=a=b"), new CommandLine(false, false, null, false, "a=b")),
                Arguments.of(List.of("--ollama", "a", "--help"), new CommandLine(true, false, "a", false, null)));
    }

    @ParameterizedTest
    @MethodSource
    void understood(List<String> arguments, CommandLine expected) throws Exception {
        assertThat(CommandLine.parse(arguments.toArray(String[]::new))).isEqualTo(expected);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(List.of("--verbose"), "Unknown argument: --verbose"),
                Arguments.of(List.of("--Help"), "Unknown argument: --Help"),
                Arguments.of(List.of("http://a:1"), "Unknown argument: http://a:1"),
                Arguments.of(List.of("--help=yes"), "Unknown argument: --help=yes"),
                Arguments.of(List.of(""), "Unknown argument: "),
                Arguments.of(List.of("--ollama"), "--ollama needs an address"),
                Arguments.of(List.of("--ollama", " "), "--ollama needs an address"),
                Arguments.of(List.of("--ollama="), "--ollama needs an address"),
                Arguments.of(List.of("--tour"), "--tour needs a folder"),
                Arguments.of(List.of("--tour", "--demo"), "--tour needs a folder"),
                Arguments.of(List.of("--demo", "--ollama", "a"), "--ollama, --demo and --tour exclude each other"),
                Arguments.of(List.of("--demo", "--tour", "a"), "--ollama, --demo and --tour exclude each other"),
                Arguments.of(List.of("--ollama", "--help"), "--ollama needs an address"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(List<String> arguments, String sentence) {
        assertThatThrownBy(() -> CommandLine.parse(arguments.toArray(String[]::new)))
                .isInstanceOf(CommandLine.UsageException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void helpNamesWhatCanBeSetFromOutsideAndHowTheProgramEnds() {
        assertThat(CommandLine.HELP)
                .contains(
                        "--ollama URL", "--demo", "--tour FOLDER", "--help", "--version", "OLLAMA_HOST", "KANSOKU_HOME")
                .contains("0 ok", "1 fault", "2 wrong usage", "3 no display")
                .contains("a second start");
        assertThat(CommandLine.HELP.lines()).allMatch(line -> line.length() <= 80);
    }
}
