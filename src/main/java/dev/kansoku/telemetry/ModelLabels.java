package dev.kansoku.telemetry;

import dev.kansoku.privacy.Masker;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What models are called on metrics: the first twenty of an installation by their names, all others alike. */
final class ModelLabels {

    static final String OTHER = "_OTHER";

    private static final int MOST = 20;

    private final Set<String> known = new HashSet<>();

    private final Masker masker;

    /** @param known the labels of earlier runs */
    ModelLabels(Masker masker, Stream<String> known) {
        this.masker = masker;
        known.filter(label -> !label.equals(OTHER)).forEach(this.known::add);
    }

    /** @param name of the model, as the user or the server has it */
    synchronized String of(String name) {
        String label = masker.name(name).toString();
        if (!masker.name(label).toString().equals(label)) {
            // The guard would not let it pass.
            return OTHER;
        }
        return known.contains(label) || (known.size() < MOST && known.add(label)) ? label : OTHER;
    }
}
