package dev.kansoku.live;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** One of the programs that {@code .ci/live-parts} installs, in a folder of its own below {@code target/live}. */
final class LiveProcess implements AutoCloseable {

    private final Path folder;
    private final Process process;
    private final Thread atExit;

    private LiveProcess(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        atExit = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static Path folder(String name) throws IOException {
        Path live = Files.createDirectories(Path.of("target", "live").toAbsolutePath());
        return Files.createTempDirectory(live, name);
    }

    static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Where it is not installed it is as with {@link LiveOllama#start()}. */
    static LiveProcess start(Path folder, String program, String... arguments) throws IOException {
        Path file = LiveOllama.cache().resolve("bin").resolve(program);
        if (!Files.isExecutable(file)) {
            throw LiveOllama.missing(program);
        }
        return new LiveProcess(
                folder,
                new ProcessBuilder(Stream.concat(Stream.of(file.toString()), Stream.of(arguments))
                                .toList())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                folder.resolve(program + ".log").toFile()))
                        .start());
    }

    /** Fails if it has ended by itself. */
    void check() {
        if (!process.isAlive()) {
            throw new IllegalStateException("It has ended; see " + folder);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        process.destroy();
        await("its end").atMost(Duration.ofSeconds(20)).until(() -> !process.isAlive());
    }
}
