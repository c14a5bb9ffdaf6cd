package dev.kansoku.history;

import dev.kansoku.chat.KeptTurn;
import dev.kansoku.history.ImportException.Kind;
import dev.kansoku.history.ImportException.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Adds what an archive has and the history has not; what is there already stays as it is. */
final class ArchiveImport implements ArchiveReader.Visitor {

    /** More at once would keep what is being said meanwhile from being saved. */
    private static final int ITEMS_AT_ONCE = 100;

    private static final int CHARACTERS_AT_ONCE = 1_000_000;
    private static final long LOOK_EVERY_MILLIS = 200;

    private final Writer writer;
    private final BooleanSupplier saving;
    private final LongConsumer progress;
    private List<Item> items = new ArrayList<>();
    private long characters;
    private @Nullable Target target;
    private @Nullable Step submitted;
    private ImportResult sum = ImportResult.NOTHING;

    private ArchiveImport(Writer writer, BooleanSupplier saving, LongConsumer progress) {
        this.writer = writer;
        this.saving = saving;
        this.progress = progress;
    }

    /**
     * Imports an archive. It is read twice: nothing is written before all of it was found to be as it has to be.
     *
     * @param saving whether the writer can write
     */
    static ImportResult run(Path file, Writer writer, BooleanSupplier saving, LongConsumer progress)
            throws IOException, ImportException {
        // One channel: what takes the place of the file meanwhile does not matter.
        try (FileChannel channel = FileChannel.open(file)) {
            InputStream in = Channels.newInputStream(channel);
            ArchiveReader.read(in, new Nothing());
            channel.position(0);
            var imports = new ArchiveImport(writer, saving, progress);
            ArchiveReader.read(in, imports);
            imports.submit();
            imports.await();
            return imports.sum;
        }
    }

    private static final class Nothing implements ArchiveReader.Visitor {
        @Override
        public void conversation(ArchivedConversation conversation) {}

        @Override
        public void turn(ArchivedTurn turn) {}
    }

    @Override
    public void conversation(ArchivedConversation conversation) throws IOException, ImportException {
        var next = new Target(conversation);
        target = next;
        add(new Item(next, null));
    }

    @Override
    public void turn(ArchivedTurn turn) throws IOException, ImportException {
        characters += turn.length();
        add(new Item(Objects.requireNonNull(target), turn));
    }

    private void add(Item item) throws IOException, ImportException {
        items.add(item);
        if (items.size() >= ITEMS_AT_ONCE || characters >= CHARACTERS_AT_ONCE) {
            submit();
        }
    }

    /** Hands over what was read, as soon as what was handed over before is written. */
    private void submit() throws IOException, ImportException {
        await();
        var step = new Step(items);
        items = new ArrayList<>();
        characters = 0;
        submitted = step;
        writer.submit(step);
    }

    private void await() throws IOException, ImportException {
        Step step = submitted;
        if (step == null) {
            return;
        }
        try {
            while (!step.done.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!saving.getAsBoolean()) {
                    throw new ImportException(Kind.NOT_SAVING, Place.NOWHERE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        submitted = null;
        if (step.dropped) {
            throw new ImportException(Kind.NOT_SAVING, Place.NOWHERE);
        }
        sum = sum.plus(step.result);
        progress.accept(sum.turns() + sum.turnsThere() + sum.turnsElsewhere());
    }

    /** The conversation that turns are added to. Used by the writer alone. */
    private static final class Target {
        private final ArchivedConversation conversation;

        /** What those follow that should follow a turn that is left out. */
        private final Map<UUID, Optional<UUID>> insteadOf = new HashMap<>();

        /** The highest number of a turn of the archive: the next ones come after it, as they do there. */
        private long latest;

        private long latestCommitted;

        private Target(ArchivedConversation conversation) {
            this.conversation = conversation;
        }

        private ImportResult begin(Sql sql) throws SQLException {
            boolean isNew = ConversationRows.add(sql, conversation);
            return new ImportResult(isNew ? 1 : 0, 0, isNew ? 0 : 1, 0, 0);
        }

        private ImportResult add(Sql sql, ArchivedTurn turn) throws SQLException {
            Optional<Long> row = ConversationRows.id(sql, conversation.id());
            // The user may delete it meanwhile.
            return row.isEmpty() ? ImportResult.NOTHING : add(sql, row.get(), turn);
        }

        private ImportResult add(Sql sql, long row, ArchivedTurn turn) throws SQLException {
            record There(long id, long conversation) {}
            @Nullable UUID parent = follows(turn.parent());
            Optional<There> there = sql.first(
                    found -> new There(found.getLong(1), found.getLong(2)),
                    "SELECT id, conversation FROM turns WHERE uuid = ?",
                    turn.id());
            if (there.isPresent() && there.get().conversation != row) {
                insteadOf.put(turn.id(), Optional.ofNullable(parent));
                return new ImportResult(0, 0, 0, 0, 1);
            }
            if (there.isPresent()) {
                latest = Math.max(latest, there.get().id);
                return new ImportResult(0, 0, 0, 1, 0);
            }
            long id = ConversationRows.free(
                    sql, "turns", Math.max(turn.createdAt().getEpochSecond(), latest + 1));
            KeptTurn kept = turn.kept(parent, turn.chosen() && !isAnyChosen(sql, row, parent));
            TurnRows.add(sql, id, row, kept, kept.state());
            TurnRows.become(sql, kept.id(), kept.state(), kept.error());
            if (turn.measurement() != null) {
                TurnRows.measured(sql, id, turn.measurement());
            }
            TurnRows.fold(sql, id, kept.thinking(), kept.answer());
            ConversationRows.active(sql, row, kept.createdAt());
            latest = id;
            return new ImportResult(0, 1, 0, 0, 0);
        }

        private @Nullable UUID follows(@Nullable UUID parent) {
            if (parent == null) {
                return null;
            }
            return insteadOf.getOrDefault(parent, Optional.of(parent)).orElse(null);
        }

        /** Which branch is seen stays as it is. */
        private static boolean isAnyChosen(Sql sql, long conversation, @Nullable UUID parent) throws SQLException {
            @Nullable Long id = parent == null ? null : TurnRows.id(sql, parent).orElse(null);
            return sql.first(
                            row -> true,
                            "SELECT 1 FROM turns WHERE conversation = ? AND parent IS ? AND chosen = 1",
                            conversation,
                            id)
                    .isPresent();
        }
    }

    /** @param turn {@code null} for the conversation itself */
    private record Item(Target target, @Nullable ArchivedTurn turn) {

        private ImportResult apply(Sql sql) throws SQLException {
            return turn == null ? target.begin(sql) : target.add(sql, turn);
        }
    }

    private static final class Step implements Change {
        private final List<Item> items;
        private final CountDownLatch done = new CountDownLatch(1);
        private ImportResult result = ImportResult.NOTHING;
        private volatile boolean dropped;

        private Step(List<Item> items) {
            this.items = items;
        }

        @Override
        public void apply(Sql sql) throws SQLException {
            // What was noted the last time may have been undone.
            items.forEach(item -> item.target.latest = item.target.latestCommitted);
            ImportResult now = ImportResult.NOTHING;
            for (Item item : items) {
                now = now.plus(item.apply(sql));
            }
            result = now;
        }

        @Override
        public void committed() {
            items.forEach(item -> item.target.latestCommitted = item.target.latest);
            done.countDown();
        }

        @Override
        public void dropped() {
            dropped = true;
            done.countDown();
        }

        @Override
        public boolean isOneOfMany() {
            return true;
        }
    }
}
