package dev.kansoku.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of settings and window state in a file, and of a file somebody has edited. */
class SettingsTest {

    @TempDir
    private Path folder;

    private Path path;
    private JsonFile<Settings> file;

    @BeforeEach
    void file() {
        path = folder.resolve("settings.json");
        file = new JsonFile<>(path, Settings.class);
    }

    @Test
    void everySettingComesBack() throws IOException {
        Settings settings = Settings.DEFAULTS
                .withAddress("http://big-box:11434")
                .withFirstByteTimeout(Duration.ofSeconds(90))
                .withIdleTimeout(Duration.ofSeconds(45))
                .withLanguage(Language.JAPANESE)
                .withTheme(Theme.DARK)
                .withSendKey(SendKey.CTRL_ENTER)
                .withShowCloudModels(true)
                .withConfirmedCloudModels(Set.of("gpt-oss:120b-cloud", "deepseek-v3.1:671b-cloud"));

        file.save(settings);

        assertThat(file.load(Settings.DEFAULTS).value()).isEqualTo(settings);
    }

    @Test
    void durationsAreWrittenAsSecondsAndTheirNamesSaySo() throws IOException {
        file.save(Settings.DEFAULTS.withFirstByteTimeout(Duration.ofMinutes(10)));

        assertThat(path).content().contains("\"firstByteTimeoutSeconds\" : 600,", "\"idleTimeoutSeconds\" : 120,");
    }

    @Test
    void theSameSettingsAreTheSameBytes() throws IOException {
        file.save(Settings.DEFAULTS.withConfirmedCloudModels(Set.of("b", "a", "c")));

        assertThat(path).content().contains("[ \"a\", \"b\", \"c\" ]");
    }

    @Test
    void anEmptyObjectIsTheDefaults() throws IOException {
        assertThat(read("{}")).isEqualTo(Settings.DEFAULTS);
    }

    @Test
    void fieldsOfANewerVersionAreIgnored() throws IOException {
        assertThat(read("{\"theme\": \"LIGHT\", \"hologram\": {\"depth\": 3}}"))
                .isEqualTo(Settings.DEFAULTS.withTheme(Theme.LIGHT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"firstByteTimeoutSeconds\": 0",
                "\"firstByteTimeoutSeconds\": -5",
                "\"firstByteTimeoutSeconds\": 86401",
                "\"firstByteTimeoutSeconds\": 9223372036854775807",
                "\"firstByteTimeoutSeconds\": 1e30",
                "\"firstByteTimeoutSeconds\": null",
                "\"idleTimeoutSeconds\": 0",
                "\"idleTimeoutSeconds\": -9223372036854775808",
                "\"language\": \"KLINGON\"",
                "\"language\": null",
                "\"theme\": \"\"",
                "\"sendKey\": \"SHIFT_F13\"",
                "\"showCloudModels\": null",
                "\"confirmedCloudModels\": null"
            })
    void aValueThatMakesNoSenseCostsNoOtherSetting(String field) throws IOException {
        assertThat(read("{\"address\": \"kept\", " + field + "}")).isEqualTo(Settings.DEFAULTS.withAddress("kept"));
    }

    @Test
    void theProgramItselfCannotSetSuchATimeout() {
        assertThatIllegalArgumentException().isThrownBy(() -> Settings.DEFAULTS.withIdleTimeout(Duration.ZERO));
    }

    @Test
    void theWindowIsFoundAsItWasLeft() throws IOException {
        JsonFile<WindowState> window = new JsonFile<>(folder.resolve("window.json"), WindowState.class);
        WindowState left = new WindowState(
                900,
                700.5,
                -1920.0,
                12.0,
                true,
                400,
                false,
                true,
                true,
                new WindowState.Bounds(1, 2, 3, 4),
                false,
                "tinyllama:latest");

        window.save(left);

        assertThat(window.load(WindowState.DEFAULTS).value()).isEqualTo(left);
    }

    @Test
    void aWindowOfNoSizeAndNowhereBecomesTheDefault() throws IOException {
        Path path = folder.resolve("window.json");
        Files.writeString(path, """
                {"width": 0, "height": "NaN", "x": 1e300, "y": null, "panelWidth": -3, "model": "granite3.2:2b"}""");

        assertThat(new JsonFile<>(path, WindowState.class)
                        .load(WindowState.DEFAULTS)
                        .value())
                .isEqualTo(WindowState.DEFAULTS.withModel("granite3.2:2b"));
    }

    private Settings read(String json) throws IOException {
        Files.writeString(path, json);
        return file.load(Settings.DEFAULTS).value();
    }
}
