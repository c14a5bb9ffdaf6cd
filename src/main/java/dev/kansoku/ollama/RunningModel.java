package dev.kansoku.ollama;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model that the server lists as in memory ({@code /api/ps}). From 0.30 on it is listed when it has been loaded,
 * before that also while it loads.
 *
 * @param size in bytes, as a whole
 * @param sizeVram part of it in the memory of a GPU, in bytes
 * @param expiresAt when it will be unloaded; about the year 2318 for "never", in the past for "stopping"
 * @param contextLength in tokens, where the server says so
 */
public record RunningModel(
        String name,
        String digest,
        long size,
        long sizeVram,
        @Nullable Instant expiresAt,
        @Nullable Integer contextLength) {

    /** Ollama says "for good" with a time about 292 years from now. */
    private static final Duration FOR_GOOD = Duration.ofDays(365);

    /** Whether it stays in memory for good. */
    public boolean isKept(Instant now) {
        return expiresAt != null && Duration.between(now, expiresAt).compareTo(FOR_GOOD) > 0;
    }

    /**
     * How much of it lies in the memory of a GPU, 0 to 1; empty where the sizes make no sense (as Ollama's own list has
     * it: cmd/cmd.go, {@code ListRunningHandler}).
     */
    public Optional<Double> gpuShare() {
        boolean known = size > 0 && sizeVram >= 0 && sizeVram <= size;
        return known ? Optional.of((double) sizeVram / size) : Optional.empty();
    }
}
