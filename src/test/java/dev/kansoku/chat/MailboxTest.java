package dev.kansoku.chat;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.ScriptedServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxTest {

    /** Faults made on purpose are told as uncaught, which Awaitility would take for faults of the test. */
    @BeforeAll
    static void letFaultsBe() {
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @AfterAll
    static void doNotLetFaultsBe() {
        Awaitility.reset();
    }

    private static final int LINES = 12;
    private static final Duration PAUSE = Duration.ofMillis(15);

    private final ScriptedChat chat = new ScriptedChat();
    private final ScriptedServer server = chat.server();
    private final ChatService service = chat.service();
    private final Heard heard = chat.heard();

    @AfterEach
    void close() {
        chat.close();
    }

    @Test
    void anObserverThatIsSlowChangesNoTimeOfTheTurn() throws Exception {
        var slow = new Heard();
        var atEnd = new CountDownLatch(1);
        Timeline alone = pacedTurn();

        service.observe(
                event -> {
                    pause(Duration.ofMillis(100));
                    slow.on(event);
                    if (event instanceof TurnEvent.Ended) {
                        atEnd.countDown();
                    }
                },
                ScriptedChat.BACKGROUND);
        Timeline watched = pacedTurn();

        assertSameTimes(watched, alone);
        assertThat(atEnd.await(10, TimeUnit.SECONDS))
                .as("the slow one heard of the end")
                .isTrue();
        Turn turn = slow.of(lastTurn(), TurnEvent.Ended.class).getFirst().turn();
        List<TurnEvent.Chunk> told = slow.of(turn, TurnEvent.Chunk.class);
        assertThat(told.getLast().answerLength())
                .as("how far the slow one got")
                .isEqualTo(turn.answer().length());
        assertThat(told.stream().mapToInt(TurnEvent.Chunk::chunks).sum())
                .as("lines the slow one was told of")
                .isEqualTo(LINES + 1);
        assertThat(told.size())
                .as("hand-overs: chunks that come meanwhile are joined")
                .isLessThan(LINES);
    }

    @Test
    void anObserverThatThrowsChangesNothingForAnybody() {
        Timeline alone = pacedTurn();

        var calls = new ArrayList<TurnEvent>();
        service.observe(
                event -> {
                    calls.add(event);
                    throw new IllegalStateException("on purpose");
                },
                ScriptedChat.BACKGROUND);
        Timeline watched = pacedTurn();

        assertSameTimes(watched, alone);
        assertThat(calls).as("it is told all the same").hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void anObserverThatBreaksDownIsStillToldTheEnd() throws Exception {
        var atEnd = new CountDownLatch(1);
        service.observe(
                event -> {
                    if (event instanceof TurnEvent.Ended) {
                        atEnd.countDown();
                    }
                    throw new StackOverflowError("on purpose");
                },
                ScriptedChat.BACKGROUND);

        pacedTurn();

        assertThat(atEnd.await(5, TimeUnit.SECONDS)).as("told the end").isTrue();
    }

    @Test
    void anObserverWhoseExecutorIsGoneOrBrokenHarmsNobody() {
        service.observe(event -> {}, action -> {
            throw new RejectedExecutionException("shut down");
        });
        service.observe(event -> {}, action -> {
            throw new IllegalStateException("Toolkit not initialized");
        });

        pacedTurn();
    }

    @Test
    void atMostOneHandOverIsPending() {
        var executor = new Waiting();
        var told = new Heard();
        var mailbox = new Mailbox(told, executor);
        Turn turn = Turns.turn("tinyllama");

        mailbox.offer(new TurnEvent.Started(turn, ModelSnapshot.none(OllamaAddress.DEFAULT), 1));
        mailbox.offer(new TurnEvent.FirstChunk(turn, 10));
        mailbox.offer(chunkOf(turn, 5, 10));
        mailbox.offer(chunkOf(turn, 9, 20));
        mailbox.offer(chunkOf(turn, 12, 30));

        assertThat(executor.actions).as("pending hand-overs").hasSize(1);
        executor.runNext();
        assertThat(told.of(turn))
                .containsExactly(
                        new TurnEvent.Started(turn, ModelSnapshot.none(OllamaAddress.DEFAULT), 1),
                        new TurnEvent.FirstChunk(turn, 10),
                        new TurnEvent.Chunk(turn, 12, 0, 3, 10, 30));
        assertThat(executor.actions).as("nothing is left to hand over").isEmpty();
    }

    @Test
    void whatComesDuringAHandOverGoesWithTheNext() {
        var executor = new Waiting();
        Turn turn = Turns.turn("tinyllama");
        var told = new Heard();
        var mailboxes = new ArrayList<Mailbox>();
        mailboxes.add(new Mailbox(
                event -> {
                    told.on(event);
                    if (event instanceof TurnEvent.FirstChunk) {
                        mailboxes.getFirst().offer(chunkOf(turn, 1, 2));
                        mailboxes.getFirst().offer(chunkOf(turn, 2, 3));
                    }
                },
                executor));

        mailboxes.getFirst().offer(new TurnEvent.FirstChunk(turn, 1));
        executor.runNext();

        assertThat(executor.actions).hasSize(1);
        executor.runNext();
        assertThat(told.of(turn))
                .containsExactly(new TurnEvent.FirstChunk(turn, 1), new TurnEvent.Chunk(turn, 2, 0, 2, 2, 3));
        assertThat(executor.actions).isEmpty();
    }

    private static TurnEvent.Chunk chunkOf(Turn turn, int answerLength, long nanos) {
        return new TurnEvent.Chunk(turn, answerLength, 0, 1, nanos, nanos);
    }

    /** Runs a turn whose lines come with known pauses. */
    private Timeline pacedTurn() {
        server.on("/api/chat", exchange -> {
            pause(PAUSE);
            exchange.stream();
            for (int i = 0; i < LINES; i++) {
                exchange.line(chunk("word "));
                pause(PAUSE);
            }
            exchange.line(done()).end();
        });
        Turn turn = chat.send("Tell");
        Timeline timeline = heard.awaitEnd(turn, TurnEvent.Finished.class).timeline();
        assertThat(turn.answer()).hasToString("word ".repeat(LINES));
        turns.add(turn);
        return timeline;
    }

    private final List<Turn> turns = new ArrayList<>();

    private Turn lastTurn() {
        return turns.getLast();
    }

    private static void assertSameTimes(Timeline watched, Timeline alone) {
        // An observer that is waited for would cost more than a second. The first chunk may be read a little late.
        long scripted = PAUSE.toMillis() * LINES - 20;
        assertThat(millis(alone)).as("ms from first chunk to last byte").isGreaterThanOrEqualTo(scripted);
        assertThat(millis(watched))
                .as("ms from first chunk to last byte, with the observer")
                .isGreaterThanOrEqualTo(scripted)
                .isCloseTo(millis(alone), within(300L));
        assertThat(millisToFirst(watched))
                .as("ms to the first chunk, with the observer")
                .isGreaterThanOrEqualTo(PAUSE.toMillis())
                .isCloseTo(millisToFirst(alone), within(300L));
    }

    private static long millisToFirst(Timeline timeline) {
        long first = requireNonNull(timeline.firstChunk(), "no first chunk");
        return Duration.ofNanos(first - timeline.sent()).toMillis();
    }

    private static long millis(Timeline timeline) {
        long first = requireNonNull(timeline.firstChunk(), "no first chunk");
        return Duration.ofNanos(timeline.last() - first).toMillis();
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs what it is given when the test says so. */
    private static final class Waiting implements Executor {

        private final Deque<Runnable> actions = new ArrayDeque<>();

        @Override
        public void execute(Runnable action) {
            actions.addLast(action);
        }

        void runNext() {
            actions.removeFirst().run();
        }
    }
}
