package dev.kansoku.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FoldersTest {

    private static final Path HOME = Path.of("/home/me").toAbsolutePath();

    static Stream<Arguments> eachPlatformHasItsPlaces() {
        return Stream.of(
                Arguments.of(
                        "Linux",
                        Map.of(),
                        folders(".config/kansoku", ".local/share/kansoku", ".local/state/kansoku/logs")),
                Arguments.of(
                        "Linux",
                        Map.of(
                                "XDG_CONFIG_HOME",
                                absolute("c"),
                                "XDG_DATA_HOME",
                                absolute("d"),
                                "XDG_STATE_HOME",
                                absolute("s")),
                        folders("c/kansoku", "d/kansoku", "s/kansoku/logs")),
                Arguments.of(
                        "Linux",
                        Map.of("XDG_CONFIG_HOME", "relative", "XDG_DATA_HOME", "", "XDG_STATE_HOME", "./s"),
                        folders(".config/kansoku", ".local/share/kansoku", ".local/state/kansoku/logs")),
                Arguments.of(
                        "FreeBSD",
                        Map.of(),
                        folders(".config/kansoku", ".local/share/kansoku", ".local/state/kansoku/logs")),
                Arguments.of(
                        "Mac OS X",
                        Map.of("XDG_CONFIG_HOME", absolute("c")),
                        folders(
                                "Library/Application Support/Kansoku",
                                "Library/Application Support/Kansoku",
                                "Library/Logs/Kansoku")),
                Arguments.of(
                        "Windows 11",
                        Map.of("APPDATA", absolute("r"), "LOCALAPPDATA", absolute("l")),
                        folders("r/Kansoku", "l/Kansoku/data", "l/Kansoku/logs")),
                Arguments.of(
                        "Windows 11",
                        Map.of(),
                        folders(
                                "AppData/Roaming/Kansoku",
                                "AppData/Local/Kansoku/data",
                                "AppData/Local/Kansoku/logs")));
    }

    @ParameterizedTest
    @MethodSource
    void eachPlatformHasItsPlaces(String os, Map<String, String> environment, Folders expected) {
        assertThat(Folders.of(os, environment, HOME)).isEqualTo(expected);
    }

    @Test
    void kansokuHomeMovesEveryFileOnEveryPlatform() {
        Map<String, String> environment = Map.of("KANSOKU_HOME", absolute("usb"), "XDG_DATA_HOME", absolute("d"));

        assertThat(Stream.of("Linux", "Mac OS X", "Windows 11"))
                .allSatisfy(os -> assertThat(Folders.of(os, environment, HOME))
                        .isEqualTo(folders("usb/config", "usb/data", "usb/logs")));
    }

    @Test
    void aRelativeKansokuHomeIsMeantFromWhereTheProgramWasStarted() {
        assertThat(Folders.of("Linux", Map.of("KANSOKU_HOME", "here"), HOME).data())
                .isEqualTo(Path.of("here/data").toAbsolutePath());
    }

    @Test
    void anEmptyKansokuHomeIsNone() {
        assertThat(Folders.of("Linux", Map.of("KANSOKU_HOME", " "), HOME))
                .isEqualTo(Folders.of("Linux", Map.of(), HOME));
    }

    private static String absolute(String name) {
        return HOME.resolve(name).toString();
    }

    private static Folders folders(String config, String data, String logs) {
        return new Folders(HOME.resolve(config), HOME.resolve(data), HOME.resolve(logs));
    }
}
