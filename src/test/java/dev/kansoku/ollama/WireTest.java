package dev.kansoku.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kansoku.ollama.ChatMessage.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

    private static final ModelOptions TWO_OPTIONS =
            new ModelOptions(4096, null, null, null, null, 0.5, null, null, null, null, List.of("###"));

    // Requests

    @Test
    void whatIsLeftToTheServerIsNotSent() {
        ChatRequest request = new ChatRequest(
                "tinyllama",
                List.of(new ChatMessage(Role.SYSTEM, "Be brief."), new ChatMessage(Role.USER, "\"Hi\"\n")),
                ModelOptions.DEFAULTS,
                null);

        assertThat(Wire.chat(request))
                .isEqualTo("{\"model\":\"tinyllama\",\"stream\":true,\"messages\":["
                        + "{\"role\":\"system\",\"content\":\"Be brief.\"},"
                        + "{\"role\":\"user\",\"content\":\"\\\"Hi\\\"\\n\"}]}");
    }

    @Test
    void optionsAndKeepAliveAreSentWhereSet() {
        ChatRequest request = new ChatRequest("m", List.of(), TWO_OPTIONS, Duration.ofMinutes(10));

        assertThat(Wire.chat(request))
                .isEqualTo("{\"model\":\"m\",\"stream\":true,\"messages\":[],"
                        + "\"options\":{\"num_ctx\":4096,\"temperature\":0.5,\"stop\":[\"###\"]},"
                        + "\"keep_alive\":\"600000000000ns\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0",
        "PT-1S, -1",
        "PT-0.000000001S, -1",
        "PT0.000000001S, '\"1ns\"'",
        "PT1.5S, '\"1500000000ns\"'",
        "P100000D, '\"8640000000000000000ns\"'",
        "P200000D, -1",
    })
    void keepAliveIsAGoDurationOrForEver(Duration keepAlive, String json) {
        assertThat(Wire.load("m", ModelOptions.DEFAULTS, keepAlive))
                .isEqualTo("{\"model\":\"m\",\"stream\":false,\"keep_alive\":" + json + "}");
    }

    @Test
    void halfASurrogatePairCanBeSent() {
        ChatRequest request = new ChatRequest(
                "m", List.of(new ChatMessage(Role.USER, "half \uD83E llama")), ModelOptions.DEFAULTS, null);

        assertThat(Wire.chat(request)).contains("half ").contains(" llama");
    }

    // Replies

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "[]", "\"text\"", "null", "{\"a\":", "<html>", "{}{}", "{} x", "{\"a\":nil}"})
    void whatIsNotOneObjectIsRefused(String text) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> Wire.object(text));
    }

    @Test
    void aRealFinalLineIsReadWhole() throws Exception {
        ReplyFigures figures = figures("\"done_reason\":\"stop\",\"total_duration\":30258609300,"
                + "\"load_duration\":19906358300,\"prompt_eval_count\":29,\"prompt_eval_cached_count\":0,"
                + "\"prompt_eval_duration\":10175903000,\"eval_count\":3,\"eval_duration\":173639000");

        assertThat(figures)
                .isEqualTo(new ReplyFigures(
                        "stop",
                        Duration.ofNanos(30_258_609_300L),
                        Duration.ofNanos(19_906_358_300L),
                        29L,
                        0L,
                        Duration.ofNanos(10_175_903_000L),
                        3L,
                        Duration.ofNanos(173_639_000)));
    }

    @Test
    void absentIsNotZero() throws Exception {
        assertThat(figures("\"done_reason\":\"load\""))
                .isEqualTo(new ReplyFigures("load", null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            quoteCharacter = '`',
            value = {
                "0, 0",
                "26, 26",
                "\"26\", 26",
                "\" 26 \", 26",
                "2.6e1, 26",
                "2147483647, 2147483647",
                "-1, null",
                "\"-1\", null",
                "9223372036854775808, null",
                "1e400, null",
                "123456789012345678901234567890, null",
                "26.5, null",
                "NaN, null",
                "Infinity, null",
                "\"NaN\", null",
                "\"\", null",
                "null, null",
                "true, null",
                "[26], null",
                "{}, null",
            })
    void aFigureThatIsNoWholeNumberFromZeroOnWasNotSaid(@Nullable String json, @Nullable Long expected)
            throws Exception {
        ReplyFigures figures = figures("\"eval_count\":" + json + ",\"eval_duration\":" + json);

        assertThat(figures.evalCount()).isEqualTo(expected);
        assertThat(figures.eval()).isEqualTo(expected == null ? null : Duration.ofNanos(expected));
    }

    @Test
    void aDurationMayFillALongButACountOfTokensNotMoreThanAnInt() throws Exception {
        ReplyFigures figures = figures("\"eval_count\":2147483648,\"eval_duration\":9223372036854775807");

        assertThat(figures.evalCount()).isNull();
        assertThat(figures.eval()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void aFinalLineMayHaveContentAndToolCalls() throws Exception {
        ChatChunk chunk = Wire.chunk(
                Wire.object(
                        "{\"message\":{\"content\":\"end\",\"thinking\":\"hm\",\"tool_calls\":[{},{}]},\"done\":true}"),
                7);

        assertThat(chunk.content()).isEqualTo("end");
        assertThat(chunk.thinking()).isEqualTo("hm");
        assertThat(chunk.toolCalls()).isEqualTo(2);
        assertThat(chunk.readNanos()).isEqualTo(7);
        assertThat(chunk.last()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"message\":null,\"done\":false}",
                "{\"message\":{\"content\":null,\"tool_calls\":null}}",
                "{\"message\":\"text\",\"new_field\":[1,{\"a\":2}]}"
            })
    void aLineWithoutAnythingKnownIsAnEmptyChunk(String json) throws Exception {
        assertThat(Wire.chunk(Wire.object(json), 1)).isEqualTo(new ChatChunk("", "", 0, 1, null));
    }

    @Test
    void installedModelsKeepTheirOrderAndLoseTheirControls() throws Exception {
        List<InstalledModel> models = Wire.installed(Wire.object("""
                {"models":[
                  {"name":"z:latest","modified_at":"2026-11-20T09:30:00.123456789+01:00","size":637700138,
                   "digest":"abc","details":{"parameter_size":"1.1B","quantization_level":"Q4_0"}},
                  {"name":"evil\\u202e\\u001b[2J:1b","size":-5,"modified_at":"yesterday"},
                  {"name":"gpt-oss:120b-cloud","remote_host":"https://ollama.com:443","remote_model":"gpt-oss:120b"},
                  {"model":"b:latest","remote_model":"b"},
                  {"size":1}
                ]}"""));

        assertThat(models)
                .containsExactly(
                        new InstalledModel(
                                "z:latest",
                                "abc",
                                637_700_138,
                                Instant.parse("2026-11-20T08:30:00.123456789Z"),
                                "1.1B",
                                "Q4_0",
                                null),
                        new InstalledModel("evil:1b", "", 0, null, null, null, null),
                        new InstalledModel("gpt-oss:120b-cloud", "", 0, null, null, null, "https://ollama.com:443"),
                        new InstalledModel("b:latest", "", 0, null, null, null, ""));
        assertThat(Objects.requireNonNull(models).get(3).isCloud()).isTrue();
    }

    @Test
    void aModelThatStaysForEverExpiresInTheYear2318() throws Exception {
        assertThat(Wire.running(Wire.object("""
                {"models":[
                  {"name":"a:latest","digest":"d","size":9,"size_vram":4,"context_length":4096,
                   "expires_at":"2318-09-30T12:00:00.000000001+09:00"},
                  {"name":"b:latest","expires_at":"in a minute","context_length":99999999999}
                ]}""")))
                .containsExactly(
                        new RunningModel("a:latest", "d", 9, 4, Instant.parse("2318-09-30T03:00:00.000000001Z"), 4096),
                        new RunningModel("b:latest", "", 0, 0, null, null));
    }

    @Test
    void noModelsAreNotTheSameAsNoList() throws Exception {
        assertThat(Wire.running(Wire.object("{\"models\":[]}"))).isEmpty();
        assertThat(Wire.running(Wire.object("{\"models\":null}"))).isEmpty();
        assertThat(Wire.running(Wire.object("{\"data\":[]}"))).isNull();
        assertThat(Wire.installed(Wire.object("{}"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Modelfile generated by ollama\\n# FROM tinyllama:latest\\n\\nFROM /root/.ollama/models/blobs/sha256-%s\\n",
                "FROM \\\"C:\\\\Users\\\\me\\\\.ollama\\\\models\\\\blobs\\\\sha256-%s\\\"\\r\\nFROM C:\\\\sha256-other",
                "from /blobs/sha256:%s",
                "FROM /blobs/sha256-%s\\nFROM /blobs/sha256-0000000000000000000000000000000000000000000000000000000000000000",
            })
    void theBlobIsTheFirstFileThatTheModelfileIsFrom(String modelfile) throws Exception {
        String hash = "2af3b81862c6be03c769683af18efdadb2c33f60ff32ab6f83e42c043d6c7816";

        assertThat(details("\"modelfile\":\"" + String.format(modelfile, hash) + "\"")
                        .blob())
                .isEqualTo("sha256-" + hash);
    }

    @Test
    void aModelMadeFromAnotherNameHasNoBlob() throws Exception {
        assertThat(details("\"modelfile\":\"FROM llama3\\nSYSTEM FROM sha256-abc\"")
                        .blob())
                .isNull();
        assertThat(details("\"license\":\"MIT\"")).isEqualTo(new ModelDetails(Set.of(), null, null, null, null));
    }

    @Test
    void detailsAreLookedUpByArchitecture() throws Exception {
        ModelDetails details = details("\"capabilities\":[\"completion\",\"tools\"],\"model_info\":{"
                + "\"general.architecture\":\"granite\",\"general.parameter_count\":2533539840,"
                + "\"granite.context_length\":131072,\"llama.context_length\":2048}");

        assertThat(details.capabilities()).containsExactlyInAnyOrder("completion", "tools");
        assertThat(details.architecture()).isEqualTo("granite");
        assertThat(details.parameterCount()).isEqualTo(2_533_539_840L);
        assertThat(details.contextLength()).isEqualTo(131_072);
    }

    private static ModelDetails details(String fields) throws Exception {
        return Wire.details(Wire.object("{" + fields + "}"));
    }

    private static ReplyFigures figures(String fields) throws Exception {
        return Objects.requireNonNull(
                Wire.chunk(Wire.object(ScriptedServer.done(fields)), 0).last());
    }
}
