package dev.kansoku.history;

import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.ConversationListener;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnObserver;
import dev.kansoku.measure.KnownLoads;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.OllamaError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps all that is said and measured. What changes it returns at once and is written in the background, in the same order;
 * what cannot be written waits, see {@link HistoryState}.
 */
public final class History implements TurnObserver, ConversationListener, AutoCloseable {

    /** How long a conversation stays in the trash. */
    public static final Duration TRASH = Duration.ofDays(30);

    private final InstantSource clock;
    private final HistoryFile file;
    private final Writer writer;
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Of turns that were sent in this run of the program and are not over, or not measured yet. */
    private final Map<Turn, Growth> growing = new ConcurrentHashMap<>();

    private final Purges purges;

    private final List<Consumer<HistoryState>> stateListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Recovery>> recoveryListeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable HistoryState state;

    /** Of this run of the program; {@code null} before its first turn. */
    private volatile @Nullable UUID session;

    /** @param file may be missing */
    public History(Path file, InstantSource clock) {
        this(new HistoryFile(file), clock);
    }

    History(HistoryFile file, InstantSource clock) {
        this.clock = clock;
        this.file = file;
        writer = new Writer(file, new Hearing());
        purges = new Purges(
                writer,
                () -> growing.keySet().stream().allMatch(turn -> turn.state().isOver()));
        writer.submit(sql -> TurnRows.foldWhatIsOpen(sql, session));
    }

    /** Opens the file in the background, and deletes what has been in the trash for long. */
    public void start() {
        writer.start();
        Instant longAgo = clock.instant().minus(TRASH);
        writer.submit(sql -> {
            // The user has asked for that already, and the program ended before it was done.
            ConversationRows.doomed(sql).forEach(id -> purges.add(id, true));
            ConversationRows.trashedBefore(sql, longAgo).forEach(id -> purges.add(id, false));
        });
    }

    /** A reader of its own, for one thread at a time to wait with. */
    public HistoryReader reader() {
        return new HistoryReader(file, writer, opened);
    }

    /** Tells, on some thread, whether what is said is kept: now, if that is known already, and whenever it changes. */
    public void onState(Consumer<HistoryState> listener) {
        stateListeners.add(listener);
        HistoryState now = state;
        if (now != null) {
            listener.accept(now);
        }
    }

    /** Tells, on some thread, that the file was damaged and what could be saved of it. */
    public void onRecovered(Consumer<Recovery> listener) {
        recoveryListeners.add(listener);
    }

    private final class Hearing implements Writer.Listener {

        @Override
        public void became(HistoryState next) {
            state = next;
            opened.countDown();
            stateListeners.forEach(listener -> listener.accept(next));
        }

        @Override
        public Recovery recover() throws SQLException, IOException {
            return Salvage.recover(file, session);
        }

        /** Turns that are not over may have lost something that is still in memory. */
        @Override
        public Change recovered(Recovery recovery) {
            recoveryListeners.forEach(listener -> listener.accept(recovery));
            return new Anew(List.copyOf(growing.values()));
        }
    }

    private record Anew(List<Growth> growing) implements Change {

        @Override
        public void apply(Sql sql) throws SQLException {
            for (Growth growth : growing) {
                growth.writeAnew(sql);
            }
        }

        @Override
        public void committed() {
            growing.forEach(Growth::committed);
        }
    }

    // What is said

    @Override
    public void added(Turn turn) {
        Conversation conversation = turn.conversation();
        Turn.State state = turn.state();
        session = turn.sessionId();
        growing.put(turn, new Growth(turn));
        writer.submit(sql -> {
            long id = ConversationRows.add(sql, conversation, turn.prompt().firstWords());
            TurnRows.added(sql, id, turn, state);
            ConversationRows.active(sql, id, turn.createdAt());
        });
    }

    @Override
    public void removed(Turn turn) {
        growing.remove(turn);
        Conversation conversation = turn.conversation();
        @Nullable
        Turn chosen = conversation.branches(turn).stream()
                .filter(conversation::isChosen)
                .findFirst()
                .orElse(null);
        writer.submit(sql -> TurnRows.remove(sql, turn, chosen));
        purges.goOn();
    }

    @Override
    public void chosen(Turn turn) {
        writer.submit(sql -> TurnRows.choose(sql, turn));
    }

