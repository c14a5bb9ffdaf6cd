package dev.kansoku.telemetry;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the tests in a JVM of its own, with the class path of this one. Its lines are read, its errors go to a file. */
final class ChildJvm implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader said;
    private final Path errors;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        said = process.inputReader();
    }

    static ChildJvm start(Path errors, Class<?> main, List<String> jvmArguments, String... arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(jvmArguments);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        File file = errors.toFile();
        return new ChildJvm(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(file))
                        .start(),
                errors);
    }

    /** Waits for a line; what else it says until then is passed over. */
    void await(String line) throws IOException {
        String next = said.readLine();
        while (next != null && !next.equals(line)) {
            next = said.readLine();
        }
        if (next == null) {
            throw new AssertionError("It ended without \"" + line + "\":\n" + Files.readString(errors));
        }
    }

    void say(String line) throws IOException {
        try (var input = process.outputWriter()) {
            input.write(line + "\n");
        }
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It does not end.");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            said.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
