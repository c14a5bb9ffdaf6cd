package dev.kansoku.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kansoku.ollama.ScriptedServer;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is asked and answered in the kill test: each prompt tells by itself where it belongs and what its answer is. */
final class KillAnswers {

    static final String MODEL = "tinyllama:latest";

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A prompt.
     *
     * @param key is in no other prompt
     * @param conversation in which it is sent
     * @param thinking how many words of thinking come before the answer
     * @param words how many the answer has
     * @param gapMillis between two words
     */
    record Question(String key, UUID conversation, int thinking, int words, int gapMillis) {

        static Question parse(String prompt) {
            String[] parts = prompt.split(" ", -1);
            return new Question(
                    parts[0],
                    UUID.fromString(parts[1]),
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]));
        }

        String prompt() {
            return String.join(" ", key, conversation.toString(), "" + thinking, "" + words, "" + gapMillis);
        }

        String thinkingText() {
            return text('t', thinking);
        }

        String answerText() {
            return text('a', words);
        }

        private String text(char kind, int count) {
            var text = new StringBuilder();
            for (int i = 1; i <= count; i++) {
                text.append(word(kind, i));
            }
            return text.toString();
        }

        private String word(char kind, int number) {
            return key + kind + number + " ";
        }
    }

    private KillAnswers() {}

    static ScriptedServer serve() {
        return ScriptedServer.start().on("/api/chat", KillAnswers::answer);
    }

    private static void answer(ScriptedServer.Exchange exchange) throws IOException {
        JsonNode messages = JSON.readTree(exchange.body()).get("messages");
        var question =
                Question.parse(messages.get(messages.size() - 1).get("content").textValue());
        exchange.stream();
        for (int i = 1; i <= question.thinking; i++) {
            exchange.line(ScriptedServer.thinking(question.word('t', i)));
            pause(question);
        }
        for (int i = 1; i <= question.words; i++) {
            exchange.line(ScriptedServer.chunk(question.word('a', i)));
            pause(question);
        }
        exchange.line(ScriptedServer.done());
        exchange.end();
    }

    private static void pause(Question question) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(question.gapMillis));
    }
}
