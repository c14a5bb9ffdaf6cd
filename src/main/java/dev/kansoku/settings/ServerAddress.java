package dev.kansoku.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of Ollama that is in force, and who said so: the only place that knows who goes before whom.
 *
 * @param text as it was written; whether it is an address is for the client to say
 */
public record ServerAddress(String text, Source source) {

    /** Ollama's own environment variable. */
    public static final String VARIABLE = "OLLAMA_HOST";

    private static final String DEFAULT = "http://127.0.0.1:11434";

    /** Who named the address, strongest first. */
    public enum Source {
        COMMAND_LINE,
        ENVIRONMENT,
        SETTINGS,
        DEFAULT
    }

    /**
     * The strongest source that says anything; what is blank says nothing.
     *
     * @param commandLine the address given at the start
     */
    public static ServerAddress choose(
            @Nullable String commandLine, Map<String, String> environment, Settings settings) {
        if (commandLine != null && !commandLine.isBlank()) {
            return new ServerAddress(commandLine.strip(), Source.COMMAND_LINE);
        }
        String variable = environment.get(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return new ServerAddress(variable.strip(), Source.ENVIRONMENT);
        }
        String setting = settings.address();
        if (setting != null && !setting.isBlank()) {
            return new ServerAddress(setting.strip(), Source.SETTINGS);
        }
        return new ServerAddress(DEFAULT, Source.DEFAULT);
    }
}
