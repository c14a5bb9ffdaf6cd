package dev.kansoku.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of Ollama's API (api/types.go), written and read. Reading is forgiving field by field: a value of the wrong
 * type or out of range is a value that was not said. Only what is no JSON object at all is an error.
 */
final class Wire {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            // Two objects on one line: better an error than half an answer.
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** A Go duration is a count of nanoseconds in 64 bits, about 292 years. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private static final Pattern BLOB = Pattern.compile("(?:^|[/\\\\])sha256[-:]([0-9a-f]{64})\"?$");

    private Wire() {}

    // Requests

    static String chat(ChatRequest request) {
        ObjectNode json = JSON.createObjectNode().put("model", request.model()).put("stream", true);
        ArrayNode messages = json.putArray("messages");
        for (ChatMessage message : request.messages()) {
            messages.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", message.content());
        }
        putOptions(json, request.options());
        putKeepAlive(json, request.keepAlive());
        return write(json);
    }

    /** A {@code generate} without a prompt: loads the model, or unloads it if {@code keepAlive} is zero. */
    static String load(String model, ModelOptions options, @Nullable Duration keepAlive) {
        ObjectNode json = JSON.createObjectNode().put("model", model).put("stream", false);
        putOptions(json, options);
        putKeepAlive(json, keepAlive);
        return write(json);
    }

    static String model(String model) {
        return write(JSON.createObjectNode().put("model", model));
    }

    static String copy(String source, String destination) {
        return write(JSON.createObjectNode().put("source", source).put("destination", destination));
    }

    private static void putOptions(ObjectNode json, ModelOptions options) {
        if (!options.equals(ModelOptions.DEFAULTS)) {
            json.set("options", JSON.valueToTree(options));
        }
    }

    private static void putKeepAlive(ObjectNode json, @Nullable Duration keepAlive) {
        if (keepAlive == null) {
            return;
        }
        if (keepAlive.isNegative() || keepAlive.compareTo(LONGEST) > 0) {
            json.put("keep_alive", -1);
        } else if (keepAlive.isZero()) {
            json.put("keep_alive", 0);
        } else {
            json.put("keep_alive", keepAlive.toNanos() + "ns");
        }
    }

