package dev.kansoku.telemetry;

import dev.kansoku.settings.BuildInfo;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Locale;
import java.util.UUID;

/** What program and machine signals come from, but neither whose nor where. */
final class Resources {

    private Resources() {}

    /** @param memory of the machine, in bytes */
    static Resource of(UUID installation, long memory) {
        return Resource.create(Attributes.builder()
                .put("service.namespace", "kansoku")
                .put("service.version", BuildInfo.version())
                .put("service.instance.id", installation.toString())
                .put("os.type", os())
                .put("os.version", System.getProperty("os.version"))
                .put("host.arch", arch())
                .put("kansoku.host.cores", Runtime.getRuntime().availableProcessors())
                .put("kansoku.host.memory", memory)
                // Set by JavaFX when it starts.
                .put("kansoku.javafx.version", System.getProperty("javafx.runtime.version", "not started"))
                .build());
    }

    /** By the names of the conventions. */
    private static String os() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "darwin" : "linux";
    }

    private static String arch() {
        String arch = System.getProperty("os.arch");
        return switch (arch) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> arch;
        };
    }
}