    @Override
    public void on(TurnEvent event) {
        Turn turn = event.turn();
        switch (event) {
            case TurnEvent.Started started -> {
                become(turn);
                if (turn.isDemo()) {
                    writer.submit(sql -> TurnRows.answeredByDemo(sql, turn.requestId()));
                }
                grew(turn);
            }
            case TurnEvent.FirstChunk first -> {}
            case TurnEvent.Chunk chunk -> grew(turn);
            case TurnEvent.Ended ended -> {
                grew(turn);
                become(turn);
                purges.goOn();
            }
        }
    }

    /** The state as it is now: a later one must not be on the disk before the text that belongs to it. */
    private void become(Turn turn) {
        Turn.State next = turn.state();
        @Nullable OllamaError error = turn.error();
        writer.submit(sql -> TurnRows.become(sql, turn.requestId(), next, error));
    }

    private void grew(Turn turn) {
        Growth growth = growing.get(turn);
        if (growth != null && growth.grew()) {
            writer.submit(growth);
        }
    }

    /** The last that is heard of a turn; nobody wants it any more if its conversation was deleted. */
    public void measured(TurnMeasurement measurement) {
        Turn turn = measurement.turn();
        writer.submit(new Measured(turn, KeptMeasurement.of(measurement)));
    }

    private final class Measured implements Change {
        private final Turn turn;
        private final KeptMeasurement measurement;

        private Measured(Turn turn, KeptMeasurement measurement) {
            this.turn = turn;
            this.measurement = measurement;
        }

        @Override
        public void apply(Sql sql) throws SQLException {
            Optional<Long> id = TurnRows.id(sql, turn.requestId());
            if (id.isPresent()) {
                TurnRows.measured(sql, id.get(), measurement);
                TurnRows.fold(
                        sql, id.get(), turn.thinking().toString(), turn.answer().toString());
            }
        }

        @Override
        public void committed() {
            growing.remove(turn);
            purges.goOn();
        }
    }

    /** What is known of load times; only the model heard of last is new. */
    public void learnt(KnownLoads known) {
        writer.submit(sql -> LoadRows.save(sql, known, clock.instant()));
    }

    // What the user does with conversations

    public void rename(UUID conversation, String title) {
        writer.submit(sql -> ConversationRows.rename(sql, conversation, title));
    }

    public void pin(Collection<UUID> conversations, boolean pinned) {
        each(conversations, (sql, id) -> ConversationRows.pin(sql, id, pinned));
    }

    /** Puts them into the trash. */
    public void trash(Collection<UUID> conversations) {
        Instant now = clock.instant();
        each(conversations, (sql, id) -> ConversationRows.trash(sql, id, now));
    }

    /** Takes them out of the trash. */
    public void restore(Collection<UUID> conversations) {
        each(conversations, ConversationRows::restore);
    }

    /** Deletes them for good, and with them the copies that were made before upgrades and damaged files set aside. */
    public void purge(Collection<UUID> conversations) {
        growing.keySet()
                .removeIf(turn -> conversations.contains(turn.conversation().id()));
        each(conversations, ConversationRows::doom);
        conversations.forEach(id -> purges.add(id, true));
    }

    /** Deletes everything that was ever said or measured, and begins anew. Turns that run should be stopped before. */
    public Future<@Nullable Void> deleteAll() {
        growing.clear();
        purges.forget();
        return writer.deleteAll();
    }

    private interface OfConversation {
        void apply(Sql sql, UUID conversation) throws SQLException;
    }

    private void each(Collection<UUID> conversations, OfConversation change) {
        List<UUID> all = List.copyOf(conversations);
        writer.submit(sql -> {
            for (UUID id : all) {
                change.apply(sql, id);
            }
        });
    }

    /**
     * Adds the conversations and turns of a file that {@link HistoryReader#exportJson} wrote, as far as they are not there;
     * what is there stays as it is. Returns when they are on the disk.
     *
     * @param progress hears now and then how many turns are done
     * @throws ImportException if the file is not as it has to be, and then nothing is written; or if nothing can be written,
     *     and then what was written so far stays: the same file can be imported again
     * @throws IOException if the file cannot be read
     */
    public ImportResult importJson(Path from, LongConsumer progress) throws IOException, ImportException {
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        if (!isSaving()) {
            throw new ImportException(ImportException.Kind.NOT_SAVING, ImportException.Place.NOWHERE);
        }
        return ArchiveImport.run(from, writer, this::isSaving, progress);
    }

    private boolean isSaving() {
        HistoryState now = state;
        return now != null && now.isSaving();
    }

    @Override
    public void close() {
        writer.close();
    }
}
