package dev.kansoku.live;

import static dev.kansoku.live.LiveOllama.MODEL;
import static dev.kansoku.live.LiveOllama.OTHER_MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ollama.Timeouts;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client's calls other than chat, as the real server answers them. */
@Tag("live")
class LiveClientTest {

    @AutoClose
    private LiveOllama ollama;

    @AutoClose
    private OllamaClient client;

    @BeforeEach
    void start() {
        ollama = LiveOllama.start();
        client = new OllamaClient(OllamaAddress.parse(ollama.address()), Timeouts.DEFAULT);
    }

    @Test
    void tellsWhatItIsAndHas() throws Exception {
        assertThat(client.version()).isEqualTo("0.0.0");
        assertThat(client.ps()).isEmpty();
        assertThat(client.tags()).extracting(InstalledModel::name).containsExactlyInAnyOrder(MODEL, OTHER_MODEL);
        assertThat(client.tags()).allSatisfy(model -> {
            assertThat(model.digest()).matches("[0-9a-f]{64}");
            assertThat(model.size()).isGreaterThan(50_000_000);
            assertThat(model.modifiedAt()).isNotNull();
            assertThat(model.isCloud()).isFalse();
        });
    }

    @Test
    void weightsOfAModelNameItsRunner() throws Exception {
        client.preload(MODEL, ModelOptions.DEFAULTS, null);
        var details = client.show(MODEL);

        assertThat(details.capabilities()).contains("completion");
        assertThat(details.architecture()).isEqualTo("llama");
        assertThat(details.parameterCount()).isBetween(100_000_000L, 200_000_000L);
        assertThat(details.contextLength()).isPositive();
        assertThat(details.blob())
                .isNotNull()
                .isNotEqualTo(client.show(OTHER_MODEL).blob());

        var process = ollama.runners().getFirst();
        assertThat(process.info().arguments().orElseThrow())
                .anyMatch(argument -> argument.endsWith("/" + details.blob()));
        assertThat(client.ps()).singleElement().satisfies(running -> {
            assertThat(running.name()).isEqualTo(MODEL);
            assertThat(running.digest()).isEqualTo(installed(MODEL).getFirst().digest());
            assertThat(running.expiresAt()).isNotNull();
            assertThat(running.contextLength()).isPositive();
            assertThat(running.size()).isPositive();
            assertThat(running.sizeVram()).isZero();
        });
    }

    @Test
    void copyHasTheSameWeightsAndCanBeDeleted() throws Exception {
        var original = installed(MODEL).getFirst();

        client.copy(MODEL, "copied:1");

        assertThat(installed("copied:1"))
                .singleElement()
                .satisfies(copy -> assertThat(copy.digest()).isEqualTo(original.digest()));

        client.delete("copied:1");

        assertThat(installed("copied:1")).isEmpty();
        assertThat(installed(MODEL))
                .singleElement()
                .satisfies(left -> assertThat(left.digest()).isEqualTo(original.digest()));
        client.preload(MODEL, ModelOptions.DEFAULTS, null);
        assertThat(client.ps()).hasSize(1);
    }

    @Test
    void missingModelIsCalledSo() {
        assertThatMissing(() -> client.show("none:1"));
        assertThatMissing(() -> client.preload("none:1", ModelOptions.DEFAULTS, null));
        assertThatMissing(() -> client.unload("none:1"));
        assertThatMissing(() -> client.copy("none:1", "other:1"));
        assertThatMissing(() -> client.delete("none:1"));
    }

    /** Nothing answers at the registry's address, whether the machine can look up names or not. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void pullFromARegistryThatCannotBeReachedFails() throws Exception {
        try (var pull = client.pull("localhost:1/library/none:1")) {
            assertThatExceptionOfType(OllamaException.class)
                    .isThrownBy(() -> {
                        while (pull.next() != null) {
                            // The server tries.
                        }
                    })
                    .satisfies(e -> assertThat(e.error())
                            .isInstanceOfSatisfying(
                                    OllamaError.ServerFault.class,
                                    fault -> assertThat(fault.serverSaid()).contains("connection refused")));
        }
        assertThat(client.tags()).hasSize(2);
    }

    private List<InstalledModel> installed(String name) throws OllamaException {
        return client.tags().stream().filter(model -> model.name().equals(name)).toList();
    }

    private static void assertThatMissing(ThrowingCallable call) {
        assertThatExceptionOfType(OllamaException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.error())
                        .isInstanceOfSatisfying(
                                OllamaError.ModelMissing.class,
                                missing -> assertThat(missing.model()).isEqualTo("none:1")));
    }
}
