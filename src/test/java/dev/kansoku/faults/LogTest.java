package dev.kansoku.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** The log as the program has it: the real {@code logback.xml}, in a context of its own. */
class LogTest {

    private static final String CANARY = "what-somebody-asked";

    @TempDir
    private Path folder;

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void close() {
        context.stop();
        System.clearProperty(LogFile.FOLDER_PROPERTY);
    }

    private Logger logger() throws JoranException {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        context.setMDCAdapter(new LogbackMDCAdapter());
        configurator.doConfigure(Objects.requireNonNull(LogTest.class.getResource("/logback.xml")));
        return context.getLogger("test");
    }

    @Test
    void anExceptionIsLoggedByClassesAndFramesAndNeverByItsMessage() throws Exception {
        LogFile.open(folder.resolve("state/logs"));
        IllegalStateException cause = new IllegalStateException(CANARY);
        cause.addSuppressed(new IOException(CANARY));

        logger().warn("Reply not stored", new RuntimeException(CANARY, cause));
        context.stop();

        assertThat(folder.resolve("state/logs/kansoku.log"))
                .content()
                .contains("WARN", "Reply not stored")
                .contains("java.lang.RuntimeException\n    at " + LogTest.class.getName())
                .contains("caused by java.lang.IllegalStateException\n    at ")
                .contains("suppressed java.io.IOException\n")
                .doesNotContain(CANARY);
    }

    @Test
    void theLogIsBounded() throws Exception {
        LogFile.open(folder);
        Logger logger = logger();
        String line = "x".repeat(10_000);

        for (int i = 0; i < 1_000; i++) {
            logger.info(line);
        }
        context.stop();

        try (Stream<Path> files = Files.list(folder)) {
            List<Long> sizes = files.map(file -> file.toFile().length()).toList();
            assertThat(sizes).hasSize(5).allMatch(size -> size <= 1_100_000);
        }
    }

    @Test
    void aLogThatIsEmptiedGoesOn() throws Exception {
        LogFile.open(folder);
        Logger logger = logger();
        for (int i = 0; i < 300; i++) {
            logger.info("before " + "x".repeat(10_000));
        }

        LogFile.empty(context, folder);
        logger.info("after");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("kansoku.log"));
        }
        assertThat(folder.resolve("kansoku.log")).content().contains("after").doesNotContain("before");
    }

    @Test
    void withoutAFolderThereIsNoLogAndNoWordOnTheConsole() throws Exception {
        Path blocked = Files.writeString(folder.resolve("file"), "a file in place of the folder");

        assertThat(consoleWhileLoggingTo(blocked.resolve("logs"))).isEmpty();

        assertThat(System.getProperty(LogFile.FOLDER_PROPERTY)).isNull();
    }

    @Test
    void aLogFileThatCannotBeOpenedIsNoReasonForNoiseEither() throws Exception {
        Files.createDirectories(folder.resolve("kansoku.log/a folder in place of the file"));

        assertThat(consoleWhileLoggingTo(folder)).isEmpty();
    }

    private String consoleWhileLoggingTo(Path logs) throws JoranException {
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        try (PrintStream captured = new PrintStream(console, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            System.setErr(captured);
            LogFile.open(logs);
            logger().error("Nobody hears this", new RuntimeException());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return console.toString(StandardCharsets.UTF_8);
    }
}
