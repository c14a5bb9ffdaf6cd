package dev.kansoku.ollama;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model that the server has ({@code /api/tags}).
 *
 * @param name full name with tag, e.g. {@code tinyllama:latest}, cleaned of control characters
 * @param digest of the manifest, hexadecimal without prefix; the same in {@code /api/ps}
 * @param size in bytes
 * @param remoteHost set for a cloud model, to an empty text if the server does not say which host: prompts sent to it
 *     leave this machine
 */
public record InstalledModel(
        String name,
        String digest,
        long size,
        @Nullable Instant modifiedAt,
        @Nullable String parameterSize,
        @Nullable String quantization,
        @Nullable String remoteHost) {

    public boolean isCloud() {
        return remoteHost != null;
    }
}
