package dev.kansoku.ui.archive;

import dev.kansoku.history.ArchiveSize;
import dev.kansoku.history.History;
import dev.kansoku.history.HistoryReader;
import dev.kansoku.history.ImportException;
import dev.kansoku.history.ImportResult;
import dev.kansoku.settings.PrivateFiles;
import dev.kansoku.ui.common.Dialogs;
import dev.kansoku.ui.common.Figures;
import dev.kansoku.ui.common.UiThread;
import dev.kansoku.ui.common.Words;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.util.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports and imports conversations: asks for the file, does it in the background, one at a time, and says what became of
 * it. On the FX thread.
 */
public final class ArchiveActions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveActions.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final History history;
    private final Supplier<Words> words;
    private final Dialogs dialogs;
    private final ArchiveFiles files;
    private final InstantSource clock;
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyLongWrapper done = new ReadOnlyLongWrapper();
    private final AtomicLong doneSoFar = new AtomicLong();
    private Runnable imported = () -> {};
    private boolean closed;

    // A platform thread: native calls and files pin virtual ones.
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("archive").factory());

    private interface Work {

        /** Returns what is to be said. */
        String run(Words spoken) throws IOException, ImportException;
    }

    public ArchiveActions(
            History history, Supplier<Words> words, Dialogs dialogs, ArchiveFiles files, InstantSource clock) {
        this.history = history;
        this.words = words;
        this.dialogs = dialogs;
        this.files = files;
        this.clock = clock;
    }

    /** Runs when there may be conversations that were not there before. */
    public void onImported(Runnable listener) {
        imported = listener;
    }

    /** Whether an export or import is on its way; another one cannot begin then. */
    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** How many messages it has gone through. */
    public ReadOnlyLongProperty doneProperty() {
        return done.getReadOnlyProperty();
    }

    /** As a file named after the conversation, if it is one. */
    public void exportSelected(List<UUID> conversations) {
        if (busy.get() || conversations.isEmpty()) {
            return;
        }
        Set<UUID> all = Set.copyOf(conversations);
        if (all.size() > 1) {
            export(FileNames.of(today()), ArchiveFormat.MARKDOWN, reader -> all);
            return;
        }
        thread.execute(() -> {
            String title;
            try (HistoryReader reader = history.reader()) {
                title = reader.title(conversations.getFirst()).orElse("");
            }
            UiThread.later(() -> export(FileNames.of(title, today()), ArchiveFormat.MARKDOWN, reader -> all));
        });
    }

    /** All but those in the trash. */
    public void exportAll() {
        if (!busy.get()) {
            export(FileNames.of(today()), ArchiveFormat.JSON, HistoryReader::untrashed);
        }
    }

    public void importFile() {
        if (!busy.get()) {
            files.open()
                    .ifPresent(file ->
                            begin("archive.import.title", "archive.notRead", file, spoken -> importFrom(file, spoken)));
        }
    }

    private interface Choice {
        Set<UUID> of(HistoryReader reader) throws IOException;
    }

    private void export(String name, ArchiveFormat first, Choice choice) {
        files.save(name + first.ending(), first)
                .ifPresent(target -> begin(
                        "archive.export.title",
                        "archive.notWritten",
                        target.file(),
                        spoken -> export(target, choice, spoken)));
    }

    private String export(ArchiveFiles.Target target, Choice choice, Words spoken) throws IOException {
        try (HistoryReader reader = history.reader()) {
            Set<UUID> all = choice.of(reader);
            ArchiveSize size = switch (target.format()) {
                case JSON -> reader.exportJson(all, target.file(), doneSoFar::set);
                case MARKDOWN -> exportMarkdown(reader, all, target.file(), spoken);
            };
            var figures = new Figures(spoken);
            return spoken.get(
                    "archive.exported",
                    figures.count(size.conversations()),
                    figures.count(size.turns()),
                    target.file().toString());
        }
    }

    private ArchiveSize exportMarkdown(HistoryReader reader, Set<UUID> all, Path file, Words spoken)
            throws IOException {
        var size = new AtomicReference<>(new ArchiveSize(0, 0));
        PrivateFiles.write(file, out -> {
            var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            var markdown = new MarkdownWriter(text, spoken);
            reader.openEach(all, opened -> {
                markdown.write(opened);
                doneSoFar.set(markdown.turns());
            });
            text.flush();
            size.set(new ArchiveSize(markdown.conversations(), markdown.turns()));
        });
        return Objects.requireNonNull(size.get());
    }

    private String importFrom(Path file, Words spoken) throws IOException, ImportException {
        try {
            ImportResult result = history.importJson(file, doneSoFar::set);
            return new ImportWords(spoken).sentence(result);
        } finally {
            UiThread.later(() -> imported.run());
        }
    }

    /** @param failed says, of the file, that it did not go */
    private void begin(String title, String failed, Path file, Work work) {
        Words spoken = words.get();
        busy.set(true);
        done.set(0);
        doneSoFar.set(0);
        Subscription ticks = UiThread.every(TICK, () -> done.set(doneSoFar.get()));
        thread.execute(() -> {
            try {
                String said = said(spoken, failed, file, work);
                UiThread.later(() -> tell(spoken.get(title), said));
            } finally {
                UiThread.later(() -> {
                    ticks.unsubscribe();
                    busy.set(false);
                });
            }
        });
    }

    private void tell(String title, String said) {
        if (!closed) {
            dialogs.tell(title, said);
        }
    }

    private static String said(Words spoken, String failed, Path file, Work work) {
        try {
            return work.run(spoken);
        } catch (ImportException e) {
            LOG.warn("The import failed: {}", e.kind());
            return new ImportWords(spoken).sentence(e);
        } catch (IOException e) {
            // Without its message, which names the file: its name may be somebody's words.
            LOG.warn("{}: {}", failed, e.getClass().getSimpleName());
            return spoken.get(failed, file.toString());
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneId.systemDefault());
    }

    /** Breaks off what is on its way, and waits until its file is gone. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        try {
            var _ = thread.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
