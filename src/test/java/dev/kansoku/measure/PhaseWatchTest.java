package dev.kansoku.measure;

import static dev.kansoku.chat.ScriptedChat.MODEL;
import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.running;
import static dev.kansoku.ollama.ScriptedServer.tags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.ScriptedChat;
import dev.kansoku.chat.Timeline;
import dev.kansoku.chat.Turn;
import dev.kansoku.chat.TurnEvent;
import dev.kansoku.chat.Turns;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PhaseWatchTest {

    private final ScriptedChat chat = new ScriptedChat();
    private final ScriptedServer server = chat.server();
    private final FakeMachine machine = new FakeMachine();
    private final PhaseWatch watch = new PhaseWatch(chat.models(), new OllamaProcesses(machine));
    private final Map<Turn, List<Phase>> phases = new ConcurrentHashMap<>();
    private final Turn turn = Turns.turn(MODEL);

    @BeforeEach
    void wire() {
        watch.onPhase((of, phase) ->
                phases.computeIfAbsent(of, t -> new CopyOnWriteArrayList<>()).add(phase));
        server.on(
                "/api/show",
                exchange -> exchange.json(200, "{\"modelfile\":\"FROM /models/blobs/" + FakeMachine.BLOB + "\"}"));
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).pollInterval(Duration.ofMillis(5));
    }

    private void inMemory(String... models) {
        server.on("/api/ps", exchange -> exchange.json(200, running(models)));
    }

    private void awaitModelsWithWeights() {
        chat.awaitModels();
        await("the weights").until(() -> chat.models().latest().blob(MODEL).isPresent());
    }

    private void start(Turn started) {
        watch.on(new TurnEvent.Started(started, ModelSnapshot.none(OllamaAddress.DEFAULT), System.nanoTime()));
    }

    private void firstChunk(Turn of) {
        watch.on(new TurnEvent.FirstChunk(of, System.nanoTime()));
    }

    private void stop(Turn stopped) {
        long now = System.nanoTime();
        watch.on(new TurnEvent.Stopped(stopped, new Timeline(now - 10, now - 5, null, now)));
    }

    private List<Phase> phasesOf(Turn of) {
        return phases.getOrDefault(of, List.of());
    }

    /** Between its start and its first chunk somebody may have looked, or not. */
    private void awaitPhasesButWaiting(Turn of, Phase... expected) {
        await("the phases")
                .untilAsserted(() -> assertThat(phasesOf(of))
                        .filteredOn(phase -> phase != Phase.WAITING)
                        .containsExactly(expected));
    }

    private void awaitPhases(Turn of, Phase... expected) {
        await("the phases").untilAsserted(() -> assertThat(phasesOf(of)).containsExactly(expected));
    }

    @Test
    void aColdTurnLoadsReadsAndWrites() {
        chat.awaitModels();
        start(turn);
        awaitPhases(turn, Phase.CONNECTING, Phase.LOADING);

        machine.young();
        inMemory(MODEL);
        chat.models().askNow();
        awaitPhases(turn, Phase.CONNECTING, Phase.LOADING, Phase.LOADING_OR_READING);

        firstChunk(turn);
        watch.on(new TurnEvent.Incomplete(turn, new Timeline(0, 0L, 0L, 0)));
        awaitPhases(turn, Phase.CONNECTING, Phase.LOADING, Phase.LOADING_OR_READING, Phase.WRITING, Phase.OVER);
    }

    @Test
    void aWarmTurnWaitsForItsFirstToken() {
        inMemory(MODEL);
        machine.old();
        awaitModelsWithWeights();

        start(turn);

        awaitPhases(turn, Phase.CONNECTING, Phase.WAITING);
    }

    @Test
    void whereNoProcessCanBeSeenAListedModelIsNotClaimedToLoad() {
        inMemory(MODEL);
        chat.awaitModels();

        start(turn);

        awaitPhases(turn, Phase.CONNECTING, Phase.WAITING);
    }

    @Test
    void aServerThatDoesNotTellItsModelsLeavesThePhaseOpen() {
        server.on("/api/ps", exchange -> exchange.json(500, error("boom")));
        chat.models().start();

        start(turn);

        await("some looks").until(() -> machine.looks() >= 3);
        assertThat(phasesOf(turn)).containsExactly(Phase.CONNECTING);
    }

    @Test
    void aCloudModelIsNotClaimedToLoadAlthoughItIsNeverListed() {
        server.on(
                "/api/tags",
                exchange -> exchange.json(
                        200, tags(MODEL).replace("\"size\"", "\"remote_host\":\"https://ollama.com\",\"size\"")));
        chat.awaitModels();

        start(turn);

        awaitPhases(turn, Phase.CONNECTING, Phase.WAITING);
    }

    @Test
    void nothingIsClaimedFromASnapshotThatIsOlderThanTheTurn() {
        chat.awaitModels();
        server.on("/api/ps", ScriptedServer.Exchange::awaitClientGone);

        start(turn);

        await("some looks").until(() -> machine.looks() >= 2);
        assertThat(phasesOf(turn)).containsExactly(Phase.CONNECTING);
    }

    @Test
    void aStoppedTurnIsStoppingAsLongAsItsRunnerWorks() {
        inMemory(MODEL);
        machine.busy();
        awaitModelsWithWeights();
        start(turn);
        firstChunk(turn);

        stop(turn);

        int looks = machine.looks();
        await("some looks").until(() -> machine.looks() >= looks + 2);
        awaitPhasesButWaiting(turn, Phase.CONNECTING, Phase.WRITING, Phase.STOPPING);
        machine.old();
        awaitPhasesButWaiting(turn, Phase.CONNECTING, Phase.WRITING, Phase.STOPPING, Phase.OVER);
    }

    @Test
    void whereNoProcessCanBeSeenAStoppedTurnIsNotClaimedToGoOn() {
        inMemory(MODEL);
        chat.awaitModels();
        start(turn);
        firstChunk(turn);

        stop(turn);

        awaitPhasesButWaiting(turn, Phase.CONNECTING, Phase.WRITING, Phase.STOPPING, Phase.OVER);
    }

    @Test
    void aTurnThatWasStoppedBeforeItReachedTheServerIsOverAtOnce() {
        inMemory(MODEL);
        machine.busy();
        start(turn);

        long now = System.nanoTime();
        watch.on(new TurnEvent.Stopped(turn, new Timeline(now, null, null, now)));

        assertThat(phasesOf(turn)).containsExactly(Phase.CONNECTING, Phase.OVER);
    }

    @Test
    void aTurnBehindAStoppedOneWaitsForIt() {
        inMemory(MODEL);
        machine.busy();
        awaitModelsWithWeights();
        start(turn);
        firstChunk(turn);
        stop(turn);
        Turn next = Turns.turn("tinyllama");

        start(next);

        awaitPhases(next, Phase.CONNECTING, Phase.WAITING_FOR_STOPPED);
        assertThat(phasesOf(turn)).endsWith(Phase.STOPPING);
        firstChunk(next);
        assertThat(phasesOf(turn)).endsWith(Phase.STOPPING, Phase.OVER);
        assertThat(phasesOf(next)).containsExactly(Phase.CONNECTING, Phase.WAITING_FOR_STOPPED, Phase.WRITING);
    }

    @Test
    void aTurnOfAnotherModelDoesNotWaitForAStoppedOne() {
        inMemory(MODEL, "granite3.2:2b");
        machine.busy();
        awaitModelsWithWeights();
        start(turn);
        firstChunk(turn);
        stop(turn);
        Turn other = Turns.turn("granite3.2:2b");

        start(other);

        awaitPhases(other, Phase.CONNECTING, Phase.WAITING);
        firstChunk(other);
        assertThat(phasesOf(turn)).endsWith(Phase.STOPPING);
    }

    @Test
    void theWorkOfAnotherTurnIsNotTakenForThatOfAStoppedOne() {
        inMemory(MODEL);
        machine.busy();
        awaitModelsWithWeights();
        Turn writing = Turns.turn(MODEL);
        start(writing);
        firstChunk(writing);
        start(turn);

        stop(turn);

        await("the stopped one to be over").until(() -> phasesOf(turn).contains(Phase.OVER));
        assertThat(phasesOf(writing)).containsExactly(Phase.CONNECTING, Phase.WRITING);
    }

    @Test
    void whileTurnsWriteOrNoneRunsItDoesNotLook() {
        inMemory(MODEL);
        chat.awaitModels();
        start(turn);
        awaitPhases(turn, Phase.CONNECTING, Phase.WAITING);
        firstChunk(turn);
        await("the last look").during(Duration.ofMillis(350)).until(machine::looks, looks -> looks > 0);
        int looks = machine.looks();
        int asked = server.requests("/api/ps").size();

        await("no look").during(Duration.ofMillis(500)).until(() -> machine.looks() == looks);
        assertThat(server.requests("/api/ps").size() - asked)
                .as("others ask, too")
                .isLessThanOrEqualTo(1);

        Turn next = Turns.turn(MODEL);
        start(next);
        awaitPhases(next, Phase.CONNECTING, Phase.WAITING);
    }

    @Test
    void aTurnWhoseStartWasMissedHasNoPhase() {
        firstChunk(turn);
        stop(turn);

        assertThat(phasesOf(turn)).isEmpty();
    }

    @Test
    void itSurvivesWhatThrows() {
        inMemory(MODEL);
        watch.onPhase((of, phase) -> {
            throw new IllegalStateException("on purpose");
        });
        machine.cannotBeRead();
        chat.awaitModels();
        start(turn);
        await("a look").until(() -> machine.looks() > 0);

        machine.old();

        awaitPhases(turn, Phase.CONNECTING, Phase.WAITING);
    }
}
