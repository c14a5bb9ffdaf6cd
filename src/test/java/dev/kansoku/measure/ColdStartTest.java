package dev.kansoku.measure;

import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kansoku.chat.ScriptedChat;
import dev.kansoku.measure.ColdStart.Source;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ollama.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ColdStartTest {

    private static final String MODEL = "tinyllama:latest";
    private static final Duration LOAD = Duration.ofMillis(200);

    private final ScriptedChat chat = new ScriptedChat();
    private final ScriptedServer server = chat.server();
    private final FakeMachine machine = new FakeMachine();
    private final LoadTimes loadTimes = new LoadTimes(KnownLoads.NONE);
    private final ColdStart coldStart = new ColdStart(chat.models(), new OllamaProcesses(machine), machine, loadTimes);
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** How often the server still lists the model after it was asked to unload it. */
    private final AtomicInteger listed = new AtomicInteger(2);

    @BeforeEach
    void loaded() {
        server.on("/api/ps", exchange -> exchange.json(200, running(MODEL))).on("/api/generate", exchange -> {
            boolean unloads = exchange.body().contains("\"keep_alive\":0");
            asked.add(unloads ? "unload" : "load");
            if (unloads) {
                server.on("/api/ps", ps -> {
                    boolean still = listed.getAndDecrement() > 0;
                    asked.add(still ? "listed" : "gone");
                    ps.json(200, still ? running(MODEL) : "{\"models\":[]}");
                });
            } else {
                Thread.sleep(LOAD);
                read(machine.diskRead());
                server.on("/api/ps", ps -> ps.json(200, running(MODEL)));
            }
            exchange.json(200, "{\"done\":true,\"done_reason\":\"load\"}");
        });
        chat.awaitModels();
    }

    @AfterEach
    void close() {
        chat.close();
    }

    private long reads;

    private void read(@Nullable Long before) {
        machine.diskRead(before == null ? null : before + reads);
    }

    private ColdStart.Result measure() throws OllamaException {
        return coldStart.measure(chat.engine().client(), MODEL).orElseThrow();
    }

    @Test
    void itIsTimedOnceTheServerNoLongerListsTheModel() throws Exception {
        ColdStart.Result result = measure();

        assertThat(asked).containsSubsequence("unload", "listed", "gone", "load");
        assertThat(result.model()).isEqualTo(MODEL);
        assertThat(result.load()).isBetween(LOAD, LOAD.plusSeconds(5));
        assertThat(loadTimes.known().ranges())
                .singleElement()
                .satisfies(range -> assertThat(range.verdict()).isEqualTo(LoadVerdict.COLD))
                .satisfies(range -> assertThat(range.median()).isEqualTo(result.load()));
    }

    /** The scripted server's model has 638 MB. */
    @ParameterizedTest
    @CsvSource({"630000000, DISK", "0, CACHE", "200000000,"})
    void whereTheWeightsCameFromIsSeenByWhatTheDisksRead(long bytes, @Nullable Source source) throws Exception {
        machine.listens(FakeMachine.SERVER, server.address().port());
        machine.diskRead(5_000L);
        reads = bytes;
        assertThat(measure().source()).isEqualTo(source);
    }

    @Test
    void nothingIsSaidOfDisksThatAreNotCounted() throws Exception {
        machine.listens(FakeMachine.SERVER, server.address().port());
        assertThat(measure().source()).isNull();
    }

    @Test
    void nothingIsSaidOfTheDisksOfAnotherMachine() throws Exception {
        machine.end(FakeMachine.SERVER);
        machine.diskRead(5_000L);
        assertThat(measure().source()).isNull();
    }

    @Test
    void aModelThatCannotBeLoadedTeachesNothing() {
        server.on("/api/ps", exchange -> exchange.json(200, "{\"models\":[]}"))
                .on("/api/generate", exchange -> exchange.json(500, error("out of memory")));
        assertThatThrownBy(this::measure).isInstanceOf(OllamaException.class);
        assertThat(loadTimes.known()).isEqualTo(KnownLoads.NONE);
    }
}
