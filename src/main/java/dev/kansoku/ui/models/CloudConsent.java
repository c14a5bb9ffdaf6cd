package dev.kansoku.ui.models;

import dev.kansoku.ollama.InstalledModel;
import dev.kansoku.ollama.ModelName;
import dev.kansoku.ui.common.Dialogs;
import dev.kansoku.ui.common.Words;
import java.util.Objects;
import java.util.Optional;

/** Asks once before anything is sent to a model that does not run on this machine. */
public final class CloudConsent {

    private final ModelsViewModel models;
    private final Dialogs dialogs;
    private final Words words;

    public CloudConsent(ModelsViewModel models, Dialogs dialogs, Words words) {
        this.models = models;
        this.dialogs = dialogs;
        this.words = words;
    }

    /** Whether the model may be used: it runs here, or the user has said yes, now or earlier. */
    public boolean isGiven(String model) {
        Optional<InstalledModel> leaving = models.needsConsent(model);
        if (leaving.isEmpty()) {
            return true;
        }
        boolean agreed = dialogs.confirm(
                words.get("models.cloud.title", ModelName.display(model)),
                words.get(
                        "models.cloud.text",
                        Objects.requireNonNullElse(leaving.get().remoteHost(), "")),
                words.get("models.cloud.agree"));
        if (agreed) {
            models.consentTo(leaving.get());
        }
        return agreed;
    }
}
