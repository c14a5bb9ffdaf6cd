package dev.kansoku.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {

    private static final String CANARY = "what-somebody-asked";

    @TempDir
    private Path folder;

    private final List<Fault> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T10:15:00Z");
    private Faults faults;

    @BeforeEach
    void faults() {
        faults = new Faults(folder.resolve("logs"), () -> now);
        faults.onFault(told::add);
    }

    @Test
    void aFaultIsWrittenToAFileThatSaysWhereAndNotWhat() {
        Throwable suppressed = new IOException(CANARY);
        IllegalStateException cause = new IllegalStateException(CANARY);
        cause.addSuppressed(suppressed);

        faults.uncaughtException(new Thread("painter"), new RuntimeException(CANARY, cause));

        Fault fault = told.getFirst();
        assertThat(fault.code()).matches("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}");
        assertThat(Objects.requireNonNull(fault.file()).getFileName().toString())
                .matches("crash-\\d{8}-\\d{6}-" + fault.code() + "\\.txt");
        assertThat(fault.file())
                .content()
                .contains(fault.code(), "painter", System.getProperty("os.arch"), "JavaFX:  ")
                .contains("Java:    " + Runtime.version())
                .contains("java.lang.RuntimeException\n    at " + FaultsTest.class.getName())
                .contains("caused by java.lang.IllegalStateException\n")
                .contains("suppressed java.io.IOException\n")
                .doesNotContain(CANARY);
    }

    @Test
    void theSameFaultAgainWithinAMinuteIsPassedOver() {
        for (int seconds : new int[] {0, 1, 59, 60}) {
            now = Instant.parse("2026-11-22T10:15:00Z").plusSeconds(seconds);
            faults.uncaughtException(Thread.currentThread(), failure("any"));
        }

        assertThat(told).hasSize(2);
        assertThat(told.getFirst().code()).isEqualTo(told.getLast().code());
        assertThat(crashFiles()).hasSize(2);
    }

    @Test
    void onlyTheNewestFilesAreKept() throws IOException {
        Path note = Files.createDirectories(folder.resolve("logs")).resolve("kansoku.log");
        Files.createFile(note);

        for (int i = 0; i < CrashFiles.KEPT + 5; i++) {
            faults.uncaughtException(Thread.currentThread(), failure("any"));
            now = now.plus(Duration.ofHours(1));
        }

        assertThat(told).hasSize(CrashFiles.KEPT + 5);
        assertThat(crashFiles())
                .containsExactlyElementsOf(
                        told.stream().skip(5).map(Fault::file).toList());
        assertThat(note).exists();
    }

    @Test
    void aFileThatCannotBeWrittenDoesNotKeepTheFaultFromBeingTold() throws IOException {
        Files.writeString(folder.resolve("logs"), "a file in place of the folder");

        faults.uncaughtException(Thread.currentThread(), failure("any"));

        assertThat(told)
                .singleElement()
                .satisfies(fault -> assertThat(fault.file()).isNull());
    }

    @Test
    void aListenerThatThrowsIsNotFollowed() {
        faults.onFault(fault -> {
            told.add(fault);
            throw new IllegalStateException(fault.code());
        });

        assertThatNoException().isThrownBy(() -> faults.uncaughtException(Thread.currentThread(), failure("any")));

        assertThat(told).hasSize(1);
    }

    @Test
    void aListenerThatCallsTheHandlerAgainEndsThere() {
        faults.onFault(fault -> {
            told.add(fault);
            faults.uncaughtException(Thread.currentThread(), new Error());
        });

        faults.uncaughtException(Thread.currentThread(), failure("any"));

        assertThat(told).hasSize(1);
    }

    @Test
    void aThrowableThatCannotEvenBeAskedForItsMessageIsToldAsAnyOther() {
        faults.uncaughtException(Thread.currentThread(), new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException();
            }
        });

        assertThat(told).hasSize(1);
    }

    @Test
    void aChainThatBitesItsTailIsWrittenToo() {
        RuntimeException a = new RuntimeException();
        a.initCause(new RuntimeException(a));

        faults.uncaughtException(Thread.currentThread(), a);

        assertThat(told.getFirst().file()).isNotNull();
    }

    @Test
    void aDeepStackFillsNoDisk() {
        StackTraceElement frame = new StackTraceElement("dev.kansoku.ui.Row", "update", "Row.java", 1);
        StackOverflowError overflow = new StackOverflowError();
        overflow.setStackTrace(Collections.nCopies(100_000, frame).toArray(StackTraceElement[]::new));

        faults.uncaughtException(Thread.currentThread(), overflow);

        assertThat(told.getFirst().file()).content().hasSizeLessThan(5_000).contains("and 99940 more");
    }

    private static RuntimeException failure(String message) {
        return new IllegalStateException(message);
    }

    private List<Path> crashFiles() {
        try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("crash-"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
