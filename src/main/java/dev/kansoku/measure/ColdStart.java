package dev.kansoku.measure;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.chat.ModelWatch;
import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.ModelOptions;
import dev.kansoku.ollama.OllamaClient;
import dev.kansoku.ollama.OllamaException;
import dev.kansoku.ollama.RunningModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a model takes to be loaded, and nothing else: it is unloaded, and loaded anew once the server no longer lists
 * it. The time is the client's, because the server's reply to a load says none.
 */
public final class ColdStart {

    private static final Logger LOG = LoggerFactory.getLogger(ColdStart.class);
    private static final Duration LONGEST_UNLOAD = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration BUDGET = Duration.ofSeconds(1);

    /** Shares of the weights. In between, and above, other programs read as well. */
    private static final double HARDLY_READ = 0.1;

    private static final double MOSTLY_READ = 0.5;
    private static final double MOST_READ = 1.5;

    /** Where the weights came from. */
    public enum Source {
        DISK,
        /** They were still in the system's file cache. */
        CACHE
    }

    /**
     * What was measured.
     *
     * @param source {@code null} where it cannot be told
     */
    public record Result(
            String model, Duration load, @Nullable Source source) {}

    private final ModelWatch models;
    private final OllamaProcesses processes;
    private final Machine machine;
    private final LoadTimes loadTimes;

    /** @param loadTimes learns from what is measured */
    public ColdStart(ModelWatch models, OllamaProcesses processes, Machine machine, LoadTimes loadTimes) {
        this.models = models;
        this.processes = processes;
        this.machine = machine;
        this.loadTimes = loadTimes;
    }

    /**
     * Takes as long as the load; not for the FX thread.
     *
     * @return empty if the model is not unloaded within 30 s, because somebody uses it; it will be once nobody does
     */
    public Optional<Result> measure(OllamaClient client, String model) throws OllamaException {
        boolean isKept = models.fresh(Duration.ZERO, BUDGET)
                .running(model)
                .filter(running -> running.isKept(Instant.now()))
                .isPresent();
        client.unload(model);
        if (!isUnloaded(model)) {
            return Optional.empty();
        }
        @Nullable Long readBefore = diskRead();
        long begin = System.nanoTime();
        client.preload(model, ModelOptions.DEFAULTS, isKept ? OllamaClient.FOR_GOOD : null);
        var load = Duration.ofNanos(System.nanoTime() - begin);
        @Nullable Long readAfter = diskRead();
        ModelSnapshot after = models.fresh(Duration.ZERO, BUDGET);
        @Nullable InstalledModel installed = after.installed(model).orElse(null);
        if (installed == null) {
            return Optional.of(new Result(model, load, null));
        }
        loadTimes.learn(
                model,
                installed.digest(),
                after.running(model).map(RunningModel::contextLength).orElse(null),
                LoadVerdict.COLD,
                load);
        @Nullable Long read = readBefore == null || readAfter == null ? null : readAfter - readBefore;
        return Optional.of(new Result(model, load, source(read, installed.size(), after)));
    }

    private boolean isUnloaded(String model) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < LONGEST_UNLOAD.toNanos()) {
            ModelSnapshot now = models.fresh(Duration.ZERO, BUDGET);
            if (now.isKnown()
                    && now.takenNanos() - begin >= 0
                    && now.running(model).isEmpty()) {
                return true;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return false;
    }

    private boolean isOnThisMachine(ModelSnapshot snapshot) {
        try {
            return processes.look(snapshot).server() != null;
        } catch (RuntimeException e) {
            LOG.warn("The processes of this machine cannot be read", e);
            return false;
        }
    }

    private @Nullable Long diskRead() {
        try {
            return machine.diskRead();
        } catch (RuntimeException e) {
            LOG.warn("The disks of this machine cannot be read", e);
            return null;
        }
    }

    private @Nullable Source source(@Nullable Long read, long size, ModelSnapshot after) {
        if (read == null || !isOnThisMachine(after)) {
            return null;
        }
        double share = (double) read / size;
        if (share >= MOSTLY_READ && share <= MOST_READ) {
            return Source.DISK;
        }
        return share >= 0 && share < HARDLY_READ ? Source.CACHE : null;
    }
}
