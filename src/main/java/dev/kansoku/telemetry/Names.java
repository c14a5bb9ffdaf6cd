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

    static final String SESSION_START = "session.start";
    static final String SESSION_END = "session.end";
    static final String JANK = "app.jank";
    static final String CRASH = "app.crash";
    static final String CLICK = "app.widget.click";

    /** Sent when the user asks for it, and says nothing. */
    static final String TEST = "kansoku.test";

    // Metrics

    static final String REQUESTS = "llm.inference.requests";
    static final String TOKENS = "llm.tokens.processed";
    static final String CACHED = "llm.prompt.cached_tokens";
    static final String OPERATION_DURATION = "gen_ai.client.operation.duration";
    static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";
    static final String TIME_PER_OUTPUT_CHUNK = "gen_ai.client.operation.time_per_output_chunk";
    static final String TOKEN_USAGE = "gen_ai.client.token.usage";
    static final String LOAD_TIME = "llm.model.load_time";
    static final String PHASE_DURATION = "llm.phase.duration";
    static final String RATE = "llm.output.tokens_per_second";
    static final String START_DURATION = "app.start.duration";
    static final String FRAME_LAG = "app.frame.lag";
    static final String ACTIVE = "llm.requests.active";
    static final String MODEL_MEMORY = "llm.model.memory";
    static final String SYSTEM_CPU = "system.cpu.utilization";
    static final String SYSTEM_MEMORY = "system.memory.usage";
    static final String SERVER_CPU = "llm.server.cpu.utilization";
    static final String SERVER_MEMORY = "llm.server.memory.usage";
    static final String PROCESS_CPU = "process.cpu.utilization";
    static final String PROCESS_MEMORY = "process.memory.usage";
    static final String GPU = "hw.gpu.utilization";
    static final String GPU_MEMORY = "hw.gpu.memory.usage";
    static final String MESSAGES_SENT = "kansoku.telemetry.sent";
    static final String MESSAGES_DROPPED = "kansoku.telemetry.dropped";
    static final String MESSAGES_WAITING = "kansoku.telemetry.waiting";

    /** Histograms without buckets of their own: one series each in Prometheus. */
    static final Set<String> EXPONENTIAL = Set.of(
            TIME_TO_FIRST_CHUNK,
            TIME_PER_OUTPUT_CHUNK,
            TOKEN_USAGE,
            LOAD_TIME,
            PHASE_DURATION,
            RATE,
            START_DURATION,
            FRAME_LAG);

    /** What the SDK says of itself, as far as it is worth its series. */
    static final Set<String> OF_THE_SDK = Set.of(
            "otel.sdk.processor.span.processed",
            "otel.sdk.processor.span.queue.size",
            "otel.sdk.processor.log.processed",
            "otel.sdk.processor.log.queue.size");

    // Attributes of metrics

    static final AttributeKey<String> TOKEN_TYPE = stringKey("gen_ai.token.type");

    /** As {@link dev.kansoku.measure.SegmentKind} has it. */
    static final AttributeKey<String> PHASE = stringKey("llm.phase");

    /** {@code ram} or {@code vram}. */
    static final AttributeKey<String> MEMORY_KIND = stringKey("llm.memory.kind");

    /** {@code server} or {@code runner}. */
    static final AttributeKey<String> SERVER_PART = stringKey("llm.server.part");

    /** Of the SDK's own metrics. */
    static final AttributeKey<String> COMPONENT_TYPE = stringKey("otel.component.type");

    static final AttributeKey<String> MEMORY_STATE = stringKey("system.memory.state");

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

    /** Code of a fault, such as {@code 4K7Q-0X2M-9TBD}: the same for the same fault everywhere. */
    static final AttributeKey<String> CRASH_ID = stringKey("app.crash.id");

    /** In seconds. */
    static final AttributeKey<Double> JANK_PERIOD = doubleKey("app.jank.period");

    static final AttributeKey<Double> JANK_THRESHOLD = doubleKey("app.jank.threshold");
    static final AttributeKey<Long> JANK_FRAMES = longKey("app.jank.frame_count");
    static final AttributeKey<String> WIDGET = stringKey("app.widget.id");

    // Masked text

    static final AttributeKey<Value<?>> INPUT = valueKey("gen_ai.input.messages");
    static final AttributeKey<Value<?>> OUTPUT = valueKey("gen_ai.output.messages");
    static final AttributeKey<String> EXCEPTION_TYPE = stringKey("exception.type");
    static final AttributeKey<String> EXCEPTION_MESSAGE = stringKey("exception.message");

    /** Attributes with text that a {@code Masker} has cut. */
    static final Set<String> MASKED = Stream.of(INPUT, OUTPUT, EXCEPTION_MESSAGE)
            .map(AttributeKey::getKey)
            .collect(Collectors.toUnmodifiableSet());

    /** Attributes that are made by the program and by chance. */
    static final Set<String> IDS =
            Set.of(REQUEST.getKey(), CONVERSATION.getKey(), SESSION.getKey(), CRASH_ID.getKey(), "service.instance.id");

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
                                    CRASH_ID,
                                    JANK_PERIOD,
                                    JANK_THRESHOLD,
                                    JANK_FRAMES,
                                    WIDGET,
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
            "os.version",
            "host.arch",
            "kansoku.host.cores",
            "kansoku.host.memory",
            "kansoku.javafx.version",
            "telemetry.sdk.language",
            "telemetry.sdk.name",
            "telemetry.sdk.version");

    static final Set<String> EVENTS =
            Set.of(TURN_DETAILS, TURN_EXCEPTION, SESSION_START, SESSION_END, JANK, CRASH, CLICK, TEST);

    static final Set<String> METRICS = Stream.of(
                    EXPONENTIAL.stream(),
                    OF_THE_SDK.stream(),
                    Stream.of(
                            REQUESTS,
                            TOKENS,
                            CACHED,
                            OPERATION_DURATION,
                            ACTIVE,
                            MODEL_MEMORY,
                            SYSTEM_CPU,
                            SYSTEM_MEMORY,
                            SERVER_CPU,
                            SERVER_MEMORY,
                            PROCESS_CPU,
                            PROCESS_MEMORY,
                            GPU,
                            GPU_MEMORY,
                            MESSAGES_SENT,
                            MESSAGES_DROPPED,
                            MESSAGES_WAITING))
            .flatMap(each -> each)
            .collect(Collectors.toUnmodifiableSet());

    /** In UCUM; nothing else passes the guards. */
    static final Set<String> UNITS =
            Set.of("1", "s", "By", "{request}", "{token}", "{message}", "{span}", "{log_record}");

    /** Nothing else tells two series apart: each value of each costs a series. */
    static final Set<String> METRIC_ATTRIBUTES = Stream.of(
                    OPERATION,
                    PROVIDER,
                    MODEL,
                    ERROR_TYPE,
                    STATUS,
                    VERDICT,
                    TOKEN_TYPE,
                    PHASE,
                    MEMORY_KIND,
                    SERVER_PART,
                    MEMORY_STATE,
                    COMPONENT_TYPE)
            .map(AttributeKey::getKey)
            .collect(Collectors.toUnmodifiableSet());

    private Names() {}
}
