package dev.kansoku.telemetry;

import static dev.kansoku.ollama.ScriptedServer.chunk;
import static dev.kansoku.ollama.ScriptedServer.done;
import static dev.kansoku.ollama.ScriptedServer.error;
import static dev.kansoku.ollama.ScriptedServer.running;
import static dev.kansoku.ollama.ScriptedServer.thinking;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kansoku.ollama.ScriptedServer;
import dev.kansoku.ollama.ScriptedServer.Exchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An Ollama that answers planted turns as they want it, and has personal data in its version and its models too. */
final class PlantedServer {

    private static final JsonMapper JSON = new JsonMapper();

    private PlantedServer() {}

    static ScriptedServer start(List<PlantedTurn> turns) {
        Map<String, PlantedTurn> byPrompt =
                turns.stream().collect(Collectors.toMap(turn -> turn.prompt().content(), Function.identity()));
        List<String> models = turns.stream()
                .filter(turn -> turn.place() == PlantedTurn.Place.MODEL)
                .map(turn -> quoted(turn.model()))
                .toList();
        return ScriptedServer.start()
                .on("/api/version", exchange -> exchange.json(200, "{\"version\":\"" + models.getFirst() + "\"}"))
                .on("/api/ps", exchange -> exchange.json(200, running(models.toArray(String[]::new))))
                .on("/api/chat", exchange -> answer(exchange, byPrompt));
    }

    private static void answer(Exchange exchange, Map<String, PlantedTurn> byPrompt) throws IOException {
        JsonNode messages = JSON.readTree(exchange.body()).path("messages");
        PlantedTurn turn =
                byPrompt.get(messages.path(messages.size() - 1).path("content").asText());
        if (turn == null) {
            throw new AssertionError("Nobody planted this: " + exchange.body());
        }
        if (turn.error() != null && turn.place() != PlantedTurn.Place.ERROR_IN_STREAM) {
            exchange.json(500, error(turn.error()));
            return;
        }
        exchange.stream();
        for (String thinking : turn.thinking()) {
            exchange.line(thinking(thinking));
        }
        for (String chunk : turn.chunks()) {
            exchange.line(chunk(chunk));
        }
        exchange.line(
                turn.error() != null
                        ? error(turn.error())
                        : done("\"done_reason\":\"" + quoted(turn.doneReason())
                                + "\",\"total_duration\":10000000,\"load_duration\":1000000,\"prompt_eval_count\":26,"
                                + "\"prompt_eval_duration\":1000000,\"eval_count\":10,\"eval_duration\":1000000"));
        exchange.end();
    }

    private static String quoted(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
