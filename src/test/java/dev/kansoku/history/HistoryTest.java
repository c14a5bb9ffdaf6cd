package dev.kansoku.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.Conversation;
import dev.kansoku.chat.KeptTurn;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.ScriptedChat;
import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnMaker;
import dev.kansoku.history.HistoryReader.Listing;
import dev.kansoku.measure.KnownLoads;
import dev.kansoku.measure.LoadVerdict;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Outcome;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

    private static final ModelOptions OPTIONS =
            new ModelOptions(2048, 100, 2, 0, 7, 0.5, 40, 0.9, 0.05, 1.1, List.of("\n\n", "END"));

    private static final List<OllamaError> ERRORS = List.of(
            new OllamaError.NotRunning(""),
            new OllamaError.Refused("no"),
            new OllamaError.HostUnknown("no"),
            new OllamaError.ProxyInTheWay(502, "Bad gateway"),
            new OllamaError.NotOllama(0, "SSH-2.0"),
            new OllamaError.ModelMissing("llama9", "model \"llama9\" not found"),
            new OllamaError.DoesNotSupport("does not support chat"),
            new OllamaError.OutOfMemory("requires more system memory"),
            new OllamaError.Busy("server busy"),
            new OllamaError.LoadFailed("unable to load"),
            new OllamaError.RunnerDied("signal: killed"),
            new OllamaError.ContextTooLong("exceeds"),
            new OllamaError.Unauthorised("unauthorized"),
            new OllamaError.TimedOut(OllamaError.TimedOut.Waiting.NEXT_CHUNK, ""),
            new OllamaError.ConnectionLost("reset"),
            new OllamaError.ServerFault(500, "fault"),
            new OllamaError.Protocol("{"));

    @TempDir
    private Path folder;

    private final TurnMaker turns = new TurnMaker();
    private volatile Instant now = ScriptedChat.NOW;
    private @Nullable ScriptedChat chat;
    private History history;
    private HistoryReader reader;

    @BeforeEach
    void open() {
        history = new History(path(), () -> now);
        history.start();
        reader = history.reader();
        assertThat(reader.open(UUID.randomUUID()))
                .as("a conversation that never was")
                .isEmpty();
    }

    @AfterEach
    void close() {
        reader.close();
        history.close();
        if (chat != null) {
            chat.close();
        }
    }

    private Path path() {
        return folder.resolve("history.db");
    }

    /** All that was told is on the disk then, and read from there afterwards. */
    private void reopen() {
        reader.close();
        history.close();
        open();
    }

    private ScriptedChat chat() {
        var made = new ScriptedChat();
        chat = made;
        made.service().listen(history);
        made.service().observe(history, Runnable::run);
        return made;
    }

    /** A turn that is over, as the program tells of it. */
    private Turn keep(Turn turn) {
        return keep(turn, new Measured());
    }

    private Turn keep(Turn turn, Measured measured) {
        history.added(turn);
        history.on(new TurnEvent.Incomplete(turn, new Timeline(0, null, null, 0)));
        history.measured(measured.turn(turn).make());
        return turn;
    }

    private Turn keepOne(String prompt) {
        return keep(new TurnMaker().turn(Turn.State.FINISHED, prompt, "", "Answer"));
    }

    private OpenedConversation read(Conversation conversation) {
        return reader.open(conversation.id()).orElseThrow();
    }

    private static List<KeptTurn> kept(Conversation conversation) {
        return conversation.turns().stream().map(KeptTurn::of).toList();
    }

    private void assertKept(Conversation conversation) {
        Conversation read = read(conversation).conversation();
        assertThat(kept(read)).isEqualTo(kept(conversation));
        assertThat(ids(read.path())).isEqualTo(ids(conversation.path()));
        assertThat(read.createdAt()).isEqualTo(conversation.createdAt());
    }

    private static List<UUID> ids(List<Turn> turns) {
        return turns.stream().map(Turn::requestId).toList();
    }

    private List<String> titles(Listing listing) {
        return reader.list(listing, null, 100).stream()
                .map(ConversationSummary::title)
                .toList();
    }

    private int indexed() throws SQLException {
        try (Sql sql = new HistoryFile(path()).openToRead()) {
            return IndexedTexts.count(sql);
        }
    }

    private int count(String from) {
        try (Sql sql = new HistoryFile(path()).openToRead()) {
            return sql.first(row -> row.getInt(1), "SELECT count(*) FROM " + from)
                    .orElseThrow();
        } catch (SQLException e) {
            throw new AssertionError(from, e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what).pollInterval(Duration.ofMillis(5)).until(condition::getAsBoolean);
    }

    // What is said

    @ParameterizedTest
    @ValueSource(strings = {"FINISHED", "INCOMPLETE", "STOPPED", "CUT_OFF"})
    void aTurnIsAsItWas(Turn.State state) {
        Turn turn = keep(turns.turn(state, "Hello", "Well …", "Hi"));
        reopen();
        assertKept(turn.conversation());
    }

    static List<OllamaError> errors() {
        return ERRORS;
    }

    @ParameterizedTest
    @MethodSource("errors")
    void whyATurnFailedIsKept(OllamaError error) {
        Turn turn = keep(turns.failed(error));
        reopen();
        assertKept(turn.conversation());
    }

    @Test
    void everyErrorIsTried() {
        assertThat(ERRORS.stream().map(Object::getClass))
                .containsExactlyInAnyOrder(OllamaError.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "'); DROP TABLE turns; --", "a\0b", "👩‍👩‍👧 漢字 ﷽", "\uE000m61"})
    void anyTextComesBackAsItWas(String text) {
        Turn turn = keep(turns.turn(Turn.State.FINISHED, new Prompt(text, List.of(new Attachment(text))), text, text));
        reopen();
        assertKept(turn.conversation());
    }

    @Test
    void optionsAndAttachmentsAreKept() {
        ScriptedChat asked = chat();
        asked.server().on("/api/chat", exchange -> exchange.ndjson(ScriptedServer.chunk("Yes"), ScriptedServer.done()));
        var prompt = new Prompt("Look", List.of(new Attachment("first\nfile"), new Attachment("")));
        Turn turn = asked.service().send(asked.service().newConversation(), ScriptedChat.MODEL, OPTIONS, prompt);
        asked.heard().awaitEnd(turn, TurnEvent.Finished.class);
        history.measured(new Measured().turn(turn).make());
        reopen();
        assertKept(turn.conversation());
    }

    @Test
    void whatWentOnIsKnown() {
        ScriptedChat asked = chat();
        asked.server()
                .on("/api/chat", exchange -> exchange.ndjson(ScriptedServer.chunk("One "), ScriptedServer.done()));
        Turn first = asked.finish(asked.service().newConversation(), "Count");
        Turn second = asked.service().goOn(first);
        asked.heard().awaitEnd(second, TurnEvent.Finished.class);
        reopen();
        Turn read = read(first.conversation()).conversation().turns().getLast();
        assertThat(read.answer()).hasToString("One One ");
        assertThat(read.continuedFrom()).isEqualTo("One ".length());
        assertThat(read.written()).isEqualTo("One ");
    }

    @Test
    void aTitleIsTheFirstPromptUntilTheUserGivesOne() {
        Turn turn = keep(turns.turn(Turn.State.FINISHED, "How\nare you?", "", "Fine"));
        keep(turns.turn(Turn.State.FINISHED, "And now?", "", "Fine"));
        reopen();
        assertThat(titles(Listing.OTHERS)).containsExactly("How are you?");
        history.rename(turn.conversation().id(), "Well-being");
        history.rename(turn.conversation().id(), "Health");
        reopen();
        assertThat(titles(Listing.OTHERS)).containsExactly("Health");
        assertThat(read(turn.conversation()).title()).isEqualTo("Health");
    }

    @Test
    void anAnswerIsOnTheDiskWhileItGrowsAndInOnePieceAtTheEnd() {
        ScriptedChat asked = chat();
        var goOn = List.of(new CountDownLatch(1), new CountDownLatch(1));
        asked.server()
                .on(
                        "/api/chat",
                        exchange -> exchange.stream()
                                .line(ScriptedServer.thinking("Hm. "))
                                .line(ScriptedServer.chunk("one "))
                                .await(goOn.getFirst())
                                .line(ScriptedServer.chunk("two "))
                                .await(goOn.getLast())
                                .line(ScriptedServer.chunk("three"))
                                .line(ScriptedServer.done())
                                .end());
        Turn turn = asked.send("Count");
        await("the first part", () -> count("parts WHERE text = 'one '") == 1);
        goOn.getFirst().countDown();
        await("the second part", () -> count("parts WHERE text = 'two '") == 1);
        assertThat(count("parts")).as("parts: no text is written twice").isEqualTo(3);
        goOn.getLast().countDown();
        asked.heard().awaitEnd(turn, TurnEvent.Finished.class);
        await("the end", () -> count("turns WHERE state = 'FINISHED'") == 1);
        assertThat(count("parts")).as("parts").isEqualTo(4);
        history.measured(new Measured().turn(turn).make());
        await("the whole text", () -> count("turns WHERE thinking = 'Hm. ' AND answer = 'one two three'") == 1);
        assertThat(count("parts")).as("parts").isZero();
    }

    @Test
    void whatRanOrWaitedWhenTheProgramEndedIsCutOff() {
        ScriptedChat asked = chat();
        asked.server()
                .on(
                        "/api/chat",
                        exchange -> exchange.stream()
                                .line(ScriptedServer.thinking("Hm. "))
                                .line(ScriptedServer.chunk("one "))
                                .line(ScriptedServer.chunk("two "))
                                .awaitClientGone());
        Turn running = asked.send("Count");
        Turn waiting = asked.send(running.conversation(), "Go on");
        await(
                "the words",
                () -> asked.heard().of(running, TurnEvent.Chunk.class).stream()
                        .anyMatch(chunk -> chunk.answerLength() == "one two ".length()));
        reopen();
        List<KeptTurn> read = kept(read(running.conversation()).conversation());
        assertThat(read).extracting(KeptTurn::id).containsExactly(running.requestId(), waiting.requestId());
        assertThat(read).extracting(KeptTurn::state).containsOnly(Turn.State.CUT_OFF);
        assertThat(read).extracting(KeptTurn::thinking).containsExactly("Hm. ", "");
        assertThat(read).extracting(KeptTurn::answer).containsExactly("one two ", "");
        assertThat(read.getLast().parent()).isEqualTo(running.requestId());
        assertThat(count("parts")).as("parts").isZero();
    }

    @Test
    void aDemoThatWasCutOffIsStillKnownForOne() {
        ScriptedChat asked = chat();
        asked.engine().useDemo(asked.engine().client());
        asked.server()
                .on(
                        "/api/chat",
                        exchange -> exchange.stream()
                                .line(ScriptedServer.chunk("It is a demo. "))
                                .awaitClientGone());
        Turn running = asked.send("Count");
        await("the word", () -> count("parts") == 1);
        reopen();
        KeptTurn read = kept(read(running.conversation()).conversation()).getFirst();
        assertThat(read.state()).isEqualTo(Turn.State.CUT_OFF);
        assertThat(read.demo()).as("demo").isTrue();
        assertThat(reader.latest(true, 10)).as("measurements").isEmpty();
        assertThat(reader.search(new SearchQuery("demo", null, null, false, null), 10))
                .singleElement()
                .matches(SearchHit::demo, "is marked as a demo");
    }

    @Test
    void whatWasCutOffIsPutTogetherAlsoIfTheFileCannotBeWrittenAtFirst() throws IOException {
        ScriptedChat asked = chat();
        asked.server()
                .on(
                        "/api/chat",
                        exchange -> exchange.stream()
                                .line(ScriptedServer.chunk("one "))
                                .awaitClientGone());
        Turn turn = asked.send("Count");
        await("the word", () -> count("parts") == 1);
        reader.close();
        history.close();
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(path(), elsewhere);
        Files.createDirectory(path());
        var states = new ArrayList<HistoryState>();
        history = new History(path(), () -> now);
        history.onState(states::add);
        history.start();
        reader = history.reader();
        await("a problem", () -> !states.isEmpty());
        assertThat(states.getFirst().isSaving()).isFalse();
        Files.delete(path());
        Files.move(elsewhere, path());
        await("it is written", () -> states.getLast().isSaving());
        KeptTurn read = kept(read(turn.conversation()).conversation()).getFirst();
        assertThat(read.answer()).isEqualTo("one ");
        assertThat(read.state()).isEqualTo(Turn.State.CUT_OFF);
    }

    @Test
    void whatIsToldTwiceIsKeptOnce() throws Exception {
        Turn turn = turns.turn(Turn.State.FINISHED, "Hello", "Well", "Hi");
        for (int i = 0; i < 2; i++) {
            keep(turn);
            history.chosen(turn);
            history.rename(turn.conversation().id(), "Greeting");
            history.pin(List.of(turn.conversation().id()), true);
        }
        reopen();
        assertKept(turn.conversation());
        assertThat(titles(Listing.PINNED)).containsExactly("Greeting");
        assertThat(indexed()).as("prompt, thinking, answer and title").isEqualTo(4);
    }

    @Test
    void aBranchThatIsChosenPutsWhatItFollowsOnThePath() {
        Turn first = keep(turns.turn(Turn.State.FINISHED, "One", "", "1"));
        Turn follower = keep(turns.turn(Turn.State.FINISHED, "Two", "", "2"));
        Turn again = keep(turns.again(first, Turn.State.FINISHED, "11"));
        history.chosen(follower);
        reopen();
        assertThat(ids(read(first.conversation()).conversation().path()))
                .as("path, without %s", again)
                .containsExactly(first.requestId(), follower.requestId());
    }

    @Test
    void aTurnThatIsTakenBackLeavesItsBranchesAsTheyWere() {
        ScriptedChat asked = chat();
        asked.server().on("/api/chat", exchange -> exchange.stream().awaitClientGone());
        Turn running = asked.send("One");
        Turn waiting = asked.send(running.conversation(), "Two");
        Turn other = asked.service().edit(waiting, ScriptedChat.MODEL, Prompt.of("Two, but better"));
        Turn third = asked.service().edit(waiting, ScriptedChat.MODEL, Prompt.of("Two, best of all"));
        Turn last = asked.send(running.conversation(), "Three");
        Turn late = asked.service().edit(waiting, ScriptedChat.MODEL, Prompt.of("Two, at last"));
        asked.service().choose(waiting);
        // So that none of them is on the path.
        Turn seen = asked.service().again(running, ScriptedChat.MODEL);
        assertThat(asked.service().unqueue(third)).isTrue();
        List<UUID> followers = List.of(waiting.requestId(), other.requestId(), last.requestId(), late.requestId());
        assertThat(ids(running.conversation().branches(waiting))).as("branches").isEqualTo(followers);
        reopen();
        Conversation read = read(running.conversation()).conversation();
        assertThat(ids(read.branches(read.turns().get(1)))).as("branches, read").isEqualTo(followers);
        assertThat(ids(read.turns().stream().filter(read::isChosen).toList()))
                .as("chosen")
                .containsExactly(waiting.requestId(), seen.requestId());
    }

    @Test
    void theOrderHoldsEvenIfTheClockIsSetBack() {
        var clock = new ArrayList<>(List.of(0L, 7200L, 3600L));
        try (var asked = new ScriptedChat(() -> ScriptedChat.NOW.plusSeconds(clock.removeFirst()))) {
            asked.service().listen(history);
            asked.server().on("/api/chat", exchange -> exchange.stream().awaitClientGone());
            Turn first = asked.send("One");
            Turn second = asked.send(first.conversation(), "Two");
            reopen();
            assertThat(ids(read(first.conversation()).conversation().path()))
                    .containsExactly(first.requestId(), second.requestId());
        }
    }

    // What was measured

    static Stream<Measured> measurements() {
        return Stream.of(
                new Measured(),
                new Measured().demo().version(null),
                new Measured()
                        .load(LoadVerdict.COLD, 2.5)
                        .waited(0.3)
                        .prompt(400, 1.25)
                        .cached(100)
                        .decode(40, 4)
                        .contextLength(4096)
                        .cpu(0.5, 3.75),
                new Measured().withoutDurations(),
                new Measured().decode(3, 1).brokenOff(Outcome.STOPPED),
                new Measured().failed(new OllamaError.Busy("server busy")));
    }

    @ParameterizedTest
    @MethodSource("measurements")
    void whatATurnTookIsKnown(Measured measured) {
        Turn turn = turns.turn(Turn.State.FINISHED, "Hello", "", "Hi");
        keep(turn, measured);
        reopen();
        OpenedConversation read = read(turn.conversation());
        Turn again = read.conversation().turns().getFirst();
        assertThat(read.measurement(again).map(KeptMeasurement::of))
                .contains(KeptMeasurement.of(measured.turn(turn).make()));
    }

    @Test
    void whyATurnFailedIsPartOfWhatItTook() {
        var error = new OllamaError.Busy("server busy");
        Turn turn = turns.failed(error);
        keep(turn, new Measured().failed(error));
        reopen();
        OpenedConversation read = read(turn.conversation());
        assertThat(read.measurement(read.conversation().turns().getFirst())
                        .orElseThrow()
                        .error())
                .isEqualTo(error);
    }

    @Test
    void theLatestMeasurementsComeOldestFirstAndThoseOfTheDemoApart() {
        for (int i = 1; i <= 5; i++) {
            keep(turns.model("model" + i).turn(Turn.State.FINISHED, "Hello", "", "Hi"));
            keep(turns.model("demo" + i).turn(Turn.State.FINISHED, "Hello", "", "Hi"), new Measured().demo());
        }
        reopen();
        assertThat(reader.latest(false, 3).stream().map(KeptTurnMeasurement::model))
                .containsExactly("model3", "model4", "model5");
        assertThat(reader.latest(true, 9).stream().map(KeptTurnMeasurement::model))
                .containsExactly("demo1", "demo2", "demo3", "demo4", "demo5");
    }

    private static KnownLoads loads(String... keys) {
        var models = new LinkedHashMap<String, KnownLoads.OfModel>();
        for (String key : keys) {
            models.put(key, new KnownLoads.OfModel("name of " + key, List.of(0.125), List.of(2.5, 3.0)));
        }
        return new KnownLoads(models);
    }

    /** One after the other, as they are learnt. */
    private void learn(String... keys) {
        for (int i = 1; i <= keys.length; i++) {
            now = now.plusSeconds(1);
            history.learnt(loads(Arrays.copyOf(keys, i)));
            reopen();
        }
    }

    @Test
    void loadTimesAreKnownTheModelHeardOfLastAtTheEnd() {
        learn("a@?", "b@4096", "a@4096");
        assertThat(reader.loads()).isEqualTo(loads("a@?", "b@4096", "a@4096"));
        history.learnt(loads("b@4096", "a@4096", "a@?"));
        now = now.plusSeconds(1);
        reopen();
        assertThat(List.copyOf(reader.loads().models().keySet())).containsExactly("b@4096", "a@4096", "a@?");
    }

    @Test
    void whatIsLearntBeforeTheFileWasReadDrivesNothingOut() {
        learn("a@?", "b@?");
        now = now.plusSeconds(1);
        history.learnt(loads("c@?"));
        reopen();
        assertThat(reader.loads().models()).containsOnlyKeys("a@?", "b@?", "c@?");
    }

    @Test
    void noMoreLoadTimesAreKeptThanAreRead() {
        String[] keys = IntStream.rangeClosed(1, KnownLoads.MOST_MODELS + 2)
                .mapToObj(i -> "m" + i + "@?")
                .toArray(String[]::new);
        for (int i = 1; i <= keys.length; i++) {
            history.learnt(loads(Arrays.copyOf(keys, i)));
        }
        reopen();
        assertThat(count("loads")).isEqualTo(KnownLoads.MOST_MODELS);
    }

    // What the user does with conversations

    @Test
    void conversationsAreListedPageByPageTheLatestFirst() {
        for (int i = 1; i <= 7; i++) {
            keepOne("p" + i);
        }
        reopen();
        var all = new ArrayList<ConversationSummary>();
        List<ConversationSummary> page = reader.list(Listing.OTHERS, null, 3);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(3);
            all.addAll(page);
            page = reader.list(Listing.OTHERS, all.getLast(), 3);
        }
        // All of the same time: then by number, which says nothing but is the same every time.
        assertThat(all.stream().map(ConversationSummary::title))
                .containsExactlyInAnyOrder("p1", "p2", "p3", "p4", "p5", "p6", "p7");
        assertThat(all.stream().map(one -> one.id().toString()).toList())
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void whatWasSentLastComesFirst() {
        var early = new TurnMaker();
        var late = new TurnMaker();
        keep(early.turn(Turn.State.FINISHED, "early", "", ""));
        late.turn(Turn.State.FINISHED, "not kept", "", "");
        keep(late.turn(Turn.State.FINISHED, "late", "", ""));
        reopen();
        assertThat(titles(Listing.OTHERS)).containsExactly("late", "early");
        early.turn(Turn.State.FINISHED, "not kept", "", "");
        keep(early.turn(Turn.State.FINISHED, "once more", "", ""));
        reopen();
        assertThat(titles(Listing.OTHERS)).containsExactly("early", "late");
    }

    @Test
    void conversationsArePinnedThrownAwayAndTakenBack() {
        UUID first = keepOne("first").conversation().id();
        UUID second = keepOne("second").conversation().id();
        keepOne("third");
        history.pin(List.of(first, second), true);
        history.pin(List.of(second), false);
        reopen();
        assertThat(titles(Listing.PINNED)).containsExactly("first");
        assertThat(titles(Listing.OTHERS)).containsExactlyInAnyOrder("second", "third");
        history.trash(List.of(first));
        Instant thrown = now;
        now = now.plusSeconds(60);
        history.trash(List.of(first, second));
        reopen();
        assertThat(titles(Listing.PINNED)).isEmpty();
        assertThat(titles(Listing.OTHERS)).containsExactly("third");
        assertThat(reader.list(Listing.TRASH, null, 9).stream().map(ConversationSummary::deletedAt))
                .containsExactly(now, thrown);
        assertThat(reader.open(first)).as("what lies in the trash can be read").isPresent();
        history.restore(List.of(first, second));
        reopen();
        assertThat(titles(Listing.TRASH)).isEmpty();
        assertThat(titles(Listing.PINNED)).as("still pinned").containsExactly("first");
    }

    @Test
    void whatLayInTheTrashFor30DaysIsDeletedAtTheNextStart() {
        UUID old = keepOne("old").conversation().id();
        UUID younger = keepOne("younger").conversation().id();
        history.trash(List.of(old));
        reopen();
        now = now.plus(History.TRASH).minusSeconds(1);
        history.trash(List.of(younger));
        reopen();
        assertThat(titles(Listing.TRASH)).containsExactly("younger", "old");
        now = now.plusSeconds(1);
        reopen();
        await("\"old\" is gone", () -> titles(Listing.TRASH).equals(List.of("younger")));
        assertThat(reader.open(old)).isEmpty();
    }

    @Test
    void ofALongConversationThatIsDeletedNothingIsLeft() throws Exception {
        UUID id = keep(turns.turn(Turn.State.FINISHED, "Hello", "", "Hi"))
                .conversation()
                .id();
        for (int i = 0; i < 120; i++) {
            keep(turns.turn(Turn.State.FINISHED, "Where is the treasure?", "Hm", "Under the palm tree."));
        }
        keepOne("Hello");
        history.rename(id, "The treasure of the island");
        history.purge(List.of(id, UUID.randomUUID()));
        reopen();
        assertThat(reader.open(id)).isEmpty();
        assertThat(count("turns")).as("turns").isEqualTo(1);
        assertThat(count("measurements")).as("measurements").isEqualTo(1);
        assertThat(indexed()).as("texts that can be found").isEqualTo(2);
        reader.close();
        history.close();
        for (String file : List.of("history.db", "history.db-wal")) {
            if (Files.exists(folder.resolve(file))) {
                assertThat(Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1))
                        .as(file)
                        .doesNotContain("treasure", "palm");
            }
        }
        try (Sql sql = new HistoryFile(path()).openToWrite()) {
            sql.run("INSERT INTO search (search) VALUES ('integrity-check')");
            assertThat(sql.list(row -> row.getString(1), "PRAGMA integrity_check"))
                    .containsExactly("ok");
        }
    }

    @Test
    void whatIsSaidInADeletedConversationDisturbsNothing() {
        ScriptedChat asked = chat();
        var goOn = new CountDownLatch(1);
        asked.server()
                .on(
                        "/api/chat",
                        exchange -> exchange.stream()
                                .line(ScriptedServer.chunk("one "))
                                .await(goOn)
                                .line(ScriptedServer.chunk("two "))
                                .line(ScriptedServer.done())
                                .end());
        Turn turn = asked.send("Count");
        history.purge(List.of(turn.conversation().id()));
        await("it is gone", () -> count("conversations") == 0);
        goOn.countDown();
        asked.heard().awaitEnd(turn, TurnEvent.Finished.class);
        history.measured(new Measured().turn(turn).make());
        Turn other = keepOne("Hello");
        reopen();
        assertKept(other.conversation());
        assertThat(titles(Listing.OTHERS)).containsExactly("Hello");
    }

    @Test
    void nobodyElseCanReadTheFiles() throws IOException {
        keepOne("Hello");
        await("it is kept", () -> count("turns") == 1);
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> open = files.filter(file -> {
                        try {
                            return Files.getFileStore(file).supportsFileAttributeView("posix")
                                    && Files.getPosixFilePermissions(file).size() > 2;
                        } catch (IOException e) {
                            throw new AssertionError(file.toString(), e);
                        }
                    })
                    .map(Path::toString)
                    .collect(Collectors.toSet());
            assertThat(open).isEmpty();
        }
    }
}
