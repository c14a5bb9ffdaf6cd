package dev.kansoku.settings;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the program's files lie. Nothing is created here.
 *
 * @param config what the user has set
 * @param data what must not be lost: conversations, the installation's own numbers
 * @param logs the log and the crash files
 */
public record Folders(Path config, Path data, Path logs) {

    /** The environment variable that moves every file below one folder. */
    public static final String HOME_VARIABLE = "KANSOKU_HOME";

    /**
     * The folders of this user on this machine.
     *
     * @throws java.nio.file.InvalidPathException if an environment variable holds what cannot be a path
     */
    public static Folders ofThisMachine() {
        return of(System.getProperty("os.name"), System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** All of them in one folder. */
    public static Folders in(Path folder) {
        return new Folders(folder.resolve("config"), folder.resolve("data"), folder.resolve("logs"));
    }

    /** The folders by the platform's own rules; anything that is neither Windows nor macOS follows XDG. */
    static Folders of(String osName, Map<String, String> environment, Path home) {
        String moved = environment.get(HOME_VARIABLE);
        if (moved != null && !moved.isBlank()) {
            return in(Path.of(moved).toAbsolutePath());
        }
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            Path local = path(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"))
                    .resolve("Kansoku");
            Path roaming = path(environment.get("APPDATA"), home.resolve("AppData/Roaming"))
                    .resolve("Kansoku");
            return new Folders(roaming, local.resolve("data"), local.resolve("logs"));
        }
        if (os.startsWith("mac")) {
            Path support = home.resolve("Library/Application Support/Kansoku");
            return new Folders(support, support, home.resolve("Library/Logs/Kansoku"));
        }
        return new Folders(
                path(environment.get("XDG_CONFIG_HOME"), home.resolve(".config"))
                        .resolve("kansoku"),
                path(environment.get("XDG_DATA_HOME"), home.resolve(".local/share"))
                        .resolve("kansoku"),
                path(environment.get("XDG_STATE_HOME"), home.resolve(".local/state"))
                        .resolve("kansoku/logs"));
    }

    /** A relative path is as good as none (XDG Base Directory Specification), on Windows too. */
    private static Path path(@Nullable String value, Path otherwise) {
        return value != null && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
    }
}
