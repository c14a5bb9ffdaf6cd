package dev.kansoku.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.RunningModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelSnapshotTest {

    private static InstalledModel installed(String name, String digest) {
        return new InstalledModel(name, digest, 1, null, null, null, null);
    }

    private static RunningModel running(String name, String digest) {
        return new RunningModel(name, digest, 1, 0, null, 4096);
    }

    private static ModelSnapshot snapshot(List<InstalledModel> installed, List<RunningModel> running) {
        return new ModelSnapshot(
                OllamaAddress.DEFAULT, false, 0, "0.0.0", installed, running, Map.of("d1", "sha256-aa"), null);
    }

    @Test
    void aNameWithoutTagIsTheLatest() {
        ModelSnapshot snapshot =
                snapshot(List.of(installed("tinyllama:latest", "d1")), List.of(running("tinyllama:latest", "d1")));

        assertThat(snapshot.installed("tinyllama")).isPresent();
        assertThat(snapshot.installed("TinyLlama:latest")).isPresent();
        assertThat(snapshot.installed("tinyllama:1b")).isEmpty();
        assertThat(snapshot.running("tinyllama")).isPresent();
    }

    @Test
    void aModelRunsUnderAnyOfItsNames() {
        ModelSnapshot snapshot = snapshot(
                List.of(installed("tinyllama:latest", "d1"), installed("mine:latest", "d1")),
                List.of(running("tinyllama:latest", "d1")));

        assertThat(snapshot.running("mine")).isPresent();
        assertThat(snapshot.blob("mine")).contains("sha256-aa");
    }

    @Test
    void anOlderModelOfTheSameNameIsAnotherOne() {
        ModelSnapshot snapshot =
                snapshot(List.of(installed("tinyllama:latest", "d2")), List.of(running("tinyllama:latest", "d1")));

        assertThat(snapshot.running("tinyllama")).isEmpty();
    }

    @Test
    void aModelThatIsNotListedAsInstalledIsFoundByItsName() {
        ModelSnapshot snapshot = snapshot(List.of(), List.of(running("tinyllama:latest", "d1")));

        assertThat(snapshot.running("tinyllama")).isPresent();
        assertThat(snapshot.blob("tinyllama")).isEmpty();
    }

    @Test
    void onlyAServerThatAnsweredLastTimeIsKnown() {
        assertThat(ModelSnapshot.none(OllamaAddress.DEFAULT).isKnown()).isFalse();
        assertThat(with("0.0.0", null).isKnown()).isTrue();
        assertThat(with(null, null).isKnown()).isFalse();
        assertThat(with("0.0.0", new OllamaError.NotRunning("")).isKnown()).isFalse();
    }

    private static ModelSnapshot with(@Nullable String version, @Nullable OllamaError problem) {
        return new ModelSnapshot(OllamaAddress.DEFAULT, false, 0, version, List.of(), List.of(), Map.of(), problem);
    }

    @Test
    void theAgeSurvivesAnOverflowOfTheClock() {
        var snapshot = new ModelSnapshot(
                OllamaAddress.DEFAULT, false, Long.MAX_VALUE - 500_000, "0.0.0", List.of(), List.of(), Map.of(), null);

        assertThat(snapshot.age(Long.MIN_VALUE + 499_999)).isEqualTo(Duration.ofMillis(1));
    }
}
