package dev.kansoku.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /api/chat} or {@code /api/generate} was asked.
 *
 * @param chat which of the two, for they are answered in different fields
 * @param model as the caller calls it
 * @param messages none if the model is only to be loaded or unloaded
 * @param numCtx context window in tokens
 * @param numPredict most tokens to write; negative for no limit
 * @param keepAlive {@code null} if nothing was said of it
 */
record DemoRequest(
        boolean chat,
        String model,
        List<Message> messages,
        int numCtx,
        int numPredict,
        @Nullable Duration keepAlive,
        boolean stream) {

    /** Ollama takes no less (api.DefaultOptions, server/sched.go). */
    private static final int SMALLEST_NUM_CTX = 4;

    record Message(String role, String content) {

        /** As a template renders it, with a mark before and after it that are a token each. */
        private List<String> tokens(int most) {
            List<String> tokens = new ArrayList<>();
            tokens.add(mark(role));
            tokens.addAll(DemoTokens.of(content, most));
            tokens.add("</s>");
            return tokens;
        }

        private static String mark(String role) {
            return "<|" + role + "|>";
        }
    }

    /** @throws Refusal if an option is of the wrong type, or the model is to think */
    static DemoRequest of(boolean chat, String model, ObjectNode json) throws Refusal {
        JsonNode think = json.path("think");
        if (think.asBoolean(think.isTextual())) {
            throw new Refusal(400, "\"" + model + "\" does not support thinking");
        }
        List<Message> messages = new ArrayList<>();
        if (chat) {
            for (JsonNode message : json.path("messages")) {
                messages.add(new Message(
                        message.path("role").asText().toLowerCase(Locale.ROOT),
                        message.path("content").asText()));
            }
        } else if (!json.path("prompt").asText().isEmpty()) {
            messages.add(new Message("user", json.path("prompt").asText()));
        }
        return new DemoRequest(
                chat,
                model,
                List.copyOf(messages),
                Math.clamp(
                        option(json, "num_ctx", DemoModel.DEFAULT_NUM_CTX), SMALLEST_NUM_CTX, DemoModel.MOST_NUM_CTX),
                option(json, "num_predict", -1),
                KeepAlive.of(json.path("keep_alive")),
                json.path("stream").asBoolean(true));
    }

    private static int option(ObjectNode json, String name, int otherwise) throws Refusal {
        JsonNode value = json.path("options").path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw new Refusal(500, "option \"" + name + "\" must be of type integer");
        }
        return Math.clamp(value.longValue(), -1, Integer.MAX_VALUE);
    }

    boolean isUnload() {
        return messages.isEmpty() && keepAlive != null && keepAlive.isZero();
    }

    /**
     * The prompt as the model reads it. The oldest messages go until the rest fits into the context window, but neither
     * those of the system nor the last one (server/prompt.go, chatPrompt).
     */
    List<String> promptTokens() {
        Deque<List<String>> kept = new ArrayDeque<>();
        int left = numCtx;
        boolean full = false;
        for (Message message : messages.reversed()) {
            List<String> tokens = message.tokens(numCtx);
            boolean stays = kept.isEmpty() || message.role().equals("system");
            full |= !stays && tokens.size() >= left;
            if (stays || !full) {
                kept.addFirst(tokens);
                left -= tokens.size();
            }
        }
        kept.addLast(List.of(Message.mark("assistant")));
        return kept.stream().flatMap(List::stream).limit(numCtx).toList();
    }

    /** What is said to it, in tokens; of an answer that was begun, the rest. */
    List<String> answerTokens() {
        List<Message> prompts = messages.stream()
                .filter(message -> message.role().equals("user"))
                .toList();
        String prompt = prompts.isEmpty() ? "" : prompts.getLast().content();
        String answer = DemoAnswers.to(prompt, prompts.size());
        Message last = messages.getLast();
        boolean begun = last.role().equals("assistant") && answer.startsWith(last.content());
        return DemoTokens.of(begun ? answer.substring(last.content().length()) : answer);
    }
}
