package dev.kansoku;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.instance.OneInstance;
import dev.kansoku.settings.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, started while another one, this test, has its files. */
class SecondStartTest {

    @TempDir
    private Path home;

    private Folders folders;

    @AutoClose
    private OneInstance first;

    @BeforeEach
    void claim() throws Exception {
        folders = Folders.in(home);
        first = OneInstance.claim(folders.data()).orElseThrow();
    }

    @Test
    void itSaysSoAndEndsAndTouchesNoFile() throws Exception {
        Process second = start();

        assertThat(second.inputReader().lines())
                .containsExactly("Kansoku is already running with the files in " + folders.data()
                        + "; it was told to show its window.");
        assertThat(exitCode(second)).isZero();
        assertThat(folders.logs()).doesNotExist();
        assertThat(folders.config()).doesNotExist();
    }

    @Test
    void itIsAFaultThatTheFirstDoesNotAnswer() throws Exception {
        first.stopListening();

        Process second = start();

        assertThat(second.errorReader().lines())
                .containsExactly(
                        "Kansoku is already running with the files in " + folders.data() + ", but it does not answer.");
        assertThat(exitCode(second)).isEqualTo(1);
    }

    private Process start() throws IOException {
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Kansoku.class.getName());
        command.environment().put(Folders.HOME_VARIABLE, home.toString());
        return command.start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue();
    }
}
