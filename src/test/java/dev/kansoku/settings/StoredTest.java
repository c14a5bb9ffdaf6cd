package dev.kansoku.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTest {

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void path() {
        path = folder.resolve("settings.json");
    }

    private Stored<Settings> open() {
        return new Stored<>(path, Settings.class, Settings.DEFAULTS);
    }

    @Test
    void closingSavesTheLastChange() {
        try (Stored<Settings> settings = open()) {
            settings.update(s -> s.withTheme(Theme.DARK));
            settings.update(s -> s.withLanguage(Language.JAPANESE));
        }

        try (Stored<Settings> again = open()) {
            assertThat(again.get())
                    .isEqualTo(Settings.DEFAULTS.withTheme(Theme.DARK).withLanguage(Language.JAPANESE));
        }
    }

    @Test
    void aChangeIsSavedWithoutClosing() {
        try (Stored<Settings> settings = open()) {
            settings.update(s -> s.withTheme(Theme.DARK));

            await().untilAsserted(() -> assertThat(path).content().contains("DARK"));
            settings.update(s -> s.withTheme(Theme.LIGHT));

            await().untilAsserted(() -> assertThat(path).content().contains("LIGHT"));
        }
    }

    @Test
    void nothingIsWrittenUntilSomethingChanges() {
        try (Stored<Settings> settings = open()) {
            settings.update(s -> s.withTheme(Settings.DEFAULTS.theme()));
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void listenersHearEveryChangeUntilTheyLeave() {
        List<Theme> heard = new ArrayList<>();
        try (Stored<Settings> settings = open()) {
            Runnable leave = settings.subscribe(s -> heard.add(s.theme()));

            settings.update(s -> s.withTheme(Theme.DARK));
            settings.update(s -> s.withTheme(Theme.DARK));
            settings.update(s -> s.withTheme(Theme.LIGHT));
            leave.run();
            settings.update(s -> s.withTheme(Theme.SYSTEM));
        }

        assertThat(heard).containsExactly(Theme.DARK, Theme.LIGHT);
    }

    @Test
    void changesFromManyThreadsAreAllKept() throws InterruptedException {
        try (Stored<WindowState> window =
                new Stored<>(folder.resolve("window.json"), WindowState.class, WindowState.DEFAULTS)) {
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(_ -> Thread.ofVirtual().start(() -> {
                        for (int i = 0; i < 100; i++) {
                            window.update(w -> w.withModel(w.model() == null ? "1" : next(w.model())));
                        }
                    }))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(window.get().model()).isEqualTo("800");
        }
        assertThat(folder.resolve("window.json")).content().contains("\"model\" : \"800\"");
    }

    private static String next(String number) {
        return Integer.toString(Integer.parseInt(number) + 1);
    }

    @Test
    void aDamagedFileIsToldToWhoListensLater() throws IOException {
        Files.writeString(path, "{\"theme\": ");
        try (Stored<Settings> settings = open()) {
            List<StorageProblem> problems = new ArrayList<>();
            settings.onProblem(problems::add);

            assertThat(settings.get()).isEqualTo(Settings.DEFAULTS);
            assertThat(problems).singleElement().isInstanceOfSatisfying(StorageProblem.Damaged.class, damaged -> {
                assertThat(damaged.file()).isEqualTo(path);
                assertThat(damaged.setAside()).hasContent("{\"theme\": ");
            });
        }
    }

    @Test
    void aFileThatCannotBeReadIsNotWrittenOver() throws IOException {
        Files.createDirectories(path);
        try (Stored<Settings> settings = open()) {
            List<StorageProblem> problems = new ArrayList<>();
            settings.onProblem(problems::add);
            settings.update(s -> s.withTheme(Theme.DARK));

            assertThat(settings.get().theme()).isEqualTo(Theme.DARK);
            assertThat(problems).singleElement().isInstanceOf(StorageProblem.Unreadable.class);
        }
        // A save would have replaced the empty folder.
        assertThat(path).isEmptyDirectory();
    }

    @Test
    void aSaveThatFailsIsToldAndTriedAgain() throws Exception {
        Path blocked = folder.resolve("config");
        path = blocked.resolve("settings.json");
        BlockingQueue<StorageProblem> problems = new LinkedBlockingQueue<>();
        try (Stored<Settings> settings = open()) {
            settings.onProblem(problems::add);
            Files.writeString(blocked, "a file in place of the folder");

            settings.update(s -> s.withTheme(Theme.DARK));
            assertThat(problems.take()).isInstanceOf(StorageProblem.NotSaved.class);

            Files.delete(blocked);
        }

        assertThat(problems).isEmpty();
        assertThat(path).content().contains("DARK");
    }
}
