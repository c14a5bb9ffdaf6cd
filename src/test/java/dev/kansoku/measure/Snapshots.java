package dev.kansoku.measure;

import dev.kansoku.chat.ModelSnapshot;
import dev.kansoku.ollama.OllamaAddress;
import dev.kansoku.ollama.RunningModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a server is made to say of itself. */
final class Snapshots {

    static final int PORT = 11434;

    private Snapshots() {}

    /** A server on this machine with models in memory, each named like its weights. */
    static ModelSnapshot running(String... blobs) {
        return at(OllamaAddress.DEFAULT, false, blobs);
    }

    static ModelSnapshot at(OllamaAddress server, boolean demo, String... blobs) {
        Map<String, String> weights = new HashMap<>();
        List<RunningModel> running = Stream.of(blobs)
                .map(blob -> new RunningModel(blob, blob, 1000, 0, null, 4096))
                .toList();
        Stream.of(blobs).forEach(blob -> weights.put(blob, blob));
        return new ModelSnapshot(server, demo, 0, "0.32.15", List.of(), running, weights, null);
    }
}
