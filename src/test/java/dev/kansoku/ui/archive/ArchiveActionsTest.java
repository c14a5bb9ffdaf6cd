package dev.kansoku.ui.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.history.History;
import dev.kansoku.history.SampleHistory;
import dev.kansoku.settings.ServerAddress;
import dev.kansoku.settings.Settings;
import dev.kansoku.settings.Stored;
import dev.kansoku.ui.Program;
import dev.kansoku.ui.common.Dialogs;
import dev.kansoku.ui.common.FxmlView;
import dev.kansoku.ui.common.Words;
import dev.kansoku.ui.settings.SettingsController;
import dev.kansoku.ui.settings.SettingsViewModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArchiveActionsTest {

    private static final Words WORDS = new Words(Locale.ENGLISH);

    @TempDir
    private Path folder;

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Queue<String> suggested = new ConcurrentLinkedQueue<>();
    private volatile String picked = "export.json";
    private History history;
    private ArchiveActions actions;
    private UUID conversation;

    @BeforeEach
    void open() throws Exception {
        Program.toolkit();
        conversation = new SampleHistory(1).plain(folder.resolve("history.db"), 3);
        use("history.db");
    }

    private void use(String database) {
        history = new History(folder.resolve(database), InstantSource.system());
        history.start();
        actions = new ArchiveActions(
                history,
                () -> WORDS,
                new Dialogs() {
                    @Override
                    public boolean confirm(String title, String text, String agree) {
                        return false;
                    }

                    @Override
                    public void tell(String title, String text) {
                        said.add(text);
                    }
                },
                new ArchiveFiles() {
                    @Override
                    public Optional<Target> save(String suggestedName, ArchiveFormat first) {
                        suggested.add(suggestedName);
                        Path file = folder.resolve(picked);
                        return Optional.of(
                                new Target(file, ArchiveFormat.of(file).orElse(first)));
                    }

                    @Override
                    public Optional<Path> open() {
                        return Optional.of(folder.resolve(picked));
                    }
                },
                InstantSource.fixed(Instant.parse("2027-03-01T12:00:00Z")));
    }

    @AfterEach
    void close() {
        actions.close();
        history.close();
    }

    private void press(Parent settings, String button) {
        Program.run(() -> settings.lookupAll(".button").stream()
                .map(Button.class::cast)
                .filter(found -> found.getText().equals(WORDS.get(button)))
                .findFirst()
                .ifPresent(ButtonBase::fire));
    }

    private void awaitSaid(String text) {
        Awaitility.await().untilAsserted(() -> assertThat(said).anyMatch(sentence -> sentence.contains(text)));
        Awaitility.await()
                .until(() -> Program.onFx(() -> !actions.busyProperty().get()));
        said.clear();
    }

    private Parent settings() {
        var model = new SettingsViewModel(
                new Stored<>(folder.resolve("settings.json"), Settings.class, Settings.DEFAULTS),
                ServerAddress.choose(null, Map.of(), Settings.DEFAULTS));
        return Program.onFx(() -> {
            var controller = new SettingsController(model, WORDS, actions, () -> {}, () -> {}, () -> {});
            return FxmlView.SETTINGS.load(WORDS, controller);
        });
    }

    @Test
    void theSettingsExportAllAndImportIt() {
        press(settings(), "archive.exportAll");
        awaitSaid(WORDS.get(
                "archive.exported", "1", "3", folder.resolve("export.json").toString()));
        assertThat(suggested).containsExactly("kansoku-2027-03-01.json");

        close();
        use("other.db");
        Parent settings = settings();
        press(settings, "archive.import");
        awaitSaid(WORDS.get("archive.imported", "1", "3"));
        press(settings, "archive.import");
        awaitSaid(WORDS.get("archive.there", "1", "3"));
    }

    @Test
    void whatCannotBeImportedIsExplained() throws Exception {
        Files.writeString(
                folder.resolve("export.json"),
                "{\"format\":\"kansoku-conversations\",\"version\":1,\n\"conversations\":[{}]}");
        Program.run(actions::importFile);
        awaitSaid(WORDS.get("archive.fault.missing") + "\n" + WORDS.get("archive.at.conversation", "1", "2") + "\n"
                + WORDS.get("archive.at.field", "turns"));
        picked = "there is none.json";
        Program.run(actions::importFile);
        awaitSaid(WORDS.get(
                "archive.notRead", folder.resolve("there is none.json").toString()));
    }

    @Test
    void whatCannotBeWrittenIsExplained() throws Exception {
        Files.createDirectories(folder.resolve("export.json").resolve("full"));
        Program.run(actions::exportAll);
        awaitSaid(WORDS.get("archive.notWritten", folder.resolve("export.json").toString()));
    }

    @Test
    void oneConversationIsNamedAfterItsTitleAndReadsAsMarkdown() throws Exception {
        picked = "export.md";
        Program.run(() -> actions.exportSelected(List.of(conversation)));
        awaitSaid("export.md");

        assertThat(suggested.element()).startsWith("About ").endsWith(".md").doesNotContain("\"", "\n", "\\");
        String markdown = Files.readString(folder.resolve("export.md"));
        assertThat(markdown)
                .startsWith("# About ")
                .contains("\n## You · ", "\n> What is number 1?\n", "\n## granite3.2:2b · ", "\nNumber 1 is a number.")
                .doesNotContain(WORDS.get("archive.otherBranches"));
    }

    @Test
    void aTextDoesNothingToWhatIsAroundIt() {
        assertThat(MarkdownText.quote("# a\n\n```\nb")).isEqualTo("> # a\n>\n> ```\n> b");
        assertThat(MarkdownText.fenced("a\n````\nb")).isEqualTo("`````\na\n````\nb\n`````");
        assertThat(MarkdownText.fenced("a")).isEqualTo("```\na\n```");
        assertThat(MarkdownText.plain("*a* <b>\n#c")).isEqualTo("\\*a\\* \\<b\\> \\#c");
        assertThat(MarkdownText.closed("a\n```java\nb")).isEqualTo("a\n```java\nb\n```");
        assertThat(MarkdownText.closed("~~~~\n~~~\n```")).isEqualTo("~~~~\n~~~\n```\n~~~~");
        assertThat(MarkdownText.closed("# a\n```\nb\n```\nc")).isEqualTo("# a\n```\nb\n```\nc");
        assertThat(MarkdownText.closed("``` not `a fence")).isEqualTo("``` not `a fence");
    }

    @Test
    void aTitleBecomesANameThatEveryFileSystemTakes() {
        LocalDate today = LocalDate.of(2027, 3, 1);
        assertThat(FileNames.of("a/b\\c: \"d\"?\n", today)).isEqualTo("a b c d");
        assertThat(FileNames.of("..", today)).isEqualTo("kansoku-2027-03-01");
        assertThat(FileNames.of("Con", today)).isEqualTo("_Con");
        assertThat(FileNames.of("日本語", today)).isEqualTo("日本語");
        assertThat(FileNames.of("🙂".repeat(40), today)).isEqualTo("🙂".repeat(30));
    }
}
