package dev.kansoku.ui;

import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ui.common.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A test of the window: the program runs against a scripted Ollama that has both models. */
@Timeout(60)
public abstract class UiTest {

    protected static final Words ENGLISH = new Words(Locale.ENGLISH);
    protected static final Words JAPANESE = new Words(Locale.JAPANESE);

    @TempDir
    protected Path home;

    protected ScriptedServer server;
    protected Program program;

    @BeforeEach
    final void startProgram() {
        server = ScriptedServer.start();
        prepare();
        program = Program.start(home, address());
    }

    @AfterEach
    final void closeProgram() {
        try {
            program.close();
        } finally {
            server.close();
        }
    }

    /** The address given on the command line. */
    protected @Nullable String address() {
        return server.address().display();
    }

    /** Sets up the server and the files before the program starts. */
    protected void prepare() {}

    /** Starts the program anew, on the same files. */
    protected final void restart() {
        program.close();
        program = Program.start(home, address());
    }

    /** Writes {@code settings.json} or {@code window.json}. */
    protected final void write(String file, String json) {
        write(home, file, json);
    }

    public static void write(Path home, String file, String json) {
        try {
            Files.writeString(Files.createDirectories(home.resolve("config")).resolve(file), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
