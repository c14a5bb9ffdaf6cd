package dev.kansoku.ui.models;

import dev.kansoku.ollama.InstalledModel;
import org.jspecify.annotations.Nullable;

/**
 * A model that can be chosen.
 *
 * @param name as people say it, without {@code :latest}
 * @param installed {@code null} if the server does not have it, or could not be asked
 */
public record ModelChoice(String name, @Nullable InstalledModel installed) {

    public boolean isCloud() {
        return installed != null && installed.isCloud();
    }
}
