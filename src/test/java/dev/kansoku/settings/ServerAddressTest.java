package dev.kansoku.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.settings.ServerAddress.Source;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            # command line, environment, settings, address,                source
            line,           env,         set,      line,                   COMMAND_LINE
            line,           ,            ,         line,                   COMMAND_LINE
            ' ',            env,         set,      env,                    ENVIRONMENT
            ,               ' env ',     set,      env,                    ENVIRONMENT
            ,               env,         ,         env,                    ENVIRONMENT
            ,               '',          set,      set,                    SETTINGS
            ,               ,            set,      set,                    SETTINGS
            ,               ,            ' ',      http://127.0.0.1:11434, DEFAULT
            ,               ,            ,         http://127.0.0.1:11434, DEFAULT
            """)
    void theStrongestThatSaysAnythingWins(
            @Nullable String commandLine,
            @Nullable String variable,
            @Nullable String setting,
            String address,
            Source source) {
        Map<String, String> environment = variable == null ? Map.of() : Map.of("OLLAMA_HOST", variable);

        assertThat(ServerAddress.choose(commandLine, environment, Settings.DEFAULTS.withAddress(setting)))
                .isEqualTo(new ServerAddress(address, source));
    }
}
