package dev.kansoku.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.chat.EngineState.Use;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ollama.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EngineChoiceTest {

    private static final int CLOSED = closedPort();
    private static final OllamaAddress NOBODY = OllamaAddress.parse("127.0.0.1:" + CLOSED);

    private final ScriptedServer demo = ScriptedServer.start();
    private final List<EngineState> told = new CopyOnWriteArrayList<>();
    private Engine engine = new Engine(client(NOBODY));
    private EngineChoice choice = new EngineChoice(engine, () -> client(demo.address()), false);

    @AfterEach
    void close() {
        choice.close();
        engine.client().close();
        demo.close();
    }

    private static OllamaClient client(OllamaAddress address) {
        return new OllamaClient(address, Timeouts.DEFAULT);
    }

    private static int closedPort() {
        try (ScriptedServer gone = ScriptedServer.start()) {
            return gone.port();
        }
    }

    private void at(OllamaAddress ollama, boolean demoOnly) {
        choice.close();
        engine = new Engine(client(ollama));
        choice = new EngineChoice(engine, () -> client(demo.address()), demoOnly);
        choice.onChange(told::add);
        choice.start();
    }

    private void awaitUse(Use use) {
        Awaitility.await(use + " instead of " + choice.state())
                .pollInterval(Duration.ofMillis(5))
                .until(() -> choice.state().use() == use);
    }

    private void awaitAnswers() {
        Awaitility.await("the Ollama to be seen, not " + choice.state())
                .pollInterval(Duration.ofMillis(5))
                .until(() -> choice.state().answers());
    }

    private void talkToDemo() {
        ModelSnapshot seen = ModelSnapshot.none(demo.address(), true);
        choice.on(new TurnEvent.Started(Turns.turn("tinyllama"), seen, 0));
    }

    @Test
    void anOllamaThatAnswersIsUsed() {
        try (ScriptedServer ollama = ScriptedServer.start()) {
            at(ollama.address(), false);
            awaitAnswers();
            assertThat(choice.state()).isEqualTo(new EngineState(ollama.address(), Use.OLLAMA, true, null));
            assertThat(engine.client().address()).isEqualTo(ollama.address());
            assertThat(demo.requests()).isEmpty();
        }
    }

    @Test
    void whereNoneAnswersTheDemoStandsInAndItIsSaidWhy() {
        at(NOBODY, false);
        awaitUse(Use.STAND_IN);
        assertThat(choice.state().problem()).isInstanceOf(OllamaError.NotRunning.class);
        assertThat(engine.client().address()).isEqualTo(demo.address());
        assertThat(engine.isDemo(engine.client())).isTrue();
    }

    @Test
    void anOllamaThatAppearsTakesOverWhileNobodyTalksToTheDemo() {
        at(NOBODY, false);
        awaitUse(Use.STAND_IN);
        try (ScriptedServer ollama = ScriptedServer.startAt(CLOSED)) {
            awaitUse(Use.OLLAMA);
            assertThat(engine.client().address()).isEqualTo(ollama.address());
            assertThat(engine.isDemo(engine.client())).isFalse();
        }
    }

    @Test
    void onceSomebodyTalksToTheDemoAnOllamaThatAppearsIsOnlyOffered() {
        at(NOBODY, false);
        awaitUse(Use.STAND_IN);
        talkToDemo();
        try (ScriptedServer ollama = ScriptedServer.startAt(CLOSED)) {
            awaitAnswers();
            assertThat(choice.state().use()).isEqualTo(Use.STAND_IN);
            assertThat(engine.client().address()).isEqualTo(demo.address());

            choice.useOllama();

            awaitUse(Use.OLLAMA);
            assertThat(engine.client().address()).isEqualTo(ollama.address());
        }
    }

    @Test
    void whoWantsTheDemoGetsItAndIsOfferedTheWayBack() {
        try (ScriptedServer ollama = ScriptedServer.start()) {
            at(ollama.address(), false);
            awaitAnswers();
            var then = new CopyOnWriteArrayList<OllamaAddress>();
            choice.useDemo(() -> then.add(engine.client().address()));
            awaitUse(Use.DEMO);
            Awaitility.await("what comes then").until(() -> !then.isEmpty());
            assertThat(then).containsExactly(demo.address());
            assertThat(choice.state().answers()).isTrue();
        }
    }

    @Test
    void theDemoAloneAsksNobodyElse() {
        try (ScriptedServer ollama = ScriptedServer.start()) {
            at(ollama.address(), true);
            assertThat(choice.state()).isEqualTo(new EngineState(ollama.address(), Use.DEMO, false, null));
            assertThat(engine.client().address()).isEqualTo(demo.address());
            choice.close();
            assertThat(ollama.requests()).isEmpty();
        }
    }

    @Test
    void anotherAddressIsAskedAnewAndLeavesTheDemo() {
        at(NOBODY, false);
        awaitUse(Use.STAND_IN);
        talkToDemo();
        try (ScriptedServer ollama = ScriptedServer.start()) {
            choice.use(client(ollama.address()));
            awaitAnswers();
            assertThat(choice.state()).isEqualTo(new EngineState(ollama.address(), Use.OLLAMA, true, null));
            assertThat(engine.client().address()).isEqualTo(ollama.address());
        }
    }

    @Test
    void anotherAddressWhereNobodyAnswersEndsInTheDemoAgain() {
        try (ScriptedServer ollama = ScriptedServer.start()) {
            at(ollama.address(), false);
            awaitAnswers();
            choice.use(client(NOBODY));
            awaitUse(Use.STAND_IN);
            assertThat(choice.state().ollama()).isEqualTo(NOBODY);
            assertThat(told).extracting(EngineState::use).containsExactly(Use.OLLAMA, Use.OLLAMA, Use.STAND_IN);
        }
    }

    @Test
    void anOllamaThatEndsIsNotReplaced() {
        ScriptedServer ollama = ScriptedServer.start();
        at(ollama.address(), false);
        awaitAnswers();
        ollama.close();
        assertThat(engine.client().address()).isEqualTo(ollama.address());
        assertThat(choice.state().use()).isEqualTo(Use.OLLAMA);
    }
}
