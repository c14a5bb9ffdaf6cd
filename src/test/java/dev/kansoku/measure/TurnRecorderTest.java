package dev.kansoku.measure;

import static dev.kansoku.chat.ScriptedChat.BACKGROUND;
import static dev.kansoku.chat.ScriptedChat.MODEL;
import static dev.kansoku.measure.SegmentsTest.assertAddsUp;
import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.digest;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.running;
import static dev.kansoku.ollama.ScriptedServer.tags;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.Prompt;
import dev.kansoku.chat.ScriptedChat;
import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.TurnObserver;
import dev.kansoku.chat.Turns;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ReplyFigures;
import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ollama.Timeouts;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TurnRecorderTest {

    private final ScriptedChat chat = new ScriptedChat();
    private final ScriptedServer server = chat.server();
    private final FakeMachine machine = new FakeMachine();
    private final Samples samples = new Samples();
    private final LoadTimes loads = new LoadTimes(KnownLoads.NONE);
    private final TurnRecorder recorder = new TurnRecorder(chat.models(), new OllamaProcesses(machine), samples, loads);
    private final List<TurnMeasurement> measured = new CopyOnWriteArrayList<>();

    @BeforeEach
    void wire() {
        recorder.onMeasured(measured::add);
        chat.service().observe(recorder, BACKGROUND);
        server.on("/api/version", exchange -> exchange.json(200, "{\"version\":\"0.32.15\"}"));
        server.on(
                "/api/show",
                exchange -> exchange.json(200, "{\"modelfile\":\"FROM /models/blobs/" + FakeMachine.BLOB + "\"}"));
    }

    @AfterEach
    void close() {
        chat.close();
    }

    /** As the window does: tells that the last text is on the screen as soon as it has it. */
    private void drawAtOnce() {
        chat.service()
                .observe(
                        event -> {
                            if (event instanceof TurnEvent.Ended) {
                                recorder.drawn(event.turn(), new Drawing(System.nanoTime(), null));
                            }
                        },
                        BACKGROUND);
    }

    private TurnMeasurement measurementOf(Turn turn) {
        return await("the measurement")
                .pollInterval(Duration.ofMillis(5))
                .until(() -> measured.stream().filter(m -> m.turn() == turn).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private void inMemory(String... models) {
        server.on("/api/ps", exchange -> exchange.json(200, running(models)));
    }

    private void answer(long loadMillis) {
        server.on("/api/chat", exchange -> loadAndAnswer(exchange, loadMillis));
    }

    /** Takes as long as it says. */
    private static void loadAndAnswer(ScriptedServer.Exchange exchange, long loadMillis) throws IOException {
        waitOut(Duration.ofMillis(loadMillis));
        exchange.ndjson(chunk("Yes"), done(loadMillis + 2, loadMillis, 26, 1, 2, 1));
    }

    private void learnWeights() {
        chat.models().askNow();
        await("the weights").until(() -> chat.models().latest().blob(MODEL).isPresent());
    }

    // One measurement a turn

    @Test
    void aTurnIsMeasuredOnceWithTheTimeOfItsLastPulse() {
        inMemory(MODEL);
        machine.old();
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("a"), chunk("b"), done(3, 1, 26, 1, 10, 1)));
        chat.awaitModels();

        Turn turn = chat.send("Hello");
        Timeline timeline = chat.heard().await(turn, TurnEvent.Ended.class).timeline();
        recorder.drawn(turn, new Drawing(timeline.last() + 16_000_000, null));
        recorder.drawn(turn, new Drawing(timeline.last() + 99_000_000, null));

        TurnMeasurement measurement = measurementOf(turn);
        recorder.drawn(turn, new Drawing(timeline.last() + 99_000_000, null));
        assertThat(measurement.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(measurement.serverVersion()).isEqualTo("0.32.15");
        assertThat(measurement.error()).isNull();
        assertThat(measurement.segments().duration(SegmentKind.DRAW)).contains(Duration.ofMillis(16));
        assertThat(measurement.segments().wall())
                .isEqualTo(Duration.ofNanos(timeline.last() + 16_000_000 - timeline.sent()));
        assertThat(measurement.timeToFirstToken())
                .isEqualTo(Duration.ofNanos(requireNonNull(timeline.firstChunk()) - timeline.sent()));
        assertThat(requireNonNull(measurement.figures()).evalCount()).isEqualTo(10);
        assertThat(measured).hasSize(1);
    }

    @Test
    void aTurnThatIsNeverDrawnIsMeasuredASecondLater() {
        answer(20);

        Turn turn = chat.send("Hello");
        Timeline timeline = chat.heard().await(turn, TurnEvent.Ended.class).timeline();
        TurnMeasurement measurement = measurementOf(turn);

        assertThat(Duration.ofNanos(System.nanoTime() - timeline.last()))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(5));
        assertThat(measurement.segments().duration(SegmentKind.DRAW)).isEmpty();
        assertThat(measurement.segments().wall()).isEqualTo(Duration.ofNanos(timeline.last() - timeline.sent()));
    }

    @Test
    void itDoesNotMatterThatTheWindowIsQuickerThanTheRecorder() {
        Turn turn = Turns.turn(MODEL);
        recorder.drawn(turn, new Drawing(1_050_000_000, null));

        recorder.on(new TurnEvent.Started(turn, ModelSnapshot.none(OllamaAddress.DEFAULT), System.nanoTime()));
        recorder.on(new TurnEvent.Incomplete(turn, new Timeline(0, 1L, null, 1_000_000_000)));

        assertThat(measurementOf(turn).segments().duration(SegmentKind.DRAW)).contains(Duration.ofMillis(50));
    }

    @Test
    void aTurnWhoseStartWasMissedIsMeasuredAllTheSame() {
        Turn turn = Turns.turn(MODEL);
        recorder.drawn(turn, new Drawing(2, null));

        recorder.on(new TurnEvent.Failed(turn, new OllamaError.Protocol(""), new Timeline(1, null, null, 1)));

        TurnMeasurement measurement = measurementOf(turn);
        assertThat(measurement.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(measurement.verdict()).isEqualTo(LoadVerdict.UNKNOWN);
    }

    @Test
    void aListenerThatThrowsDoesNotKeepItFromTheOthers() {
        var late = new CopyOnWriteArrayList<TurnMeasurement>();
        recorder.onMeasured(measurement -> {
            throw new IllegalStateException("on purpose");
        });
        recorder.onMeasured(late::add);
        drawAtOnce();
        answer(20);

        chat.send("Hello");

        await("the last listener to be told").until(() -> late.size() == 1);
    }

    @Test
    void aProcessTableThatCannotBeReadOnlyCostsTheVerdictASignal() {
        inMemory(MODEL);
        chat.awaitModels();
        learnWeights();
        machine.cannotBeRead();
        drawAtOnce();
        answer(20);

        assertThat(measurementOf(chat.send("Hello")).verdict()).isEqualTo(LoadVerdict.WARM);
    }

    // Outcomes without figures

    @Test
    void aStoppedTurnHasOnlyWhatTheClientSaw() {
        inMemory(MODEL);
        drawAtOnce();
        server.on("/api/chat", exchange -> exchange.stream().line(chunk("Half")).awaitClientGone());
        Turn turn = chat.send("Hello");
        chat.heard().await(turn, TurnEvent.Chunk.class);

        chat.service().stop(turn);

        TurnMeasurement measurement = measurementOf(turn);
        assertThat(measurement.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(measurement.verdict()).isEqualTo(LoadVerdict.UNKNOWN);
        assertThat(measurement.figures()).isNull();
        assertThat(measurement.tokensPerSecond()).isEmpty();
        assertThat(measurement.timeToFirstToken()).isNotNull();
        assertThat(measurement.segments().parts())
                .extracting(Segment::kind)
                .containsExactly(SegmentKind.CONNECT, SegmentKind.UNKNOWN, SegmentKind.DECODE, SegmentKind.DRAW);
    }

    @Test
    void aFailedTurnSaysWhy() {
        drawAtOnce();
        server.on("/api/chat", exchange -> exchange.json(404, error("model 'tinyllama' not found")));

        TurnMeasurement measurement = measurementOf(chat.send("Hello"));

        assertThat(measurement.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(measurement.error()).isInstanceOf(OllamaError.ModelMissing.class);
        assertThat(measurement.timeToFirstToken()).isNull();
    }

    @Test
    void anIncompleteTurnIsCalledThat() {
        drawAtOnce();
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("lala")));

        assertThat(measurementOf(chat.send("Hello")).outcome()).isEqualTo(Outcome.INCOMPLETE);
    }

    // What cannot be

    private static final Map<String, String> RIGHT = Map.of(
            "total_duration", "4000",
            "load_duration", "1000",
            "prompt_eval_count", "20",
            "prompt_eval_duration", "1000",
            "eval_count", "20",
            "eval_duration", "1000");

    /** Absent, negative, longer than the turn, the largest that can be said, and more than that. */
    private static Stream<String> broken() {
        return Stream.of("null", "-1", "3600000000000", "9223372036854775807", "9223372036854775808");
    }

    private static Stream<Map<String, String>> oneBroken() {
        return broken().flatMap(value -> RIGHT.keySet().stream().map(name -> {
            var figures = new HashMap<>(RIGHT);
            figures.put(name, value);
            return figures;
        }));
    }

    private TurnMeasurement saying(Map<String, String> figures) {
        String fields = figures.entrySet().stream()
                .map(figure -> "\"" + figure.getKey() + "\":" + figure.getValue())
                .collect(Collectors.joining(","));
        inMemory(MODEL);
        machine.old();
        chat.awaitModels();
        drawAtOnce();
        server.on("/api/chat", exchange -> exchange.ndjson(chunk("Yes"), done(fields)));
        return measurementOf(chat.send("Hello"));
    }

    @ParameterizedTest
    @MethodSource("oneBroken")
    void aFigureThatCannotBeIsUnknownAndSpoilsNoOther(Map<String, String> figures) {
        TurnMeasurement measurement = saying(figures);

        assertThat(measurement.outcome()).isEqualTo(Outcome.SUCCESS);
        assertAddsUp(measurement.segments());
        assertThat(measurement.verdict()).isIn(LoadVerdict.WARM, LoadVerdict.UNKNOWN);
        measurement.tokensPerSecond().ifPresent(rate -> assertThat(rate).isEqualTo(20e6, within(1.0)));
        ContextUse.of(measurement).ifPresent(use -> assertThat(use).isEqualTo(new ContextUse(40, 40, 4096)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void ofFiguresNoneOfWhichCanBeNothingIsMade(String value) {
        var figures = new HashMap<>(RIGHT);
        figures.replaceAll((name, right) -> value);

        TurnMeasurement measurement = saying(figures);

        assertThat(measurement.segments().parts())
                .as("what the client saw")
                .extracting(Segment::kind)
                .containsExactly(SegmentKind.CONNECT, SegmentKind.UNKNOWN, SegmentKind.DECODE, SegmentKind.DRAW);
        assertAddsUp(measurement.segments());
        assertThat(measurement.verdict()).isEqualTo(LoadVerdict.UNKNOWN);
        assertThat(loads.typical(digest(MODEL), null)).as("learnt").isEmpty();
        assertThat(measurement.tokensPerSecond()).isEmpty();
        assertThat(ContextUse.of(measurement)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":\"boom\"}", "{}", "{\"models\":[{}]}", "<html>", ""})
    void aListThatFailsAfterwardsLeavesUnknownWhatOnlyItTells(String body) {
        inMemory(MODEL);
        machine.old();
        chat.awaitModels();
        drawAtOnce();
        server.on("/api/chat", exchange -> {
            server.on("/api/ps", ps -> ps.json(200, body));
            chat.models().askNow();
            await("the failure")
                    .until(() -> chat.models().latest().running(MODEL).isEmpty());
            loadAndAnswer(exchange, 20);
        });

        TurnMeasurement measurement = measurementOf(chat.send("Hello"));

        assertThat(measurement.contextLength()).isNull();
        assertThat(ContextUse.of(measurement)).isEmpty();
        assertThat(measurement.verdict()).as("by the list before it").isEqualTo(LoadVerdict.WARM);
        assertAddsUp(measurement.segments());
    }

    @Test
    void aListThatNeverComesHoldsNothingUp() {
        inMemory(MODEL);
        chat.awaitModels();
        drawAtOnce();
        server.on("/api/ps", ScriptedServer.Exchange::awaitClientGone);
        // So that the list from before is too old.
        answer(300);

        Turn turn = chat.send("Hello");
        long last = chat.heard().await(turn, TurnEvent.Ended.class).timeline().last();
        measurementOf(turn);

        assertThat(Duration.ofNanos(System.nanoTime() - last)).isLessThan(Duration.ofSeconds(5));
    }

    // A long run

    @Test
    void ofTenThousandTurnsNothingIsKept() {
        inMemory(MODEL);
        machine.old();
        chat.awaitModels();
        var observers = List.of(recorder, new PhaseWatch(chat.models(), new OllamaProcesses(machine)));
        var turns = new ArrayList<WeakReference<Turn>>();
        for (int i = 0; i < 10_000; i++) {
            turns.add(new WeakReference<>(runThrough(observers, i)));
        }

        assertThat(measured).hasSize(10_000);
        measured.clear();
        await("the turns to be forgotten").untilAsserted(() -> {
            System.gc();
            assertThat(turns).allMatch(turn -> turn.refersTo(null));
        });
    }

    /** Every fourth ends in the same way, and is drawn once more after that. */
    private Turn runThrough(List<TurnObserver> observers, int number) {
        Turn turn = Turns.turn(MODEL);
        TurnEvent end = switch (number % 4) {
            case 0 -> new TurnEvent.Finished(turn, warm(), WARM_TURN);
            case 1 -> new TurnEvent.Incomplete(turn, WARM_TURN);
            case 2 -> new TurnEvent.Stopped(turn, WARM_TURN);
            default -> new TurnEvent.Failed(turn, new OllamaError.Protocol(""), WARM_TURN);
        };
        var drawing = new Drawing(WARM_TURN.last(), null);
        recorder.drawn(turn, drawing);
        List<TurnEvent> events = List.of(
                new TurnEvent.Started(turn, chat.models().latest(), System.nanoTime()),
                new TurnEvent.FirstChunk(turn, System.nanoTime()),
                end);
        events.forEach(event -> observers.forEach(observer -> observer.on(event)));
        recorder.drawn(turn, drawing);
        return turn;
    }

    // Resources

    @Test
    void whatTheMachineHadToGiveIsReadFromTheSamplesOfTheTurn() {
        inMemory(MODEL);
        machine.old();
        chat.awaitModels();
        learnWeights();
        Turn turn = Turns.turn(MODEL);
        recorder.drawn(turn, new Drawing(2_000_000_000L, null));
        sample(999_999_999L, 0.1);
        sample(1_100_000_000L, 0.5);
        sample(1_200_000_000L, 0.7);
        sample(1_300_000_001L, 0.9);

        recorder.on(new TurnEvent.Started(turn, chat.models().latest(), 1_000_000_000L));
        recorder.on(new TurnEvent.Finished(
                turn, warm(), new Timeline(1_000_000_000L, 1_000_000_000L, null, 1_300_000_000L)));

        TurnResources resources = requireNonNull(measurementOf(turn).resources());
        assertThat(resources.cpu()).isEqualTo(0.6, within(1e-9));
        assertThat(resources.ollamaCores()).isEqualTo(1.5);
        assertThat(resources.gpuShare()).as("by what the server lists").isZero();
    }

    @Test
    void aTurnDuringWhichNobodyLookedHasNoResources() {
        drawAtOnce();
        answer(20);

        assertThat(measurementOf(chat.send("Hello")).resources()).isNull();
    }

    private void sample(long nanos, double cpu) {
        Map<String, Usage> runners = Map.of(FakeMachine.BLOB, new Usage(1.5, 1L));
        samples.add(new Sample(nanos, cpu, 4, 2, 1L, 2L, 0L, null, null, runners, Usage.UNKNOWN, null, null));
    }

    // Verdicts

    @Test
    void aModelThatWasNotInMemoryIsCold() {
        chat.awaitModels();
        drawAtOnce();
        server.on("/api/chat", exchange -> {
            inMemory(MODEL);
            machine.young();
            learnWeights();
            loadAndAnswer(exchange, 300);
        });

        assertThat(measurementOf(chat.send("Hello")).verdict()).isEqualTo(LoadVerdict.COLD);
    }

    @Test
    void aModelThatWasInMemoryIsWarm() {
        inMemory(MODEL);
        machine.old();
        chat.awaitModels();
        drawAtOnce();
        answer(20);

        assertThat(measurementOf(chat.send("Hello")).verdict()).isEqualTo(LoadVerdict.WARM);
    }

    @Test
    void aModelThatWasListedButStartedAnewIsCold() {
        inMemory(MODEL);
        machine.old();
        chat.awaitModels();
        drawAtOnce();
        answerByANewRunner();

        assertThat(measurementOf(chat.send("Hello")).verdict()).isEqualTo(LoadVerdict.COLD);
    }

    @Test
    void aModelThatWasAskedForWithAnotherContextIsAReload() {
        inMemory(MODEL);
        machine.old();
        chat.awaitModels();
        drawAtOnce();
        answer(30);
        measurementOf(chat.send("Hello"));
        answerByANewRunner();
        var options = new ModelOptions(8192, null, null, null, null, null, null, null, null, null, null);

        Turn turn = chat.service().send(chat.service().newConversation(), MODEL, options, Prompt.of("Hello again"));

        assertThat(measurementOf(turn).verdict()).isEqualTo(LoadVerdict.RELOAD);
    }

    private void answerByANewRunner() {
        server.on("/api/chat", exchange -> {
            machine.young();
            loadAndAnswer(exchange, 300);
        });
    }

    @Test
    void anotherContextAfterwardsIsAReloadOnAnotherMachine() {
        useFromAfar();
        inMemory(MODEL);
        chat.awaitModels();
        drawAtOnce();
        machine.young();
        server.on("/api/chat", exchange -> {
            server.on("/api/ps", ps -> ps.json(200, running(MODEL).replace("4096", "8192")));
            chat.models().askNow();
            await("the new context")
                    .until(() -> chat.models().latest().running(MODEL).stream()
                            .anyMatch(model -> Integer.valueOf(8192).equals(model.contextLength())));
            loadAndAnswer(exchange, 300);
        });

        assertThat(measurementOf(chat.send("Hello")).verdict()).isEqualTo(LoadVerdict.RELOAD);
    }

    @Test
    void processesOfThisMachineTellNothingOfAnotherOne() {
        inMemory(MODEL);
        machine.young();
        chat.awaitModels();
        learnWeights();
        useFromAfar();
        await("the server to be known").until(() -> chat.models().latest().isKnown());
        drawAtOnce();
        answer(20);

        assertThat(measurementOf(chat.send("Hello")).verdict()).isEqualTo(LoadVerdict.WARM);
        assertThat(machine.looks()).as("looks at the processes of this machine").isZero();
    }

    /** The same server, at an address that does not look like one of this machine. */
    private void useFromAfar() {
        OllamaClient old = chat.engine().client();
        chat.engine().use(new OllamaClient(OllamaAddress.parse("127.1:" + server.port()), Timeouts.DEFAULT));
        old.close();
    }

    @Test
    void aWaitBeforeTheFirstTokenThatNobodyAccountsForIsAQueue() {
        inMemory(MODEL);
        machine.old();
        chat.awaitModels();
        drawAtOnce();
        server.on("/api/chat", exchange -> {
            exchange.await(new CountDownLatch(0));
            waitOut(Duration.ofMillis(350));
            exchange.ndjson(chunk("Yes"), done(352, 10, 26, 1, 2, 1));
        });

        TurnMeasurement measurement = measurementOf(chat.send("Hello"));

        assertThat(measurement.verdict()).isEqualTo(LoadVerdict.QUEUED);
        assertThat(measurement.segments().implausible()).isFalse();
        assertThat(measurement.segments().duration(SegmentKind.WAIT).orElseThrow())
                .isGreaterThan(Duration.ofMillis(300));
    }

    /** The scripted server takes its time. */
    private static void waitOut(Duration duration) throws IOException {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void ofACloudModelNothingIsKnown() {
        server.on(
                "/api/tags",
                exchange -> exchange.json(
                        200, tags(MODEL).replace("\"size\"", "\"remote_host\":\"https://ollama.com\",\"size\"")));
        chat.awaitModels();
        drawAtOnce();
        answer(300);

        assertThat(measurementOf(chat.send("Hello")).verdict()).isEqualTo(LoadVerdict.UNKNOWN);
    }

    @Test
    void aServerThatDoesNotTellItsModelsLeavesTheVerdictOpen() {
        server.on("/api/ps", exchange -> exchange.json(500, error("boom")));
        drawAtOnce();
        answer(300);

        assertThat(measurementOf(chat.send("Hello")).verdict()).isEqualTo(LoadVerdict.UNKNOWN);
    }

    @Test
    void whatTheServerHadInMemoryLongAgoIsNoSignal() {
        inMemory(MODEL);
        ModelSnapshot known = chat.awaitModels();
        Turn turn = Turns.turn(MODEL);
        recorder.drawn(turn, new Drawing(2, null));

        recorder.on(new TurnEvent.Started(
                turn, known, known.takenNanos() + Duration.ofSeconds(30).toNanos()));
        recorder.on(new TurnEvent.Finished(turn, warm(), WARM_TURN));

        assertThat(measurementOf(turn).verdict()).isEqualTo(LoadVerdict.UNKNOWN);
    }

    @Test
    void aTurnBelongsToTheServerThatAnsweredItEvenIfAnotherOneIsUsedMeanwhile() {
        inMemory(MODEL);
        ModelSnapshot known = chat.awaitModels();
        Turn turn = Turns.turn(MODEL);
        recorder.drawn(turn, new Drawing(2, null));
        recorder.on(new TurnEvent.Started(turn, known, known.takenNanos()));
        OllamaClient old = chat.engine().client();
        try (ScriptedServer other = ScriptedServer.start()) {
            other.on("/api/version", exchange -> exchange.json(200, "{\"version\":\"0.99.0\"}"));
            chat.engine().use(new OllamaClient(other.address(), Timeouts.DEFAULT));
            await("the other server to be known")
                    .until(() -> chat.models().latest().isKnown());

            recorder.on(new TurnEvent.Finished(turn, warm(), WARM_TURN));

            assertThat(measurementOf(turn).serverVersion()).isEqualTo("0.32.15");
            assertThat(measurementOf(turn).verdict()).isEqualTo(LoadVerdict.WARM);
        } finally {
            old.close();
        }
    }

    private static final Timeline WARM_TURN = new Timeline(0, 0L, 60_000_000L, 60_000_000L);

    /** Fit into {@link #WARM_TURN}. */
    private static ReplyFigures warm() {
        Duration load = Duration.ofMillis(54);
        return new ReplyFigures("stop", null, load, 26L, null, Duration.ZERO, 2L, Duration.ofMillis(1));
    }
}
