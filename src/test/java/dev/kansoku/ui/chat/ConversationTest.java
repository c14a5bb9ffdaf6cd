package dev.kansoku.ui.chat;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.thinking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.Attachment;
import dev.kansoku.chat.ChatService;
import dev.kansoku.chat.Engine;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.chat.Turn;
import dev.kansoku.history.ConversationSummary;
import dev.kansoku.history.OpenedConversation;
import dev.kansoku.history.SearchHit;
import dev.kansoku.history.Snippet;
import dev.kansoku.measure.ContextUse;
import dev.kansoku.measure.Measured;
import dev.kansoku.measure.Phase;
import dev.kansoku.measure.TurnMeasurement;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ollama.Timeouts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The view models of the chat, with real turns and without a window; one thread stands for the FX thread. */
@Timeout(30)
class ConversationTest {

    private static final String MODEL = "tinyllama";

    private final ScriptedServer server = ScriptedServer.start();
    private final OllamaClient client = new OllamaClient(server.address(), Timeouts.DEFAULT);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final ChatService service;
    private final ChatViewModel chat;
    private final ChatViewModel.Kept kept = new ChatViewModel.Kept() {
        @Override
        public void read(
                UUID id,
                Function<OpenedConversation, ConversationViewModel> made,
                Predicate<ConversationViewModel> end,
                Consumer<ConversationViewModel> whole) {}

        @Override
        public boolean isSaving() {
            return false;
        }
    };

    ConversationTest() {
        var engine = new Engine(client);
        service = new ChatService(engine, new ModelWatch(engine), InstantSource.system());
        chat = new ChatViewModel(service, kept);
    }

    @BeforeEach
    void observe() {
        service.observe(chat::on, thread);
    }

    @AfterEach
    void close() {
        service.close();
        thread.close();
        client.close();
        server.close();
    }

    private <T extends @Nullable Object> T there(Supplier<T> question) {
        Future<T> answer = thread.submit(question::get);
        try {
            return answer.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void run(Runnable action) {
        there(() -> {
            action.run();
            return true;
        });
    }

    /** The condition asks {@link #there} itself. */
    private void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(condition::getAsBoolean);
    }

    private ConversationViewModel opened() {
        return there(() -> chat.open());
    }

    private boolean send(String text) {
        return there(() -> {
            chat.open().draftProperty().set(text);
            if (chat.isNothingToSend()) {
                return false;
            }
            chat.send(MODEL);
            return true;
        });
    }

    private List<String> rows() {
        return there(() -> chat.open().rows().stream()
                .map(row -> switch (row) {
                    case Row.Text text -> text.speaker() + " " + text.block().text();
                    case Row.Status status -> "STATUS " + status.turn().state();
                    case Row.Queued queued -> "QUEUED " + queued.turn().prompt().text();
                    case Row.Attached attached ->
                        "ATTACHED " + attached.attachment().text();
                    case Row.ModelChanged changed -> "MODEL " + changed.turn().model();
                })
                .toList());
    }

    private void awaitIdle() {
        await(() -> !service.isBusy());
    }

    /** Whether Ollama still works on a stopped answer is known only later than its figures. */
    @Test
    void thePhaseOfATurnChangesAlsoAfterItWasMeasured() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hello."), done()));
        send("Hi");
        awaitIdle();
        await(() -> rows().contains("STATUS FINISHED"));
        run(() -> {
            Row.Status status = (Row.Status) chat.open().rows().getLast();
            Turn turn = status.turn();
            chat.phase(turn, Phase.STOPPING, null);
            chat.measured(new Measured().turn(turn).make());
            assertThat(status.phase().get()).isEqualTo(Phase.STOPPING);
            chat.phase(turn, Phase.OVER, null);
            assertThat(status.phase().get()).isEqualTo(Phase.OVER);
        });
    }