    /** As a string: Jackson refuses to write half a surrogate pair as bytes, where a user's text may well have one. */
    private static String write(ObjectNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    // Replies

    /** @throws JsonProcessingException if the text is not one JSON object; its message may quote the text */
    static ObjectNode object(String text) throws JsonProcessingException {
        if (JSON.readTree(text) instanceof ObjectNode object) {
            return object;
        }
        throw MismatchedInputException.from(null, ObjectNode.class, "not an object");
    }

    /** The error that a body or a line is about; {@code null} if it is about none. */
    static @Nullable String error(ObjectNode json) {
        JsonNode error = json.path("error");
        String text = error.isObject() ? text(error, "message") : text(json, "error");
        return text == null || text.isEmpty() ? null : text;
    }

    static ChatChunk chunk(ObjectNode json, long readNanos) {
        JsonNode message = json.path("message");
        return new ChatChunk(
                orEmpty(text(message, "content")),
                orEmpty(text(message, "thinking")),
                message.path("tool_calls").size(),
                readNanos,
                json.path("done").asBoolean(false) ? figures(json) : null);
    }

    private static ReplyFigures figures(ObjectNode json) {
        return new ReplyFigures(
                cleaned(json, "done_reason"),
                duration(json, "total_duration"),
                duration(json, "load_duration"),
                tokens(json, "prompt_eval_count"),
                tokens(json, "prompt_eval_cached_count"),
                duration(json, "prompt_eval_duration"),
                tokens(json, "eval_count"),
                duration(json, "eval_duration"));
    }

    static PullProgress progress(ObjectNode json) {
        return new PullProgress(
                orEmpty(cleaned(json, "status")),
                cleaned(json, "digest"),
                orZero(count(json, "total")),
                orZero(count(json, "completed")));
    }

    static @Nullable String version(ObjectNode json) {
        return cleaned(json, "version");
    }

    /** {@code null} if there is no list of models at all. */
    static @Nullable List<InstalledModel> installed(ObjectNode json) {
        if (!json.has("models")) {
            return null;
        }
        List<InstalledModel> models = new ArrayList<>();
        for (JsonNode model : json.path("models")) {
            String name = name(model);
            if (name != null) {
                JsonNode details = model.path("details");
                models.add(new InstalledModel(
                        name,
                        orEmpty(cleaned(model, "digest")),
                        orZero(count(model, "size")),
                        instant(model, "modified_at"),
                        cleaned(details, "parameter_size"),
                        cleaned(details, "quantization_level"),
                        remoteHost(model)));
            }
        }
        return List.copyOf(models);
    }

    /** {@code null} if there is no list of models at all. */
    static @Nullable List<RunningModel> running(ObjectNode json) {
        if (!json.has("models")) {
            return null;
        }
        List<RunningModel> models = new ArrayList<>();
        for (JsonNode model : json.path("models")) {
            String name = name(model);
            if (name != null) {
                models.add(new RunningModel(
                        name,
                        orEmpty(cleaned(model, "digest")),
                        orZero(count(model, "size")),
                        orZero(count(model, "size_vram")),
                        instant(model, "expires_at"),
                        intCount(model, "context_length")));
            }
        }
        return List.copyOf(models);
    }

    static ModelDetails details(ObjectNode json) {
        JsonNode info = json.path("model_info");
        String architecture = cleaned(info, "general.architecture");
        Set<String> capabilities = new LinkedHashSet<>();
        for (JsonNode capability : json.path("capabilities")) {
            capabilities.add(ServerText.clean(capability.asText()));
        }
        return new ModelDetails(
                capabilities,
                architecture,
                count(info, "general.parameter_count"),
                architecture == null ? null : intCount(info, architecture + ".context_length"),
                blob(orEmpty(text(json, "modelfile"))));
    }

    /** The first {@code FROM} is the weights; a model that sees has another for its projector. */
    private static @Nullable String blob(String modelfile) {
        return modelfile
                .lines()
                .map(String::strip)
                .filter(line -> line.regionMatches(true, 0, "FROM ", 0, 5))
                .map(line -> BLOB.matcher(line.substring(5).strip()))
                .filter(Matcher::find)
                .map(path -> "sha256-" + path.group(1))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String name(JsonNode model) {
        String name = cleaned(model, "name");
        return name == null || name.isEmpty() ? cleaned(model, "model") : name;
    }

    /** A model that only names its remote model is a cloud model all the same. */
    private static @Nullable String remoteHost(JsonNode model) {
        String host = cleaned(model, "remote_host");
        if (host != null && !host.isEmpty()) {
            return host;
        }
        String remoteModel = cleaned(model, "remote_model");
        return remoteModel == null || remoteModel.isEmpty() ? null : "";
    }

    // Values

    private static @Nullable String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isTextual() ? value.textValue() : null;
    }

    private static @Nullable String cleaned(JsonNode json, String field) {
        String text = text(json, field);
        return text == null ? null : ServerText.clean(text);
    }

    /** A whole number from 0 on, also one that stands in a string. */
    private static @Nullable Long count(JsonNode json, String field) {
        JsonNode value = json.path(field);
        Long count = null;
        if (value.isTextual()) {
            try {
                count = Long.valueOf(value.textValue().strip());
            } catch (NumberFormatException e) {
                return null;
            }
        } else if (value.canConvertToExactIntegral() && value.canConvertToLong()) {
            count = value.longValue();
        }
        return count == null || count < 0 ? null : count;
    }

    private static @Nullable Integer intCount(JsonNode json, String field) {
        Long count = count(json, field);
        return count == null || count > Integer.MAX_VALUE ? null : count.intValue();
    }

    /** No context window is larger; and sums of such counts do not overflow. */
    private static @Nullable Long tokens(JsonNode json, String field) {
        Long count = count(json, field);
        return count == null || count > Integer.MAX_VALUE ? null : count;
    }

    private static @Nullable Duration duration(JsonNode json, String field) {
        Long nanos = count(json, field);
        return nanos == null ? null : Duration.ofNanos(nanos);
    }

    private static @Nullable Instant instant(JsonNode json, String field) {
        String text = text(json, field);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
