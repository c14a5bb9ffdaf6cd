package dev.kansoku.ui.conversations;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.ChatService;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.Engine;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.history.ConversationSummary;
import dev.kansoku.history.History;
import dev.kansoku.history.HistoryReader;
import dev.kansoku.history.OpenedConversation;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ollama.Timeouts;
import dev.kansoku.ui.chat.ChatViewModel;
import dev.kansoku.ui.chat.ChatViewModel.Activity;
import dev.kansoku.ui.chat.ConversationViewModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The list on top of a real history; the thread of the test stands for the FX thread. */
@Timeout(30)
class ConversationsViewModelTest {

    private static final String MODEL = "tinyllama";
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    /** A Wednesday. */
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 18, 12, 0);

    private static final class Hands extends Clock {
        private Instant now = NOON.atZone(TOKYO).toInstant();

        @Override
        public ZoneId getZone() {
            return TOKYO;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** Reads when it is told to, and hands over what it read when it is told to. */
    private final class Desk implements ConversationsViewModel.Reading {
        private final Deque<Runnable> asked = new ArrayDeque<>();
        private final Deque<Runnable> read = new ArrayDeque<>();

        @Override
        public void ask(
                Function<HistoryReader, List<ConversationSummary>> question, Consumer<List<ConversationSummary>> then) {
            asked.add(() -> {
                List<ConversationSummary> answer = question.apply(reader());
                read.add(() -> then.accept(answer));
            });
        }

        private void read() {
            while (!asked.isEmpty()) {
                asked.poll().run();
            }
        }

        private void settle() {
            while (!asked.isEmpty() || !read.isEmpty()) {
                read();
                while (!read.isEmpty()) {
                    read.poll().run();
                }
            }
        }
    }

    /** Opens at once what was kept. */
    private final class Kept implements ChatViewModel.Kept {
        @Override
        public void read(
                UUID id,
                Function<OpenedConversation, ConversationViewModel> made,
                Predicate<ConversationViewModel> end,
                Consumer<ConversationViewModel> whole) {
            reader().open(id).map(made).filter(end).ifPresent(whole);
        }

        @Override
        public boolean isSaving() {
            return true;
        }
    }

    @TempDir
    private Path folder;

    private final Hands clock = new Hands();
    private final ScriptedServer server = ScriptedServer.start();
    private final Engine engine = new Engine(new OllamaClient(server.address(), Timeouts.DEFAULT));
    private final ChatService service = new ChatService(engine, new ModelWatch(engine), clock);
    private final Queue<TurnEvent> events = new ConcurrentLinkedQueue<>();
    private Desk desk = new Desk();
    private ChatViewModel chat = new ChatViewModel(service, new Kept());
    private @Nullable History history;
    private @Nullable HistoryReader reader;

    @AfterEach
    void close() {
        end();
        service.close();
        engine.client().close();
        server.close();
    }

    private HistoryReader reader() {
        HistoryReader open = reader;
        if (open == null) {
            throw new AssertionError("nothing was started");
        }
        return open;
    }

    private void end() {
        if (reader != null) {
            reader.close();
        }
        if (history != null) {
            history.close();
        }
    }

    private History begin() {
        end();
        var opened = new History(folder.resolve("history.db"), clock);
        opened.start();
        history = opened;
        reader = opened.reader();
        return opened;
    }

    /** Starts the list on what is kept. */
    private ConversationsViewModel start() {
        History opened = begin();
        desk = new Desk();
        chat = new ChatViewModel(service, new Kept());
        service.listen(opened);
        return new ConversationsViewModel(chat, opened, desk, clock);
    }

    private ConversationsViewModel startAndRead() {
        ConversationsViewModel list = start();
        desk.settle();
        return list;
    }

    private static UUID keep(History to, String title, LocalDateTime at) {
        UUID id = UUID.randomUUID();
        Instant instant = at.atZone(TOKYO).toInstant();
        var turn = new KeptTurn(
                UUID.randomUUID(),
                UUID.randomUUID(),
                null,
                true,
                MODEL,
                ModelOptions.DEFAULTS,
                Prompt.of(title),
                instant,
                0,
                false,
                Turn.State.FINISHED,
                "",
                "Hello.",
                null);
        to.added(Conversation.restore(id, instant, List.of(turn)).turns().getFirst());
        return id;
    }

    private List<UUID> keepMany(int count) {
        History filled = begin();
        return IntStream.range(0, count)
                .mapToObj(i -> keep(filled, "number " + i, NOON.minusMinutes(i)))
                .toList();
    }

    private static List<String> titles(ConversationsViewModel list) {
        return entries(list).stream().map(entry -> entry.conversation().title()).toList();
    }

    private static List<ListRow.Entry> entries(ConversationsViewModel list) {
        return list.rows().stream()
                .filter(ListRow.Entry.class::isInstance)
                .map(ListRow.Entry.class::cast)
                .toList();
    }

    /** Headings as they are, conversations by their titles. */
    private static List<Object> rows(ConversationsViewModel list) {
        var rows = new ArrayList<>();
        for (ListRow row : list.rows()) {
            rows.add(row instanceof ListRow.Entry entry ? entry.conversation().title() : row);
        }
        return rows;
    }

    @Test
    void conversationsStandUnderTheirDayTheNewestFirstAndPinnedOnesOnTop() {
        History filled = begin();
        keep(filled, "long ago", NOON.minusMonths(2));
        keep(filled, "a week ago", NOON.minusDays(7));
        UUID pinned = keep(filled, "pinned", NOON.minusMonths(5));
        keep(filled, "six days ago", NOON.minusDays(6));
        keep(filled, "yesterday", NOON.minusDays(1).withHour(0));
        keep(filled, "this morning", NOON.withHour(0));
        keep(filled, "a moment ago", NOON.minusSeconds(1));
        filled.pin(List.of(pinned), true);
        ConversationsViewModel list = startAndRead();

        assertThat(rows(list))
                .containsExactly(
                        ListRow.Group.PINNED,
                        "pinned",
                        ListRow.Group.TODAY,
                        "a moment ago",
                        "this morning",
                        ListRow.Group.YESTERDAY,
                        "yesterday",
                        new ListRow.Day(LocalDate.of(2026, 11, 12)),
                        "six days ago",
                        new ListRow.Month(YearMonth.of(2026, 11)),
                        "a week ago",
                        new ListRow.Month(YearMonth.of(2026, 9)),
                        "long ago");
    }

    @Test
    void todayBecomesYesterdayAtMidnight() {
        keep(begin(), "said at noon", NOON);
        ConversationsViewModel list = startAndRead();
        clock.now = clock.now.plus(Duration.ofHours(11));
        list.lookAtClock();
        assertThat(rows(list)).containsExactly(ListRow.Group.TODAY, "said at noon");

        clock.now = clock.now.plus(Duration.ofHours(1));
        list.lookAtClock();
        assertThat(rows(list)).containsExactly(ListRow.Group.YESTERDAY, "said at noon");
    }

    @Test
    void aConversationIsOnTopAsSoonAsSomethingIsSentEvenWhereNothingCanBeRead() {
        ConversationsViewModel list = start();
        assertThat(list.rows()).isEmpty();

        chat.ask(MODEL, "the first one");
        assertThat(rows(list)).containsExactly(ListRow.Group.TODAY, "the first one");
        UUID first = chat.open().conversation().id();
        clock.now = clock.now.plusSeconds(1);
        chat.newConversation();
        chat.ask(MODEL, "the second one");
        assertThat(titles(list)).containsExactly("the second one", "the first one");

        clock.now = clock.now.plusSeconds(1);
        list.open(first);
        chat.ask(MODEL, "more");
        assertThat(titles(list)).containsExactly("the first one", "the second one");
    }

    @Test
    void whatIsOnTheDiskMovesToTheTopWithItsTitleAndStaysPinned() {
        History filled = begin();
        UUID old = keep(filled, "old", NOON.minusDays(40));
        UUID pinned = keep(filled, "pinned", NOON.minusDays(50));
        keep(filled, "new", NOON);
        filled.pin(List.of(pinned), true);
        ConversationsViewModel list = startAndRead();
        clock.now = clock.now.plusSeconds(1);
        list.open(old);
        chat.ask(MODEL, "more");
        list.open(pinned);
        chat.ask(MODEL, "more");

        assertThat(rows(list)).containsExactly(ListRow.Group.PINNED, "pinned", ListRow.Group.TODAY, "old", "new");
    }

    @Test
    void aConversationThatWasNotListedYetKeepsTheTitleThatItHasOnTheDisk() {
        keepMany(150);
        UUID old = keep(begin(), "first words", NOON.minusYears(1));
        begin().rename(old, "its name");
        ConversationsViewModel list = startAndRead();
        clock.now = clock.now.plusSeconds(1);
        chat.open(old);
        chat.ask(MODEL, "more");
        desk.settle();

        assertThat(titles(list)).startsWith("its name").hasSize(101);
    }

    @Test
    void pagesFollowEachOtherUntilTheEnd() {
        keepMany(250);
        ConversationsViewModel list = startAndRead();
        assertThat(titles(list)).hasSize(100);
        list.readOn();
        list.readOn();
        desk.settle();
        assertThat(titles(list)).hasSize(200);
        list.readOn();
        desk.settle();
        list.readOn();
        desk.settle();
        assertThat(titles(list))
                .isEqualTo(IntStream.range(0, 250).mapToObj(i -> "number " + i).toList());
    }

    @Test
    void whatChangesWhileAPageIsReadIsNeitherLostNorDoubled() {
        List<UUID> kept = keepMany(250);
        ConversationsViewModel list = startAndRead();
        clock.now = clock.now.plusSeconds(1);
        list.readOn();
        desk.read();
        chat.open(kept.get(120));
        chat.ask(MODEL, "more");
        list.delete(List.of(kept.get(30)));
        list.pin(List.of(kept.get(99)), true);
        desk.settle();
        while (titles(list).size() < 249) {
            list.readOn();
            assertThat(desk.asked).as("a further page").isNotEmpty();
            desk.settle();
        }

        assertThat(titles(list))
                .doesNotHaveDuplicates()
                .startsWith("number 99", "number 120", "number 0")
                .doesNotContain("number 30");
    }

    @Test
    void theNextPageComesByItselfWhenAllThatWasThereIsDeleted() {
        List<UUID> kept = keepMany(150);
        ConversationsViewModel list = startAndRead();
        list.delete(kept.subList(0, 100));
        desk.settle();

        assertThat(titles(list)).hasSize(50).startsWith("number 100");
    }

    @Test
    void anotherNameLastsAndABlankOneIsNone() {
        UUID id = keep(begin(), "first words", NOON);
        ConversationsViewModel list = startAndRead();
        list.beginRename(id);
        assertThat(entries(list)).allMatch(ListRow.Entry::renaming);
        list.rename(id, "  ");
        assertThat(titles(list)).containsExactly("first words");
        assertThat(list.isRenaming()).isFalse();
        list.rename(id, "nobody is asked");
        assertThat(titles(list)).containsExactly("first words");

        list.open(id);
        list.beginRename(id);
        list.rename(id, " its name ");
        assertThat(titles(list)).containsExactly("its name");
        assertThat(chat.open().titleProperty().get()).isEqualTo("its name");
        assertThat(titles(startAndRead())).containsExactly("its name");
    }

    @Test
    void whatIsPinnedStaysPinnedUntilItIsNot() {
        UUID id = keep(begin(), "old", NOON.minusDays(3));
        keep(begin(), "new", NOON);
        startAndRead().pin(List.of(id), true);
        ConversationsViewModel list = startAndRead();
        assertThat(titles(list)).containsExactly("old", "new");
        list.pin(List.of(id), false);
        assertThat(titles(list)).containsExactly("new", "old");
        assertThat(titles(startAndRead())).containsExactly("new", "old");
    }

    @Test
    void whatIsDeletedGoesIntoTheTrashAndAnEmptyChatIsOpened() {
        UUID open = keep(begin(), "open", NOON);
        UUID other = keep(begin(), "other", NOON.minusHours(1));
        keep(begin(), "stays", NOON.minusHours(2));
        ConversationsViewModel list = startAndRead();
        list.open(open);
        list.delete(List.of(open, other));

        assertThat(titles(list)).containsExactly("stays");
        assertThat(chat.open().conversation().turns()).isEmpty();
        assertThat(list.undoableProperty().get())
                .isEqualTo(new ConversationsViewModel.Deletion(Set.of(open, other), open));
        assertThat(titles(startAndRead())).containsExactly("stays");
    }

    @Test
    void undoBringsAllBackAndOpensWhatWasOpen() {
        UUID open = keep(begin(), "open", NOON);
        UUID other = keep(begin(), "other", NOON.minusHours(1));
        ConversationsViewModel list = startAndRead();
        list.open(open);
        list.delete(List.of(open, other));
        list.undo();

        assertThat(titles(list)).containsExactly("open", "other");
        assertThat(list.openProperty().getValue()).isEqualTo(open);
        assertThat(list.undoableProperty().get()).isNull();
        list.undo();
        assertThat(titles(startAndRead())).containsExactly("open", "other");
    }

    @Test
    void theTrashShowsTheLatestDeletionFirstAndGivesBack() {
        UUID first = keep(begin(), "deleted first", NOON);
        UUID second = keep(begin(), "deleted second", NOON.minusHours(1));
        ConversationsViewModel before = startAndRead();
        before.delete(List.of(first));
        clock.now = clock.now.plusSeconds(1);
        before.delete(List.of(second));
        ConversationsViewModel list = startAndRead();
        assertThat(list.emptyProperty().get()).isTrue();
        list.openTrash();
        assertThat(list.emptyProperty().get()).as("empty before it was read").isFalse();
        desk.settle();
        assertThat(rows(list)).containsExactly("deleted second", "deleted first");

        list.restore(List.of(second));
        assertThat(rows(list)).containsExactly("deleted first");
        list.closeTrash();
        assertThat(rows(list)).containsExactly(ListRow.Group.TODAY, "deleted second");
        assertThat(titles(startAndRead())).containsExactly("deleted second");
    }

    @Test
    void whatIsDeletedForGoodIsGone() {
        List<UUID> kept = keepMany(3);
        ConversationsViewModel list = startAndRead();
        list.delete(kept.subList(0, 2));
        list.openTrash();
        desk.settle();
        list.purge(List.of(kept.getFirst()));
        assertThat(titles(list)).containsExactly("number 1");
        assertThat(list.undoableProperty().get()).as("to be undone").isNull();

        ConversationsViewModel again = startAndRead();
        assertThat(titles(again)).containsExactly("number 2");
        again.openTrash();
        desk.settle();
        assertThat(titles(again)).containsExactly("number 1");
    }

    @Test
    void theWholeTrashIsEmptiedAndNothingElse() {
        List<UUID> kept = keepMany(260);
        startAndRead().delete(kept.subList(0, 240));
        ConversationsViewModel list = startAndRead();
        list.openTrash();
        desk.settle();
        assertThat(titles(list)).hasSize(100);
        ListRow.Entry restored = entries(list).getFirst();
        list.restore(List.of(restored.id()));
        list.emptyTrash();
        desk.settle();
        assertThat(list.rows()).isEmpty();
        assertThat(list.emptyProperty().get()).isTrue();

        ConversationsViewModel again = startAndRead();
        assertThat(titles(again)).hasSize(21).startsWith(restored.conversation().title(), "number 240");
        again.openTrash();
        desk.settle();
        assertThat(again.rows()).isEmpty();
    }

    private void awaitEvents(String what, BooleanSupplier condition) {
        Awaitility.await(what).pollInterval(Duration.ofMillis(5)).until(() -> {
            for (TurnEvent event = events.poll(); event != null; event = events.poll()) {
                chat.on(event);
            }
            return condition.getAsBoolean();
        });
    }

    private static @Nullable Activity activity(ConversationsViewModel list, String title) {
        return entries(list).stream()
                .filter(entry -> entry.conversation().title().equals(title))
                .findFirst()
                .orElseThrow()
                .activity();
    }

    @Test
    void aConversationShowsThatItsAnswerIsWrittenAndThatItIsThereUntilItIsOpened() {
        var goOn = new CountDownLatch(1);
        server.on(
                "/api/chat",
                exchange -> exchange.stream()
                        .line(chunk("Hello"))
                        .await(goOn)
                        .line(done())
                        .end());
        ConversationsViewModel list = startAndRead();
        service.observe(events::add, Runnable::run);
        chat.ask(MODEL, "slow");
        UUID slow = chat.open().conversation().id();
        awaitEvents("it runs", () -> activity(list, "slow") == Activity.RUNNING);
        chat.newConversation();
        goOn.countDown();
        awaitEvents("it is done", () -> activity(list, "slow") == Activity.DONE);
        list.open(slow);
        assertThat(activity(list, "slow")).isNull();
    }
}
