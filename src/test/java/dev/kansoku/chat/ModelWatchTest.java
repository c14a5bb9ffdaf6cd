package dev.kansoku.chat;

import static dev.kansoku.chat.ScriptedChat.MODEL;
import static dev.kansoku.ollama.ScriptedServer.running;
import static dev.kansoku.ollama.ScriptedServer.tags;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.RunningModel;
import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ollama.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModelWatchTest {

    private static final Duration BUDGET = Duration.ofMillis(250);
    private static final String BLOB = "sha256-" + "ab".repeat(32);

    private ScriptedServer server = ScriptedServer.start();
    private final Engine engine = new Engine(client(server));
    private final ModelWatch watch = new ModelWatch(engine);
    private final List<ModelSnapshot> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        watch.close();
        engine.client().close();
        server.close();
    }

    private static OllamaClient client(ScriptedServer server) {
        return new OllamaClient(server.address(), Timeouts.DEFAULT);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).pollInterval(Duration.ofMillis(5));
    }

    private ModelSnapshot startAndAwait() {
        watch.start();
        await("the server to be known").until(() -> watch.latest().isKnown());
        return watch.latest();
    }

    private static List<String> names(List<RunningModel> models) {
        return models.stream().map(RunningModel::name).toList();
    }

    // Asking

    @Test
    void nothingIsKnownBeforeTheFirstAnswer() {
        assertThat(watch.latest().isKnown()).isFalse();
        assertThat(watch.latest().installed()).isEmpty();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theFirstAnswerTellsVersionAndModels() {
        server.on("/api/version", exchange -> exchange.json(200, "{\"version\":\"0.32.15\"}"));
        server.on("/api/ps", exchange -> exchange.json(200, running(MODEL)));
        watch.onSnapshot(told::add);

        ModelSnapshot known = startAndAwait();

        assertThat(known.version()).isEqualTo("0.32.15");
        assertThat(known.installed()).extracting(InstalledModel::name).containsExactly(MODEL, "granite3.2:2b");
        assertThat(names(known.running())).containsExactly(MODEL);
        assertThat(known.age(System.nanoTime())).isBetween(Duration.ZERO, Duration.ofSeconds(5));
        assertThat(told).containsExactly(known);
    }

    @Test
    void itAsksAgainAtOnceWhenItIsTold() {
        startAndAwait();
        server.on("/api/tags", exchange -> exchange.json(200, tags("new:latest")));

        watch.askNow();

        await("the new model").until(() -> watch.latest().installed("new").isPresent());
    }

    @Test
    void itAsksAgainAtOnceWhenSomebodyLooks() {
        startAndAwait();
        server.on("/api/ps", exchange -> exchange.json(200, running(MODEL)));

        watch.setLooked(true);

        await("the model in memory").until(() -> watch.latest().running(MODEL).isPresent());
    }

    @Test
    void itAsksAgainAtOnceWhenATurnBeginsAndWhenItEnds() {
        startAndAwait();
        server.on("/api/ps", exchange -> exchange.json(200, running(MODEL)));

        watch.turnStarted();

        await("the model in memory").until(() -> watch.latest().running(MODEL).isPresent());
        server.on("/api/ps", exchange -> exchange.json(200, running()));

        watch.turnEnded();

        await("the model to be gone").until(() -> watch.latest().running(MODEL).isEmpty());
    }

    @Test
    void whatMadeItDueBeforeItStartedIsAnsweredOnce() {
        watch.setLooked(true);
        watch.askNow();

        startAndAwait();

        await("nothing more to be asked")
                .during(Duration.ofMillis(150))
                .until(() -> server.requests("/api/ps").size() == 1);
    }

    @Test
    void itEndsWhenItIsClosed() {
        startAndAwait();
        watch.close();
        watch.close();
        int asked = server.requests().size();

        watch.askNow();
        watch.setLooked(true);

        await("nothing to be asked")
                .during(Duration.ofMillis(100))
                .until(() -> server.requests().size() == asked);
    }

    // Fresh

    @Test
    void aYoungSnapshotIsUsedAsItIs() {
        ModelSnapshot known = startAndAwait();
        int asked = server.requests("/api/ps").size();

        assertThat(watch.fresh(Duration.ofSeconds(20), BUDGET)).isSameAs(known);
        assertThat(server.requests("/api/ps")).hasSize(asked);
    }

    @Test
    void anOlderOneIsAskedForAnewAndPublished() {
        ModelSnapshot known = startAndAwait();
        server.on("/api/ps", exchange -> exchange.json(200, running(MODEL)));
        watch.onSnapshot(told::add);

        ModelSnapshot fresh = watch.fresh(Duration.ZERO, BUDGET);

        assertThat(names(fresh.running())).containsExactly(MODEL);
        assertThat(fresh.takenNanos() - known.takenNanos()).isPositive();
        assertThat(fresh.installed()).isEqualTo(known.installed());
        assertThat(fresh.version()).isEqualTo(known.version());
        assertThat(watch.latest()).isSameAs(fresh);
        assertThat(told).containsExactly(fresh);
    }

    @Test
    void aServerThatDoesNotAnswerInTimeLeavesTheSnapshotAsItIs() {
        ModelSnapshot known = startAndAwait();
        server.on("/api/ps", ScriptedServer.Exchange::awaitClientGone);

        long asked = System.nanoTime();
        ModelSnapshot fresh = watch.fresh(Duration.ZERO, Duration.ofMillis(100));

        assertThat(fresh).isSameAs(known);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aLateAnswerDoesNotHideWhatWasLearntMeanwhile() throws Exception {
        var calls = new AtomicInteger();
        var firstCame = new CountDownLatch(1);
        var answerFirst = new CountDownLatch(1);
        server.on("/api/ps", exchange -> {
            if (calls.incrementAndGet() == 1) {
                firstCame.countDown();
                exchange.await(answerFirst);
            }
            exchange.json(200, running(MODEL));
        });
        CompletableFuture<ModelSnapshot> fresh =
                CompletableFuture.supplyAsync(() -> watch.fresh(Duration.ZERO, Duration.ofSeconds(10)));
        firstCame.await();
        startAndAwait();

        answerFirst.countDown();

        assertThat(fresh.get().isKnown()).as("the late answer is known").isTrue();
        assertThat(watch.latest().version()).isEqualTo("0.0.0");
        assertThat(watch.latest().installed(MODEL)).isPresent();
    }

    // Outages

    @Test
    void aProblemKeepsTheListOfInstalledModels() {
        ModelSnapshot known = startAndAwait();
        server.close();

        watch.askNow();

        await("the problem").until(() -> watch.latest().problem() != null);
        ModelSnapshot problem = watch.latest();
        assertThat(problem.problem()).isInstanceOf(OllamaError.NotRunning.class);
        assertThat(problem.isKnown()).isFalse();
        assertThat(problem.installed()).isEqualTo(known.installed());
        assertThat(problem.running()).isEmpty();
    }

    @Test
    void aServerThatComesBackIsAskedItsVersionAnew() {
        outage();
        server.on("/api/version", exchange -> exchange.json(200, "{\"version\":\"0.34.1\"}"));

        watch.askNow();

        await("the server to be known").until(() -> watch.latest().isKnown());
        assertThat(watch.latest().version()).isEqualTo("0.34.1");
    }

    @Test
    void itIsAskedEvenIfAPromptWasTheFirstToFindItBack() {
        outage();
        server.on("/api/version", exchange -> exchange.json(200, "{\"version\":\"0.34.1\"}"));

        watch.fresh(Duration.ZERO, Duration.ofSeconds(5));

        await("the new version").until(() -> "0.34.1".equals(watch.latest().version()));
    }

    private void outage() {
        startAndAwait();
        int port = server.port();
        server.close();
        watch.askNow();
        await("the problem").until(() -> watch.latest().problem() != null);
        server = ScriptedServer.startAt(port);
    }

    // Another server

    @Test
    void nothingOfTheOldServerIsToldOnceAnotherOneIsUsed() throws Exception {
        startAndAwait();
        var asked = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        server.on("/api/ps", exchange -> {
            asked.countDown();
            exchange.await(answer).json(200, running(MODEL));
        });
        CompletableFuture<ModelSnapshot> fresh =
                CompletableFuture.supplyAsync(() -> watch.fresh(Duration.ZERO, Duration.ofSeconds(10)));
        watch.askNow();
        asked.await();
        watch.onSnapshot(told::add);
        OllamaClient old = engine.client();
        try (ScriptedServer other = ScriptedServer.start()) {
            other.on("/api/version", exchange -> exchange.json(200, "{\"version\":\"0.34.1\"}"));
            other.on("/api/tags", exchange -> exchange.json(200, tags("other:latest")));

            engine.use(client(other));

            assertThat(watch.latest())
                    .as("at once")
                    .isEqualTo(ModelSnapshot.none(engine.client().address()));
            answer.countDown();
            fresh.get();
            await("the other server to be known").until(() -> watch.latest().isKnown());
            assertThat(told.getFirst())
                    .isEqualTo(ModelSnapshot.none(engine.client().address()));
            assertThat(told)
                    .allSatisfy(
                            snapshot -> assertThat(snapshot.installed(MODEL)).isEmpty());
            assertThat(watch.latest().version()).isEqualTo("0.34.1");
            engine.client().close();
        } finally {
            old.close();
        }
    }

    // Weights

    @Test
    void aServerOnThisMachineIsAskedForTheWeightsOfWhatRuns() {
        tellsWeights(server);

        ModelSnapshot known = startAndAwait();

        assertThat(known.blob("tinyllama")).contains(BLOB);
        assertThat(known.blob("granite3.2:2b")).as("not running").isEmpty();
    }

    @Test
    void aServerOnAnotherMachineIsNot() {
        tellsWeights(server);
        startAndAwait();
        OllamaClient old = engine.client();

        engine.use(new OllamaClient(elsewhere(server), Timeouts.DEFAULT));

        await("the server to be known").until(() -> watch.latest().isKnown());
        assertThat(watch.latest().running(MODEL)).isPresent();
        assertThat(watch.latest().blob(MODEL)).as("weights of another machine").isEmpty();
        old.close();
    }

    @Test
    void aModelThatIsDeletedWhileItRunsIsNoProblem() {
        server.on("/api/ps", exchange -> exchange.json(200, running("gone:latest", MODEL)));
        server.on("/api/show", exchange -> {
            if (exchange.body().contains("gone")) {
                exchange.json(404, ScriptedServer.error("model 'gone' not found"));
            } else {
                exchange.json(200, weights());
            }
        });
        watch.onSnapshot(told::add);

        watch.start();

        await("an answer").until(() -> !told.isEmpty());
        assertThat(told.getFirst().problem()).isNull();
        assertThat(told.getFirst().blob(MODEL)).contains(BLOB);
    }

    @Test
    void aModelWithoutWeightsIsAskedForThemOnce() {
        server.on("/api/ps", exchange -> exchange.json(200, running(MODEL)));
        server.on("/api/show", exchange -> exchange.json(200, "{\"modelfile\":\"FROM elsewhere\"}"));
        startAndAwait();
        watch.onSnapshot(told::add);

        watch.askNow();

        await("a second answer").until(() -> !told.isEmpty());
        assertThat(server.requests("/api/show")).hasSize(1);
    }

    private static void tellsWeights(ScriptedServer server) {
        server.on("/api/ps", exchange -> exchange.json(200, running(MODEL)));
        server.on("/api/show", exchange -> exchange.json(200, weights()));
    }

    private static String weights() {
        return "{\"modelfile\":\"FROM /usr/share/ollama/.ollama/models/blobs/" + BLOB + "\"}";
    }

    /** An address of this machine that does not look like one. */
    private static OllamaAddress elsewhere(ScriptedServer server) {
        OllamaAddress address = OllamaAddress.parse("127.1:" + server.port());
        assertThat(address.isLoopback()).isFalse();
        return address;
    }

    // Listeners

    @Test
    void aListenerThatThrowsHarmsNobody() {
        watch.onSnapshot(snapshot -> {
            throw new IllegalStateException("on purpose");
        });
        watch.onSnapshot(told::add);
        startAndAwait();

        watch.fresh(Duration.ZERO, Duration.ofSeconds(5));
        watch.askNow();

        await("three snapshots").until(() -> told.size() >= 3);
    }
}
