package dev.kansoku.telemetry;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.opentelemetry.api.common.AttributeKey.valueKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Value;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every name that leaves the program. Those that begin with {@code gen_ai} are OpenTelemetry's semantic conventions for
 * generative AI, v1.41.1; the others of OpenTelemetry's are those of v1.44.0; {@code llm} is ours.
 */
final class Names {

    /** Of tracer and logger. */
    static final String SCOPE = "dev.kansoku";

    // Spans

    /** A turn, from sending to drawing. */
    static final String TURN = "inference_request";

    /** The call of the server; the model's name follows. */
    static final String CHAT = "chat";

    static final String MODEL_LOAD = "model_load";
    static final String PROMPT_EVAL = "prompt_eval";
    static final String MODEL_INFERENCE = "model_inference";
    static final String DRAW = "draw";

    // Events

    static final String TURN_DETAILS = "gen_ai.client.inference.operation.details";
    static final String TURN_EXCEPTION = "gen_ai.client.operation.exception";

    static final Set<String> EVENTS = Set.of(TURN_DETAILS, TURN_EXCEPTION);

    // Attributes of spans and events

    static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
    static final AttributeKey<String> CONVERSATION = stringKey("gen_ai.conversation.id");
    static final AttributeKey<String> MODEL = stringKey("gen_ai.request.model");
    static final AttributeKey<Boolean> STREAM = booleanKey("gen_ai.request.stream");
    static final AttributeKey<List<String>> FINISH_REASONS = stringArrayKey("gen_ai.response.finish_reasons");

    /** In seconds. */
    static final AttributeKey<Double> FIRST_CHUNK = doubleKey("gen_ai.response.time_to_first_chunk");

    /** In tokens, cached ones included. */
    static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");

    static final AttributeKey<Long> CACHED_TOKENS = longKey("gen_ai.usage.cache_read.input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");
    static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
    static final AttributeKey<String> SESSION = stringKey("session.id");
    static final AttributeKey<String> REQUEST = stringKey("llm.request.id");

    /** {@code success}, {@code error}, {@code stopped} or {@code incomplete}. */
    static final AttributeKey<String> STATUS = stringKey("llm.status");

    /** {@code cold}, {@code warm}, {@code reload}, {@code queued} or {@code unknown}. */
    static final AttributeKey<String> VERDICT = stringKey("llm.load.verdict");

    static final AttributeKey<String> SERVER_VERSION = stringKey("llm.server.version");

    /** {@code local} or {@code remote}: where the server is, and no more of it. */
    static final AttributeKey<String> SERVER_PLACE = stringKey("llm.server.place");

    static final AttributeKey<Double> TOKENS_PER_SECOND = doubleKey("llm.output.tokens_per_second");

    /** In Unicode code points. */
    static final AttributeKey<Long> PROMPT_LENGTH = longKey("llm.prompt.length");

    static final AttributeKey<Long> REPLY_LENGTH = longKey("llm.reply.length");

    /** Kinds of personal data that were found, in lower case. */
    static final AttributeKey<List<String>> PROMPT_KINDS = stringArrayKey("llm.prompt.personal_data");

    static final AttributeKey<List<String>> REPLY_KINDS = stringArrayKey("llm.reply.personal_data");

    // Masked text

    static final AttributeKey<Value<?>> INPUT = valueKey("gen_ai.input.messages");
    static final AttributeKey<Value<?>> OUTPUT = valueKey("gen_ai.output.messages");
    static final AttributeKey<String> EXCEPTION_TYPE = stringKey("exception.type");
    static final AttributeKey<String> EXCEPTION_MESSAGE = stringKey("exception.message");

    /** Attributes with text that a {@code Masker} has cut. */
    static final Set<String> MASKED = Stream.of(INPUT, OUTPUT, EXCEPTION_MESSAGE)
            .map(AttributeKey::getKey)
            .collect(Collectors.toUnmodifiableSet());

    /** Nothing else passes the guards. */
    static final Set<String> ATTRIBUTES = Stream.concat(
                    MASKED.stream(),
                    Stream.of(
                                    OPERATION,
                                    PROVIDER,
                                    CONVERSATION,
                                    MODEL,
                                    STREAM,
                                    FINISH_REASONS,
                                    FIRST_CHUNK,
                                    INPUT_TOKENS,
                                    CACHED_TOKENS,
                                    OUTPUT_TOKENS,
                                    ERROR_TYPE,
                                    SESSION,
                                    REQUEST,
                                    STATUS,
                                    VERDICT,
                                    SERVER_VERSION,
                                    SERVER_PLACE,
                                    TOKENS_PER_SECOND,
                                    PROMPT_LENGTH,
                                    REPLY_LENGTH,
                                    PROMPT_KINDS,
                                    REPLY_KINDS,
                                    EXCEPTION_TYPE)
                            .map(AttributeKey::getKey))
            .collect(Collectors.toUnmodifiableSet());

    /** Of the resource: what machine and program it is, but neither whose nor where. */
    static final Set<String> RESOURCE = Set.of(
            "service.name",
            "service.namespace",
            "service.version",
            "service.instance.id",
            "deployment.environment.name",
            "kansoku.site",
            "os.type",
            "host.arch",
            "telemetry.sdk.language",
            "telemetry.sdk.name",
            "telemetry.sdk.version");

    private Names() {}
}
