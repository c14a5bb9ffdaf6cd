package dev.kansoku.chat;

import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.ModelName;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.OllamaError;
import dev.kansoku.ollama.RunningModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server said of itself and its models at one moment.
 *
 * @param server which one it is about
 * @param demo whether that is the demo engine, which runs no model
 * @param takenNanos {@link System#nanoTime()} at which the list of running models came; only meaningful if
 *     {@link #isKnown()}
 * @param version of the server; {@code "0.0.0"} for one that was built without a release number
 * @param blobs by a model's digest, the file name of its weights, which is what a runner process is started with; only
 *     for models that were seen running
 * @param problem why the server could not be asked; what is installed is then the last known, and nothing is said to
 *     run
 */
public record ModelSnapshot(
        OllamaAddress server,
        boolean demo,
        long takenNanos,
        @Nullable String version,
        List<InstalledModel> installed,
        List<RunningModel> running,
        Map<String, String> blobs,
        @Nullable OllamaError problem) {

    public ModelSnapshot {
        installed = List.copyOf(installed);
        running = List.copyOf(running);
        blobs = Map.copyOf(blobs);
    }

    /** Before the server's first answer. */
    public static ModelSnapshot none(OllamaAddress server) {
        return none(server, false);
    }

    static ModelSnapshot none(OllamaAddress server, boolean demo) {
        return new ModelSnapshot(server, demo, 0, null, List.of(), List.of(), Map.of(), null);
    }

    /** Whether the server has answered, and the last attempt to ask it succeeded. */
    public boolean isKnown() {
        return version != null && problem == null;
    }

    public Optional<InstalledModel> installed(String model) {
        return installed.stream().filter(m -> ModelName.same(m.name(), model)).findFirst();
    }

    /** The model's entry among the running ones: by digest where it is installed, because a name can be an alias. */
    public Optional<RunningModel> running(String model) {
        Optional<String> digest = installed(model).map(InstalledModel::digest);
        return running.stream()
                .filter(m -> digest.isPresent() ? m.digest().equals(digest.get()) : ModelName.same(m.name(), model))
                .findFirst();
    }

    public Optional<String> blob(String model) {
        return installed(model).map(m -> blobs.get(m.digest()));
    }

    public Duration age(long nowNanos) {
        return Duration.ofNanos(nowNanos - takenNanos);
    }
}