    @Test
    void theRowsOfATurnStandInOrder() {
        server.on("/api/chat", exchange -> exchange.ndjson(thinking("Hm."), chunk("One.\n\nTwo."), done()));
        run(() -> chat.attach("the file"));
        send("  Read this.  ");
        await(() -> rows().contains("STATUS FINISHED"));

        assertThat(rows())
                .containsExactly(
                        "USER   Read this.",
                        "ATTACHED the file",
                        "THINKING Hm.",
                        "ANSWER One.",
                        "ANSWER Two.",
                        "STATUS FINISHED");
        assertThat(there(() -> chat.open().attachments())).isEmpty();
        assertThat(there(() -> chat.open().draftProperty().get())).isEmpty();
        assertThat(there(() -> chat.open().titleProperty().get())).isEqualTo("Read this.");
    }

    /** Text of a thought that comes after the answer has begun stands before it all the same. */
    @Test
    void thinkingStandsBeforeTheAnswer() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(thinking("A")).line(chunk("One.")).await(goOn);
            exchange.line(thinking("B\n\nC")).line(done()).end();
        });
        send("Hi");
        await(() -> rows().contains("ANSWER One."));
        goOn.countDown();
        await(() -> rows().contains("STATUS FINISHED"));
        assertThat(rows()).containsExactly("USER Hi", "THINKING AB", "THINKING C", "ANSWER One.", "STATUS FINISHED");
    }

    private static SearchHit hit(Turn turn, SearchHit.Kind kind) {
        var conversation =
                new ConversationSummary(turn.conversation().id(), "Hi", turn.createdAt(), /* pinned= */ false, null);
        return new SearchHit(
                conversation,
                turn.requestId(),
                kind,
                turn.model(),
                false,
                turn.createdAt(),
                new Snippet("", List.of()));
    }

    @Test
    void whatWasFoundOnAnotherBranchIsShownAndMarkedUntilAnotherConversationIsOpened() {
        server.on("/api/chat", exchange -> exchange.ndjson(thinking("One or two."), chunk("No.\n\nOne."), done()));
        send("Hi");
        await(() -> rows().contains("STATUS FINISHED"));
        awaitIdle();
        Turn first = there(() -> chat.open().rows().getLast().turn());
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Two."), done()));
        run(() -> chat.again(first, MODEL));
        await(() -> rows().contains("ANSWER Two."));
        awaitIdle();
        var revealed = new ArrayList<Row>();
        run(() -> chat.onReveal(revealed::add));

        run(() -> chat.open(hit(first, SearchHit.Kind.ANSWER), "one"));
        assertThat(rows()).contains("ANSWER One.").doesNotContain("ANSWER Two.");
        assertThat(revealed).hasSize(1);
        assertThat(revealed.getFirst())
                .isInstanceOfSatisfying(
                        Row.Text.class, row -> assertThat(row.block().text()).isEqualTo("One."));
        assertThat(there(() -> chat.highlightProperty().get())).isEqualTo(new Highlight("one"));

        run(() -> chat.newConversation());
        assertThat(there(() -> Optional.ofNullable(chat.highlightProperty().get())))
                .isEmpty();
    }

    @Test
    void nothingIsSentWhereThereIsNothing() {
        assertThat(send(" \n ")).isFalse();
        assertThat(rows()).isEmpty();
        assertThat(there(() -> chat.open().draftProperty().get())).isEqualTo(" \n ");
    }

    @Test
    void queuedPromptsStandAtTheEndInTheirOrder() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("One.")).await(goOn);
            exchange.line(chunk("\n\nTwo.")).line(done()).end();
        });
        send("a");
        await(() -> rows().contains("ANSWER One."));
        send("b");
        send("c");
        send("d");
        assertThat(rows())
                .containsExactly("USER a", "ANSWER One.", "STATUS RUNNING", "QUEUED b", "QUEUED c", "QUEUED d");

        run(() -> chat.unqueue(chat.open().rows().get(4).turn()));
        goOn.countDown();
        awaitIdle();
        await(() -> rows().stream().filter("STATUS FINISHED"::equals).count() == 3);
        assertThat(rows())
                .containsExactly(
                        "USER a",
                        "ANSWER One.",
                        "ANSWER Two.",
                        "STATUS FINISHED",
                        "USER b",
                        "ANSWER One.",
                        "ANSWER Two.",
                        "STATUS FINISHED",
                        "USER d",
                        "ANSWER One.",
                        "ANSWER Two.",
                        "STATUS FINISHED");
    }

    @Test
    void whatIsSentAgainTakesThePlaceOfTheEarlierBranchInSight() {
        server.on("/api/chat", exchange -> exchange.json(503, error("server busy, please try again")));
        send("a");
        await(() -> rows().contains("STATUS FAILED"));
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Half")));
        run(() -> chat.again(chat.open().rows().getLast().turn(), "tinyllama"));
        await(() -> rows().contains("STATUS INCOMPLETE"));
        assertThat(rows()).containsExactly("USER a", "ANSWER Half", "STATUS INCOMPLETE");

        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Whole."), done()));
        run(() -> chat.again(chat.open().rows().getLast().turn(), "tinyllama"));
        await(() -> rows().contains("STATUS FINISHED"));
        assertThat(rows()).containsExactly("USER a", "ANSWER Whole.", "STATUS FINISHED");
        Row.Status status = (Row.Status) there(() -> chat.open().rows().getLast());
        assertThat(status.branch()).isEqualTo(3);
        assertThat(status.branches()).isEqualTo(3);
        assertThat(server.requests("/api/chat").getLast().body()).doesNotContain("Half");
    }

    // Branches

    /** Asked on any thread. */
    private Turn turn(int index) {
        return chat.open().conversation().turns().get(index);
    }

    private List<String> branches() {
        return there(() -> chat.open().rows().stream()
                .filter(Row.Status.class::isInstance)
                .map(Row.Status.class::cast)
                .map(status -> status.branch() + "/" + status.branches())
                .toList());
    }

    /** Answers each prompt with itself, and waits until the test lets it go on before it ends one with "slow" in it. */
    private void echo(CountDownLatch goOn) {
        server.on("/api/chat", exchange -> {
            String body = exchange.body();
            String last =
                    body.substring(body.lastIndexOf("\"content\":\"") + 11).split("\"", 2)[0];
            exchange.stream().line(chunk("To " + last));
            if (last.contains("slow")) {
                exchange.await(goOn);
                exchange.line(chunk(", at last"));
            }
            exchange.line(done()).end();
        });
    }

    private void finish(String prompt) {
        int before = there(() -> chat.open().conversation().turns().size());
        send(prompt);
        await(() -> ended(before));
    }

    private boolean ended(int index) {
        return rows().stream().noneMatch(row -> row.equals("STATUS RUNNING"))
                && turn(index).state().isOver()
                && there(() -> chat.open().runningProperty().get()) == null;
    }

    @Test
    void aChosenBranchIsSeenWithAllThatFollowsIt() {
        echo(new CountDownLatch(0));
        finish("a");
        finish("b");
        finish("c");
        run(() -> chat.again(turnOf("b"), "tinyllama"));
        await(() -> ended(3));
        assertThat(rows())
                .containsExactly(
                        "USER a", "ANSWER To a", "STATUS FINISHED", "USER b", "ANSWER To b", "STATUS FINISHED");
        assertThat(branches()).containsExactly("1/1", "2/2");

        List<Row> before = there(() -> List.copyOf(chat.open().rows()));
        run(() -> chat.choose(turn(1)));
        assertThat(rows())
                .containsExactly(
                        "USER a",
                        "ANSWER To a",
                        "STATUS FINISHED",
                        "USER b",
                        "ANSWER To b",
                        "STATUS FINISHED",
                        "USER c",
                        "ANSWER To c",
                        "STATUS FINISHED");
        assertThat(branches()).containsExactly("1/1", "1/2", "1/1");
        assertThat(there(() -> List.copyOf(chat.open().rows().subList(0, 3))))
                .as("what stands before the branches is left alone")
                .isEqualTo(before.subList(0, 3));
    }

    private Turn turnOf(String prompt) {
        return chat.open().conversation().turns().stream()
                .filter(turn -> turn.prompt().text().equals(prompt))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPromptThatIsEditedIsAnotherBranchAndTheDraftComesBack() {
        echo(new CountDownLatch(0));
        finish("a");
        finish("b");
        run(() -> {
            chat.open().draftProperty().set("a draft");
            chat.attach("a file");
            chat.edit(turnOf("a"));
        });
        assertThat(there(() -> chat.open().draftProperty().get())).isEqualTo("a");
        assertThat(there(() -> chat.open().attachments())).isEmpty();

        send("a anew");
        await(() -> ended(2));
        assertThat(rows()).containsExactly("USER a anew", "ANSWER To a anew", "STATUS FINISHED");
        assertThat(branches()).containsExactly("2/2");
        assertThat(there(() -> chat.open().editingProperty().get())).isNull();
        assertThat(there(() -> chat.open().draftProperty().get())).isEqualTo("a draft");
        assertThat(there(() -> chat.open().attachments()))
                .extracting(Attachment::text)
                .containsExactly("a file");
    }

    @Test
    void anEditThatIsGivenUpLeavesAllAsItWas() {
        echo(new CountDownLatch(0));
        finish("a");
        finish("b");
        run(() -> {
            chat.open().draftProperty().set("a draft");
            chat.edit(turnOf("a"));
            chat.open().draftProperty().set("changed");
            chat.edit(turnOf("b"));
        });
        assertThat(there(() -> chat.open().draftProperty().get()))
                .as("another one is edited")
                .isEqualTo("b");
        run(chat::endEdit);
        assertThat(there(() -> chat.open().draftProperty().get())).isEqualTo("a draft");
        finish("c");
        assertThat(branches()).containsExactly("1/1", "1/1", "1/1");
    }

    @Test
    void anAnswerGoesOnFromWhereItEnded() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("One.\n\nTw")));
        send("a");
        await(() -> rows().contains("STATUS INCOMPLETE"));
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("o.\n\nThree."), done()));
        run(() -> chat.goOn(turnOf("a")));
        await(() -> rows().contains("STATUS FINISHED"));
        assertThat(rows()).containsExactly("USER a", "ANSWER One.", "ANSWER Two.", "ANSWER Three.", "STATUS FINISHED");
        assertThat(branches()).containsExactly("2/2");

        run(() -> chat.choose(turn(0)));
        assertThat(rows()).containsExactly("USER a", "ANSWER One.", "ANSWER Tw", "STATUS INCOMPLETE");
    }

    @Test
    void anAnswerGoesOnGrowingWhileAnotherBranchIsSeen() {
        var goOn = new CountDownLatch(1);
        echo(goOn);
        finish("a");
        run(() -> {
            chat.edit(turnOf("a"));
            chat.open().draftProperty().set("slow");
            chat.send(MODEL);
        });
        await(() -> rows().contains("ANSWER To slow"));

        run(() -> chat.choose(turn(0)));
        assertThat(rows()).containsExactly("USER a", "ANSWER To a", "STATUS FINISHED");
        assertThat(there(() -> chat.open().runningProperty().get()))
                .as("it can be stopped from here")
                .isEqualTo(turn(1));
        run(() -> chat.choose(turn(1)));
        assertThat(rows()).containsExactly("USER slow", "ANSWER To slow", "STATUS RUNNING");
        goOn.countDown();
        await(() -> rows().contains("STATUS FINISHED"));
        await(() -> rows().contains("ANSWER To slow, at last"));
        assertThat(branches()).containsExactly("2/2");
    }

    @Test
    void anAnswerThatEndedOutOfSightIsWholeWhenItComesIntoSight() {
        var goOn = new CountDownLatch(1);
        echo(goOn);
        finish("a");
        run(() -> {
            chat.edit(turnOf("a"));
            chat.open().draftProperty().set("slow");
            chat.send(MODEL);
        });
        await(() -> rows().contains("ANSWER To slow"));
        run(() -> chat.choose(turn(0)));
        goOn.countDown();
        await(() -> there(() -> chat.open().runningProperty().get()) == null);
        assertThat(rows()).containsExactly("USER a", "ANSWER To a", "STATUS FINISHED");

        run(() -> chat.choose(turn(1)));
        assertThat(rows()).containsExactly("USER slow", "ANSWER To slow, at last", "STATUS FINISHED");
    }

    @Test
    void stopEndsTheAnswerThatRunsOnAnotherBranch() {
        var never = new CountDownLatch(1);
        echo(never);
        finish("a");
        run(() -> {
            chat.edit(turnOf("a"));
            chat.open().draftProperty().set("slow");
            chat.send(MODEL);
        });
        await(() -> rows().contains("ANSWER To slow"));
        run(() -> {
            chat.choose(turn(0));
            chat.stop();
        });
        await(() -> turn(1).state() == Turn.State.STOPPED);
        never.countDown();
    }

    @Test
    void aPromptSentFromAnotherBranchWaitsThereAndFollowsWhatIsSeen() {
        var goOn = new CountDownLatch(1);
        echo(goOn);
        finish("a");
        run(() -> {
            chat.edit(turnOf("a"));
            chat.open().draftProperty().set("slow");
            chat.send(MODEL);
        });
        await(() -> rows().contains("ANSWER To slow"));
        run(() -> chat.choose(turn(0)));
        send("b");
        assertThat(rows()).containsExactly("USER a", "ANSWER To a", "STATUS FINISHED", "QUEUED b");
        run(() -> chat.choose(turn(1)));
        assertThat(rows()).containsExactly("USER slow", "ANSWER To slow", "STATUS RUNNING");
        run(() -> chat.choose(turn(0)));

        goOn.countDown();
        await(() -> rows().contains("ANSWER To b"));
        await(() -> ended(2));
        assertThat(rows())
                .containsExactly(
                        "USER a", "ANSWER To a", "STATUS FINISHED", "USER b", "ANSWER To b", "STATUS FINISHED");
        assertThat(server.requests("/api/chat").getLast().body()).doesNotContain("slow");
    }

    @Test
    void aBranchThatIsTakenBackGivesWayToTheOneBefore() {
        var goOn = new CountDownLatch(1);
        echo(goOn);
        finish("a");
        send("slow");
        await(() -> rows().contains("ANSWER To slow"));
        run(() -> chat.again(turnOf("a"), "tinyllama"));
        assertThat(rows()).containsExactly("QUEUED a");

        run(() -> chat.unqueue(turn(2)));
        assertThat(rows())
                .containsExactly(
                        "USER a", "ANSWER To a", "STATUS FINISHED", "USER slow", "ANSWER To slow", "STATUS RUNNING");
        assertThat(branches()).containsExactly("1/1", "1/1");
        goOn.countDown();
        await(() -> rows().contains("ANSWER To slow, at last"));
    }

    @Test
    void theContextIsThatOfTheBranchThatIsSeen() {
        echo(new CountDownLatch(0));
        finish("a");
        finish("b");
        run(() -> {
            chat.measured(new Measured()
                    .turn(turnOf("a"))
                    .contextLength(4096)
                    .prompt(20, 1)
                    .decode(10, 1)
                    .make());
            chat.measured(new Measured()
                    .turn(turnOf("b"))
                    .contextLength(4096)
                    .prompt(300, 1)
                    .decode(50, 1)
                    .make());
        });
        ContextUse afterB = there(() -> chat.open().contextProperty().get());
        var seen = new ArrayList<ConversationViewModel>();
        run(() -> {
            chat.onBranch(() -> seen.add(chat.open()));
            chat.again(turnOf("b"), "tinyllama");
        });
        await(() -> ended(2));
        ContextUse afterA = there(() -> chat.open().contextProperty().get());
        assertThat(afterA).isNotNull().isNotEqualTo(afterB);

        run(() -> chat.choose(turn(1)));
        assertThat(there(() -> chat.open().contextProperty().get())).isEqualTo(afterB);
        assertThat(there(() -> chat.open().lastMeasurement()).map(TurnMeasurement::turn))
                .contains(turn(1));
        assertThat(seen).as("who was told of another branch").hasSize(2);
    }

    @Test
    void newChatsAreMadeOnlyOnceTheyAreUsed() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("One."), done()));
        ConversationViewModel first = opened();
        run(chat::newConversation);
        assertThat(opened()).isSameAs(first);
        send("a");
        await(() -> rows().contains("STATUS FINISHED"));
        run(chat::newConversation);
        ConversationViewModel second = opened();
        assertThat(second).isNotSameAs(first);
        run(() -> chat.open(first.conversation().id()));
        assertThat(opened()).as("it was kept in memory, as it is on no disk").isSameAs(first);
        run(chat::newConversation);
        assertThat(opened()).isSameAs(second);
    }

    @Test
    void theTitleIsTheBeginningOfTheFirstPrompt() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("One."), done()));
        send("word\n\tword ".repeat(30));
        assertThat(there(() -> chat.open().titleProperty().get()))
                .startsWith("word word word")
                .endsWith("…")
                .hasSizeLessThan(62);
    }

    @Test
    void noLetterOfATitleIsCutInTwo() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("One."), done()));
        send("a" + "😀".repeat(50));
        String title = there(() -> chat.open().titleProperty().get());
        assertThat(Character.isHighSurrogate(title.charAt(title.length() - 2))).isFalse();
    }

    // Selection

    private Selection.Place place(String row, int offset) {
        return there(() -> chat.open().rows().stream()
                .filter(Row.Text.class::isInstance)
                .map(Row.Text.class::cast)
                .filter(text -> text.block().text().equals(row))
                .map(text -> new Selection.Place(text, offset))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void aSelectionReachesAcrossBlocksInEitherDirection() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("One.\n\nTwo.\n\nThree."), done()));
        send("Hi");
        await(() -> rows().contains("STATUS FINISHED"));
        Selection selection = opened().selection();
        Selection.Place one = place("One.", 1);
        Selection.Place two = place("Two.", 0);
        Selection.Place three = place("Three.", 2);

        run(() -> selection.select(one, three));
        assertThat(there(selection::text)).isEqualTo("ne.\n\nTwo.\n\nTh");
        run(() -> selection.select(three, one));
        assertThat(there(selection::text)).isEqualTo("ne.\n\nTwo.\n\nTh");
        assertThat(there(() -> selection.in(chat.open().rows().indexOf(two.row()))))
                .containsExactly(0, 4);
        run(() -> selection.select(three, new Selection.Place(three.row(), 0)));
        assertThat(there(selection::text)).isEqualTo("Th");
        run(selection::selectAll);
        assertThat(there(selection::text)).isEqualTo("Hi\n\nOne.\n\nTwo.\n\nThree.");
        run(selection::clear);
        assertThat(there(selection::text)).isEmpty();
    }

    @Test
    void aSelectionStaysWhileTextGrowsAndEndsWithItsRows() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("One")).await(goOn);
            exchange.line(chunk(" more.\n\nTwo.")).line(done()).end();
        });
        send("Hi");
        await(() -> rows().contains("ANSWER One"));
        Selection selection = opened().selection();
        Selection.Place end = place("One", 3);
        run(() -> selection.select(new Selection.Place(end.row(), 0), end));
        goOn.countDown();
        await(() -> rows().contains("STATUS FINISHED"));
        assertThat(there(selection::text)).isEqualTo("One");
        run(() -> chat.open().rows().clear());
        assertThat(there(selection::text)).isEmpty();
    }

    /** A line that had to be cut was never broken there. */
    @Test
    void aLineThatWasCutForItsLengthIsCopiedWhole() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("x".repeat(12_000)), done()));
        send("Hi");
        await(() -> rows().contains("STATUS FINISHED"));
        Selection selection = opened().selection();
        run(selection::selectAll);
        String text = there(selection::text);
        assertThat(text).startsWith("Hi\n\nx");
        assertThat(text.indexOf('\n', 4)).as("a break within the line").isEqualTo(-1);
        assertThat(text).hasSize(12_004);
    }
}
