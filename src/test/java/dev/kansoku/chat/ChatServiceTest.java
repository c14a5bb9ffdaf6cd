package dev.kansoku.chat;

import static dev.kansoku.chat.ScriptedChat.MODEL;
import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.running;
import static dev.kansoku.ollama.ScriptedServer.thinking;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.ollama.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChatServiceTest {

    /** Faults made on purpose are told as uncaught, which Awaitility would take for faults of the test. */
    @BeforeAll
    static void letFaultsBe() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @AfterAll
    static void doNotLetFaultsBe() {
        Awaitility.reset();
    }

    private final ScriptedChat chat = new ScriptedChat();
    private final ScriptedServer server = chat.server();
    private final ChatService service = chat.service();
    private final Heard heard = chat.heard();
    private final Conversation conversation = service.newConversation();

    @AfterEach
    void close() {
        chat.close();
    }

    // The life of a turn

    @Test
    void aTurnIsToldFromItsStartToItsFigures() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Hel"), chunk("lo"), done()));

        Turn turn = chat.send(conversation, "Say hello");

        ReplyFigures figures = heard.awaitEnd(turn, TurnEvent.Finished.class).figures();
        assertThat(figures.evalCount()).isEqualTo(10);
        assertThat(figures.load()).isEqualTo(Duration.ofSeconds(2));
        assertThat(turn.answer()).hasToString("Hello");
        assertThat(turn.state()).isEqualTo(Turn.State.FINISHED);
        List<TurnEvent> events = heard.of(turn);
        assertThat(events.get(0)).isInstanceOf(TurnEvent.Started.class);
        assertThat(events.get(1)).isInstanceOf(TurnEvent.FirstChunk.class);
        assertThat(events.subList(2, events.size() - 1)).hasOnlyElementsOfType(TurnEvent.Chunk.class);
        assertThat(events.getLast()).isInstanceOf(TurnEvent.Finished.class);
        assertThat(heard.of(turn, TurnEvent.Chunk.class).stream()
                        .mapToInt(TurnEvent.Chunk::chunks)
                        .sum())
                .as("lines of the stream, however they were joined")
                .isEqualTo(3);
    }

    @Test
    void itsTimesAreThoseOfTheBytes() {
        var received = new AtomicLong();
        var secondSent = new AtomicLong();
        var endSent = new AtomicLong();
        var firstSeen = new CountDownLatch(1);
        var secondSeen = new CountDownLatch(1);
        service.observe(
                event -> {
                    if (event instanceof TurnEvent.Chunk grown) {
                        (grown.answerLength() > 0 ? secondSeen : firstSeen).countDown();
                    }
                },
                ScriptedChat.BACKGROUND);
        server.on("/api/chat", exchange -> {
            received.set(System.nanoTime());
            exchange.stream().line(chunk("")).await(firstSeen);
            secondSent.set(System.nanoTime());
            exchange.line(chunk("Hello")).await(secondSeen);
            endSent.set(System.nanoTime());
            exchange.line(done()).end();
        });
        long before = System.nanoTime();

        Turn turn = chat.send(conversation, "Say hello");

        Timeline timeline = heard.awaitEnd(turn, TurnEvent.Finished.class).timeline();
        long after = System.nanoTime();
        long started = heard.await(turn, TurnEvent.Started.class).nanos();
        long first = heard.await(turn, TurnEvent.FirstChunk.class).nanos();
        assertThat(timeline.firstChunk()).as("the first chunk").isEqualTo(first);
        assertThat(List.of(
                        before,
                        started,
                        timeline.sent(),
                        requireNonNull(timeline.connected()),
                        received.get(),
                        secondSent.get(),
                        first,
                        endSent.get(),
                        timeline.last(),
                        after))
                .as("test, started, sent, connected, server got it, text sent, first chunk, end sent, last byte, test")
                .isSorted();
    }

    @Test
    void thinkingIsASubstanceOfItsOwn() {
        server.on("/api/chat", exchange -> exchange.ndjson(thinking("Hm."), chunk("Yes"), done()));

        Turn turn = chat.send(conversation, "Is it?");

        heard.awaitEnd(turn, TurnEvent.Finished.class);
        assertThat(turn.thinking()).hasToString("Hm.");
        assertThat(turn.answer()).hasToString("Yes");
        assertThat(heard.of(turn, TurnEvent.FirstChunk.class).getFirst().nanos())
                .as("the thinking is the first chunk")
                .isEqualTo(heard.of(turn, TurnEvent.Chunk.class).getFirst().firstNanos());
    }

    @Test
    void aTurnCarriesWhatItWasSentWith() {
        server.on("/api/chat", exchange -> exchange.ndjson(done()));

        Turn turn = chat.send(conversation, "Hello");

        assertThat(turn.sessionId()).isEqualTo(service.sessionId());
        assertThat(turn.createdAt()).isEqualTo(ScriptedChat.NOW);
        assertThat(turn.conversation()).isSameAs(conversation);
        assertThat(conversation.turns()).containsExactly(turn);
        heard.awaitEnd(turn, TurnEvent.Finished.class);
    }

    @Test
    void aReplyThatEndsWithoutItsFinalLineIsIncomplete() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("la"), chunk("la")));

        Turn turn = chat.send(conversation, "Sing");

        Timeline timeline = heard.awaitEnd(turn, TurnEvent.Incomplete.class).timeline();
        assertThat(turn.state()).isEqualTo(Turn.State.INCOMPLETE);
        assertThat(turn.answer()).hasToString("lala");
        assertThat(timeline.firstChunk()).isNotNull();
    }

    @Test
    void aFailureKeepsTheTextBeforeIt() {
        server.on(
                "/api/chat",
                exchange -> exchange.ndjson(
                        chunk("Once"), error("an error was encountered while running the model: unexpected EOF")));

        Turn turn = chat.send(conversation, "Tell");

        TurnEvent.Failed failed = heard.awaitEnd(turn, TurnEvent.Failed.class);
        assertThat(failed.error()).isInstanceOf(OllamaError.RunnerDied.class);
        assertThat(failed.timeline().firstChunk()).isNotNull();
        assertThat(turn.answer()).hasToString("Once");
        assertThat(turn.state()).isEqualTo(Turn.State.FAILED);
        assertThat(service.isBusy()).as("busy").isFalse();
    }

    @Test
    void aServerThatIsNotThereFailsTheTurnWithoutAConnection() {
        server.close();

        Turn turn = chat.send(conversation, "Hello?");

        TurnEvent.Failed failed = heard.awaitEnd(turn, TurnEvent.Failed.class);
        assertThat(failed.error()).isInstanceOf(OllamaError.NotRunning.class);
        assertThat(failed.timeline().connected()).isNull();
        assertThat(failed.timeline().last() - failed.timeline().sent()).isNotNegative();
    }

    @Test
    void aFaultOfOurOwnStillEndsTheTurn() {
        assertFaultEndsTheTurn(() -> {
            throw new IllegalStateException("on purpose");
        });
    }

    @Test
    void anErrorOfTheMachineStillEndsTheTurn() {
        assertFaultEndsTheTurn(() -> {
            throw new StackOverflowError("on purpose");
        });
    }

    private void assertFaultEndsTheTurn(Supplier<String> fault) {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Yes"), done()));

        Turn turn = service.send(conversation, MODEL, stoppingAt(broken(fault)), Prompt.of("Hello"));
        Turn next = chat.send(conversation, "Still there?");

        heard.awaitEnd(turn, TurnEvent.Failed.class);
        assertThat(heard.of(turn, TurnEvent.Started.class)).as("told its start").hasSize(1);
        assertThat(turn.state()).isEqualTo(Turn.State.FAILED);
        heard.awaitEnd(next, TurnEvent.Finished.class);
    }

    private static List<String> broken(Supplier<String> fault) {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return fault.get();
            }

            @Override
            public int size() {
                return 1;
            }
        };
    }

    private static ModelOptions stoppingAt(List<String> stop) {
        return new ModelOptions(4096, 100, null, 0, 42, 0.5, null, null, null, null, stop);
    }

    // What the model is sent

    @Test
    void theConversationSoFarGoesWithEachPromptButNotItsThinking() {
        var calls = new AtomicInteger();
        server.on(
                "/api/chat",
                exchange -> exchange.ndjson(
                        thinking("Hm. "), chunk("Answer "), chunk("" + calls.incrementAndGet()), done()));

        chat.finish(conversation, "First");
        chat.finish(conversation, "Second");
        chat.finish(conversation, "Third");

        assertThat(messages(0)).containsExactly("user: First");
        assertThat(messages(1)).containsExactly("user: First", "assistant: Answer 1", "user: Second");
        assertThat(messages(2))
                .containsExactly(
                        "user: First", "assistant: Answer 1", "user: Second", "assistant: Answer 2", "user: Third");
    }

    @Test
    void attachmentsGoWithTheirPrompt() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));

        Turn turn = service.send(
                conversation, MODEL, ModelOptions.DEFAULTS, new Prompt("Read", List.of(new Attachment("a long text"))));

        heard.awaitEnd(turn, TurnEvent.Finished.class);
        assertThat(messages(0)).containsExactly("user: Read\n\na long text");
    }

    @Test
    void whatWasStoppedOrStayedIncompleteIsSentWithTheTextItHas() throws Exception {
        server.on("/api/chat", exchange -> exchange.stream().line(chunk("Half")).awaitClientGone());
        Turn stopped = chat.send(conversation, "First");
        heard.await(stopped, TurnEvent.Chunk.class);
        service.stop(stopped);
        heard.awaitEnd(stopped, TurnEvent.Stopped.class);
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("lala")));
        heard.awaitEnd(chat.send(conversation, "Second"), TurnEvent.Incomplete.class);
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));

        chat.finish(conversation, "Third");

        assertThat(messages(2))
                .containsExactly("user: First", "assistant: Half", "user: Second", "assistant: lala", "user: Third");
    }

    @Test
    void whatHasNoAnswerIsNotSentAndHalfOfOneIs() {
        server.on("/api/chat", exchange -> exchange.json(404, error("model 'tinyllama' not found")));
        heard.awaitEnd(chat.send(conversation, "First"), TurnEvent.Failed.class);
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Half an"), error("boom")));
        heard.awaitEnd(chat.send(conversation, "Second"), TurnEvent.Failed.class);
        server.on("/api/chat", exchange -> exchange.ndjson(thinking("Only thought"), done()));
        chat.finish(conversation, "Third");
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));

        chat.finish(conversation, "Fourth");

        assertThat(messages(3)).containsExactly("user: Second", "assistant: Half an", "user: Fourth");
    }

    @Test
    void theModelMayChangeWithinAConversation() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));
        chat.finish(conversation, "First");

        Turn turn = service.send(conversation, "granite3.2:2b", ModelOptions.DEFAULTS, Prompt.of("Second"));

        heard.awaitEnd(turn, TurnEvent.Finished.class);
        assertThat(body(0).path("model").asText()).isEqualTo(MODEL);
        assertThat(body(1).path("model").asText()).isEqualTo("granite3.2:2b");
        assertThat(messages(1)).containsExactly("user: First", "assistant: Ok", "user: Second");
    }

    @Test
    void theOptionsAreSentAndNoOthers() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));

        heard.awaitEnd(
                service.send(conversation, MODEL, stoppingAt(List.of("END")), Prompt.of("Hello")),
                TurnEvent.Finished.class);

        JsonNode options = body(0).path("options");
        assertThat(options.path("num_ctx").asInt()).isEqualTo(4096);
        assertThat(options.path("seed").asInt()).isEqualTo(42);
        assertThat(options.path("stop").path(0).asText()).isEqualTo("END");
        assertThat(options.has("top_k"))
                .as("an option that was not set is sent")
                .isFalse();
    }

    // Retry

    @Test
    void whatIsSentAgainIsAnotherBranch() {
        server.on("/api/chat", exchange -> exchange.json(503, error("server busy, please try again.")));
        Turn failed = chat.send(conversation, "First");
        heard.awaitEnd(failed, TurnEvent.Failed.class);
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));

        Turn again = service.again(failed, failed.model());

        heard.awaitEnd(again, TurnEvent.Finished.class);
        assertThat(conversation.turns()).containsExactly(failed, again);
        assertThat(conversation.path()).containsExactly(again);
        assertThat(conversation.branches(failed)).containsExactly(failed, again);
        assertThat(again.requestId()).isNotEqualTo(failed.requestId());
        assertThat(messages(1)).containsExactly("user: First");
    }

    @Test
    void whatIsSentAgainStaysButIsNoPartOfTheOtherBranch() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("la")));
        Turn incomplete = service.send(conversation, MODEL, stoppingAt(List.of("END")), Prompt.of("First"));
        heard.awaitEnd(incomplete, TurnEvent.Incomplete.class);
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));

        Turn again = service.again(incomplete, incomplete.model());

        heard.awaitEnd(again, TurnEvent.Finished.class);
        assertThat(conversation.turns()).containsExactly(incomplete, again);
        assertThat(incomplete.answer()).hasToString("la");
        assertThat(again.options()).isEqualTo(incomplete.options());
        assertThat(messages(1)).containsExactly("user: First");
        chat.finish(conversation, "Second");
        assertThat(messages(2)).containsExactly("user: First", "assistant: Ok", "user: Second");
    }

    // Branches

    @Test
    void whatGoesOnBeginsWithTheAnswerSoFarAndIsAnotherBranch() throws Exception {
        server.on(
                "/api/chat",
                exchange -> exchange.stream().line(chunk("Once upon")).awaitClientGone());
        Turn stopped = service.send(conversation, MODEL, stoppingAt(List.of("END")), Prompt.of("A tale"));
        heard.await(stopped, TurnEvent.Chunk.class);
        service.stop(stopped);
        heard.awaitEnd(stopped, TurnEvent.Stopped.class);
        server.on("/api/chat", exchange -> exchange.ndjson(chunk(" a time."), done()));

        Turn more = service.goOn(stopped);

        heard.awaitEnd(more, TurnEvent.Finished.class);
        assertThat(messages(1)).containsExactly("user: A tale", "assistant: Once upon");
        assertThat(more.answer()).hasToString("Once upon a time.");
        assertThat(more.written()).isEqualTo(" a time.");
        assertThat(more.model()).isEqualTo(stopped.model());
        assertThat(more.options()).isEqualTo(stopped.options());
        assertThat(stopped.answer()).as("the earlier branch").hasToString("Once upon");
        assertThat(conversation.path()).containsExactly(more);
        assertThat(conversation.branches(more)).containsExactly(stopped, more);
        assertThat(heard.of(more, TurnEvent.Chunk.class).getLast().answerLength())
                .as("how far the whole answer reaches")
                .isEqualTo("Once upon a time.".length());
    }

    @Test
    void anotherPromptTakesThePlaceOfAnEarlierOne() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));
        Turn first = chat.finish(conversation, "First");
        Turn second = chat.finish(conversation, "Second");
        chat.finish(conversation, "Third");

        Turn edited = service.edit(second, "granite3.2:2b", Prompt.of("Second anew"));

        heard.awaitEnd(edited, TurnEvent.Finished.class);
        assertThat(messages(3)).containsExactly("user: First", "assistant: Ok", "user: Second anew");
        assertThat(edited.model()).isEqualTo("granite3.2:2b");
        assertThat(conversation.path()).containsExactly(first, edited);
        assertThat(conversation.branches(edited)).containsExactly(second, edited);
    }

    @Test
    void whatIsSentFollowsTheBranchThatIsSeen() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("One"), done()));
        Turn first = chat.finish(conversation, "First");
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Two"), done()));
        heard.awaitEnd(service.again(first, MODEL), TurnEvent.Finished.class);

        service.choose(first);
        Turn next = chat.finish(conversation, "Next");

        assertThat(next.parent()).isEqualTo(first);
        assertThat(messages(2)).containsExactly("user: First", "assistant: One", "user: Next");
    }

    @Test
    void whatWaitsIsSentWithTheBranchItFollowsThoughAnotherIsSeenByThen() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("One"), done()));
        Turn first = chat.finish(conversation, "First");
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("Two")).await(goOn);
            exchange.line(done()).end();
        });
        Turn again = service.again(first, MODEL);
        heard.await(again, TurnEvent.Chunk.class);
        Turn waiting = chat.send(conversation, "Next");
        service.choose(first);
        Turn elsewhere = chat.send(conversation, "Elsewhere");

        goOn.countDown();
        heard.awaitEnd(waiting, TurnEvent.Finished.class);
        heard.awaitEnd(elsewhere, TurnEvent.Finished.class);

        assertThat(messages(2)).containsExactly("user: First", "assistant: Two", "user: Next");
        assertThat(messages(3)).containsExactly("user: First", "assistant: One", "user: Elsewhere");
        assertThat(conversation.path()).containsExactly(first, elsewhere);
    }

    @Test
    void aTurnThatIsTakenBackLeavesThoseThatFollowItInTheQueue() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("One")).await(goOn);
            exchange.line(done()).end();
        });
        Turn first = chat.send(conversation, "First");
        heard.await(first, TurnEvent.Chunk.class);
        Turn second = chat.send(conversation, "Second");
        Turn third = chat.send(conversation, "Third");

        assertThat(service.unqueue(second)).isTrue();
        goOn.countDown();
        heard.awaitEnd(third, TurnEvent.Finished.class);

        assertThat(third.parent()).isEqualTo(first);
        assertThat(messages(1)).containsExactly("user: First", "assistant: One", "user: Third");
        assertThat(service.unqueue(third)).as("one that has run").isFalse();
    }

    // Stop

    @Test
    void stopKeepsWhatWasWrittenAndClosesTheConnectionAtOnce() throws Exception {
        var gone = new AtomicLong();
        var noticed = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("Half an ans")).awaitClientGone();
            gone.set(System.nanoTime());
            noticed.countDown();
        });
        Turn turn = chat.send(conversation, "Tell");
        heard.await(turn, TurnEvent.Chunk.class);

        long asked = System.nanoTime();
        service.stop(turn);

        assertThat(noticed.await(5, TimeUnit.SECONDS))
                .as("the server has noticed")
                .isTrue();
        assertThat(Duration.ofNanos(gone.get() - asked)).isLessThan(Duration.ofSeconds(1));
        heard.awaitEnd(turn, TurnEvent.Stopped.class);
        assertThat(turn.answer()).hasToString("Half an ans");
        assertThat(turn.state()).isEqualTo(Turn.State.STOPPED);
    }

    @Test
    void aStoppedTurnEndsWhenItIsStopped() {
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("Half an ans"));
            exchange.awaitClientGone();
        });
        Turn turn = chat.send(conversation, "Tell");
        heard.await(turn, TurnEvent.Chunk.class);

        long stopped = System.nanoTime();
        service.stop(turn);

        Timeline timeline = heard.awaitEnd(turn, TurnEvent.Stopped.class).timeline();
        assertThat(timeline.last() - stopped).as("nanoseconds from stop to end").isNotNegative();
    }

    @Test
    void stopWorksWhileTheFirstByteIsAwaited() throws Exception {
        var received = new CountDownLatch(1);
        var noticed = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            received.countDown();
            exchange.awaitClientGone();
            noticed.countDown();
        });
        Turn turn = chat.send(conversation, "Tell");
        assertThat(received.await(5, TimeUnit.SECONDS)).as("the request came").isTrue();

        service.stop(turn);

        Timeline timeline = heard.awaitEnd(turn, TurnEvent.Stopped.class).timeline();
        assertThat(noticed.await(5, TimeUnit.SECONDS))
                .as("the server has noticed")
                .isTrue();
        assertThat(timeline.firstChunk()).isNull();
        assertThat(timeline.connected()).isNotNull();
    }

    @Test
    void stopBeforeTheRequestIsSentSendsNothing() {
        // The prompt waits for its short look at the models in memory.
        server.on("/api/ps", ScriptedServer.Exchange::awaitClientGone);
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));

        Turn turn = chat.send(conversation, "Tell");
        service.stop(turn);

        Timeline timeline = heard.awaitEnd(turn, TurnEvent.Stopped.class).timeline();
        assertThat(server.requests("/api/chat")).isEmpty();
        assertThat(timeline.connected()).isNull();
        assertThat(timeline.last()).isEqualTo(timeline.sent());
    }

    @Test
    void stopOfWhatIsOverDoesNothing() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));
        Turn turn = chat.finish(conversation, "Tell");

        service.stop(turn);

        assertThat(turn.state()).isEqualTo(Turn.State.FINISHED);
    }

    @Test
    void stoppingManyTurnsAtAnyMomentEndsEachOfThemOnce() {
        server.on("/api/chat", exchange -> exchange.stream().line(chunk("a")).awaitClientGone());
        var turns = new ArrayList<Turn>();
        for (int i = 0; i < 60; i++) {
            Turn turn = chat.send("Tell " + i);
            turns.add(turn);
            if (i % 3 == 1) {
                heard.await(turn, TurnEvent.Started.class);
            } else if (i % 3 == 2) {
                heard.await(turn, TurnEvent.FirstChunk.class);
            }
            service.stop(turn);
        }

        for (Turn turn : turns) {
            heard.awaitEnd(turn, TurnEvent.Stopped.class);
            assertThat(heard.of(turn, TurnEvent.Ended.class))
                    .as("ends of %s", turn)
                    .hasSize(1);
        }
        await().until(() -> !service.isBusy());
    }

    // Queue

    @Test
    void aSecondPromptOfAConversationWaitsForTheFirst() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("One")).await(goOn).line(done()).end();
        });
        Turn first = chat.send(conversation, "First");
        heard.await(first, TurnEvent.FirstChunk.class);

        Turn second = chat.send(conversation, "Second");

        assertThat(second.state()).isEqualTo(Turn.State.QUEUED);
        assertThat(heard.of(second)).isEmpty();
        goOn.countDown();
        TurnEvent.Finished end = heard.awaitEnd(first, TurnEvent.Finished.class);
        heard.awaitEnd(second, TurnEvent.Finished.class);
        assertThat(heard.await(second, TurnEvent.Started.class).nanos())
                .isGreaterThanOrEqualTo(end.timeline().last());
        assertThat(messages(1)).containsExactly("user: First", "assistant: One", "user: Second");
    }

    @Test
    void aWaitingPromptCanBeTakenBack() {
        var goOn = new CountDownLatch(1);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("One")).await(goOn).line(done()).end();
        });
        Turn first = chat.send(conversation, "First");
        Turn second = chat.send(conversation, "Second");
        Turn third = chat.send(conversation, "Third");

        assertThat(service.unqueue(second)).as("second").isTrue();
        assertThat(service.unqueue(second)).as("second, once more").isFalse();
        assertThat(service.unqueue(first)).as("first, which runs").isFalse();

        goOn.countDown();
        heard.awaitEnd(third, TurnEvent.Finished.class);
        assertThat(service.unqueue(third)).as("third, which is over").isFalse();
        assertThat(conversation.turns()).containsExactly(first, third);
        assertThat(heard.of(second)).isEmpty();
        assertThat(messages(1)).containsExactly("user: First", "assistant: One", "user: Third");
    }

    @Test
    void aWaitingPromptStartsAfterAStopAndAfterAFailure() {
        server.on("/api/chat", exchange -> exchange.stream().line(chunk("Half")).awaitClientGone());
        Turn first = chat.send(conversation, "First");
        heard.await(first, TurnEvent.Chunk.class);
        Turn second = chat.send(conversation, "Second");
        Turn third = chat.send(conversation, "Third");
        var calls = new AtomicInteger();
        server.on("/api/chat", exchange -> {
            if (calls.incrementAndGet() == 1) {
                exchange.json(500, error("boom"));
            } else {
                exchange.ndjson(chunk("Ok"), done());
            }
        });

        service.stop(first);

        heard.awaitEnd(first, TurnEvent.Stopped.class);
        heard.awaitEnd(second, TurnEvent.Failed.class);
        heard.awaitEnd(third, TurnEvent.Finished.class);
        await("nothing to run").until(() -> !service.isBusy());
    }

    @Test
    void twoConversationsRunAtOnceAndDoNotMix() {
        var both = new CyclicBarrier(2);
        server.on("/api/chat", exchange -> {
            String name = exchange.body().contains("I am A") ? "A" : "B";
            exchange.stream();
            for (int i = 0; i < 20; i++) {
                both.await(5, TimeUnit.SECONDS);
                exchange.line(chunk(name));
            }
            exchange.line(done()).end();
        });

        Turn a = chat.send("I am A");
        Turn b = chat.send("I am B");

        heard.awaitEnd(a, TurnEvent.Finished.class);
        heard.awaitEnd(b, TurnEvent.Finished.class);
        assertThat(a.answer()).hasToString("A".repeat(20));
        assertThat(b.answer()).hasToString("B".repeat(20));
    }

    // The look at the models just before

    @Test
    void aPromptWaitsOnlyShortlyForAServerThatDoesNotTellItsModels() {
        server.on("/api/ps", ScriptedServer.Exchange::awaitClientGone);
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));

        long sent = System.nanoTime();
        Turn turn = chat.send(conversation, "Hello");

        long started = heard.await(turn, TurnEvent.Started.class).nanos();
        assertThat(Duration.ofNanos(started - sent)).isLessThan(Duration.ofSeconds(1));
        heard.awaitEnd(turn, TurnEvent.Finished.class);
        assertThat(server.requests("/api/ps")).as("looks").hasSize(1);
    }

    @Test
    void theStartCarriesWhatTheServerHadInMemoryJustBefore() {
        server.on("/api/ps", exchange -> exchange.json(200, running(MODEL)));
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));
        ModelSnapshot known = chat.awaitModels();

        Turn turn = chat.send(conversation, "Hello");

        TurnEvent.Started started = heard.await(turn, TurnEvent.Started.class);
        assertThat(started.models()).as("young enough to be used as it is").isSameAs(known);
        assertThat(started.models().running(MODEL)).isPresent();
        assertThat(started.nanos() - started.models().takenNanos()).isNotNegative();
        heard.awaitEnd(turn, TurnEvent.Finished.class);
    }

    // The end

    @Test
    void closeStopsEverything() throws Exception {
        var noticed = new CountDownLatch(2);
        server.on("/api/chat", exchange -> {
            exchange.stream().line(chunk("Half")).awaitClientGone();
            noticed.countDown();
        });
        Turn first = chat.send(conversation, "First");
        Turn queued = chat.send(conversation, "Second");
        Turn other = chat.send("Other");
        heard.await(first, TurnEvent.Chunk.class);
        heard.await(other, TurnEvent.Chunk.class);

        service.close();

        heard.awaitEnd(first, TurnEvent.Stopped.class);
        heard.awaitEnd(other, TurnEvent.Stopped.class);
        assertThat(noticed.await(5, TimeUnit.SECONDS))
                .as("the server has noticed")
                .isTrue();
        await("nothing to run").until(() -> !service.isBusy());
        assertThat(heard.of(queued)).as("what waited").isEmpty();
        assertThat(server.requests("/api/chat")).hasSize(2);
    }

    @Test
    void whatIsSentAfterTheEndIsNotSent() {
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Ok"), done()));
        service.close();

        Turn turn = chat.send(conversation, "Hello");

        heard.awaitEnd(turn, TurnEvent.Stopped.class);
        assertThat(server.requests("/api/chat")).isEmpty();
    }

    private JsonNode body(int request) {
        String body = server.requests("/api/chat").get(request).body();
        try {
            return new JsonMapper().readTree(body);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + body, e);
        }
    }

    private List<String> messages(int request) {
        var messages = new ArrayList<String>();
        body(request)
                .path("messages")
                .forEach(message -> messages.add(message.path("role").asText() + ": "
                        + message.path("content").asText()));
        return messages;
    }
}
