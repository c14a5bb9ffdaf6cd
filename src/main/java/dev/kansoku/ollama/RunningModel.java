package dev.kansoku.ollama;

import java.time.Instant;
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
        @Nullable Integer contextLength) {}
