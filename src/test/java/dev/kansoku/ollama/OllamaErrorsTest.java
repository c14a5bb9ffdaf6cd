package dev.kansoku.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kansoku.ollama.OllamaError.Busy;
import dev.kansoku.ollama.OllamaError.ConnectionLost;
import dev.kansoku.ollama.OllamaError.ContextTooLong;
import dev.kansoku.ollama.OllamaError.DoesNotSupport;
import dev.kansoku.ollama.OllamaError.HostUnknown;
import dev.kansoku.ollama.OllamaError.LoadFailed;
import dev.kansoku.ollama.OllamaError.ModelMissing;
import dev.kansoku.ollama.OllamaError.NotOllama;
import dev.kansoku.ollama.OllamaError.NotRunning;
import dev.kansoku.ollama.OllamaError.OutOfMemory;
import dev.kansoku.ollama.OllamaError.ProxyInTheWay;
import dev.kansoku.ollama.OllamaError.Refused;
import dev.kansoku.ollama.OllamaError.RunnerDied;
import dev.kansoku.ollama.OllamaError.ServerFault;
import dev.kansoku.ollama.OllamaError.TimedOut;
import dev.kansoku.ollama.OllamaError.TimedOut.Waiting;
import dev.kansoku.ollama.OllamaError.Unauthorised;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OllamaErrorsTest {

    private static final String CONTEXT_BY_LLAMA_SERVER = "{\"error\":{\"code\":400,\"message\":\"request (5000 tokens)"
            + " exceeds the available context size (4096 tokens), try increasing it\","
            + "\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":5000,\"n_ctx\":4096}}";

    /** Texts of Ollama up to 0.24 and from 0.30 on. */
    static Stream<Arguments> errorsOfOllama() {
        return Stream.of(
                Arguments.of(400, "missing request body", ServerFault.class),
                Arguments.of(400, "invalid character 'x' looking for beginning of value", ServerFault.class),
                Arguments.of(
                        400,
                        "invalid think value: \"x\" (must be \"high\", \"medium\", \"low\", \"max\", true, or false)",
                        ServerFault.class),
                Arguments.of(400, "model is required", ServerFault.class),
                Arguments.of(400, "invalid model name", ServerFault.class),
                Arguments.of(404, "model 'nosuch:7b' not found", ModelMissing.class),
                Arguments.of(404, "model \"nosuch:7b\" not found, try pulling it first", ModelMissing.class),
                Arguments.of(404, "model \"nosuch:7b\" not found", ModelMissing.class),
                Arguments.of(200, "pull model manifest: file does not exist", ModelMissing.class),
                Arguments.of(400, "\"tinyllama\" does not support thinking", DoesNotSupport.class),
                Arguments.of(400, "\"tinyllama\" does not support chat", DoesNotSupport.class),
                Arguments.of(400, "\"tinyllama\" does not support generate", DoesNotSupport.class),
                Arguments.of(
                        400,
                        "registry.ollama.ai/library/tinyllama:latest does not support tools",
                        DoesNotSupport.class),
                Arguments.of(503, "server busy, please try again.  maximum pending requests exceeded", Busy.class),
                Arguments.of(503, "Service temporarily overloaded", Busy.class),
                Arguments.of(429, "you have reached your hourly usage limit", Busy.class),
                Arguments.of(500, "option \"temperature\" must be of type float32", ServerFault.class),
                Arguments.of(
                        500,
                        "invalid format: \"x\"; expected \"json\" or a valid JSON Schema object",
                        ServerFault.class),
                Arguments.of(
                        500,
                        "model requires more system memory (5.6 GiB) than is available (3.1 GiB)",
                        OutOfMemory.class),
                Arguments.of(
                        500,
                        "llama-server reported out-of-memory during startup: failed to allocate CPU buffer",
                        OutOfMemory.class),
                Arguments.of(500, "llama runner process has terminated: CUDA error: out of memory", OutOfMemory.class),
                Arguments.of(500, "llama runner process has terminated: signal: killed", LoadFailed.class),
                Arguments.of(500, "llama runner process has terminated with exit code 2", LoadFailed.class),
                Arguments.of(500, "llama runner process no longer running: 2 error", LoadFailed.class),
                Arguments.of(500, "llama-server process has terminated: exit status 1: bad magic", LoadFailed.class),
                Arguments.of(500, "timed out waiting for llama-server to start - ", LoadFailed.class),
                Arguments.of(500, "timed out waiting for llama runner to start - ", LoadFailed.class),
                Arguments.of(
                        500,
                        "error starting llama-server: llama-server binary not found (checked: /usr/lib/ollama)",
                        LoadFailed.class),
                Arguments.of(
                        500,
                        "unknown model architecture: this model may be incompatible with your version of Ollama. If you"
                                + " previously pulled this model, try updating it by running `ollama pull x`",
                        LoadFailed.class),
                Arguments.of(
                        500,
                        "model runner has unexpectedly stopped, this may be due to resource limitations or an internal"
                                + " error, check ollama server logs for details",
                        RunnerDied.class),
                Arguments.of(200, "an error was encountered while running the model: unexpected EOF", RunnerDied.class),
                Arguments.of(200, "llama-server process has terminated: exit status 2", RunnerDied.class),
                Arguments.of(400, CONTEXT_BY_LLAMA_SERVER, ContextTooLong.class),
                Arguments.of(
                        400,
                        "the prompt is longer than the context length currently available to the model; shorten the"
                                + " prompt, adjust the context length in settings, or use a model with a longer context"
                                + " length",
                        ContextTooLong.class),
                Arguments.of(400, "the input length exceeds the context length", ContextTooLong.class),
                Arguments.of(401, "unauthorized", Unauthorised.class),
                Arguments.of(200, "unauthorized", Unauthorised.class),
                Arguments.of(403, "ollama cloud is disabled: remote inference is unavailable", Refused.class),
                Arguments.of(502, "cloud is unreachable", ServerFault.class),
                Arguments.of(418, "anything else", ServerFault.class));
    }

    @ParameterizedTest
    @MethodSource("errorsOfOllama")
    void whatOllamaSaysIsUnderstood(int status, String text, Class<? extends OllamaError> kind) {
        OllamaError error = OllamaErrors.ofText(status, text, "asked:latest");

        assertThat(error).isInstanceOf(kind);
        assertThat(error.serverSaid()).isNotEmpty();
        if (status >= 400) {
            assertThat(OllamaErrors.ofAnswer(status, ScriptedServer.error(text), "asked:latest"))
                    .as("the same as a body")
                    .isEqualTo(error);
        }
    }

    @Test
    void theMissingModelIsTheOneNamedElseTheOneAskedFor() {
        assertThat(OllamaErrors.ofText(404, "model 'nosuch:7b' not found", "asked"))
                .isEqualTo(new ModelMissing("nosuch:7b", "model 'nosuch:7b' not found"));
        assertThat(OllamaErrors.ofText(200, "pull model manifest: file does not exist", "asked"))
                .isEqualTo(new ModelMissing("asked", "pull model manifest: file does not exist"));
    }

    @Test
    void theKindIsSeenAlsoBehindALongMessage() {
        assertThat(OllamaErrors.ofText(500, "llama_model_load: ".repeat(100) + "out of memory", null))
                .isInstanceOf(OutOfMemory.class)
                .extracting(OllamaError::serverSaid)
                .asString()
                .hasSize(500);
    }

    @Test
    void jsonInsideTheTextIsUnwrapped() {
        assertThat(OllamaErrors.ofText(400, CONTEXT_BY_LLAMA_SERVER, null).serverSaid())
                .isEqualTo("request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it");
        assertThat(OllamaErrors.ofText(400, "{not json", null).serverSaid()).isEqualTo("{not json");
        assertThat(OllamaErrors.ofAnswer(400, CONTEXT_BY_LLAMA_SERVER, null)).isInstanceOf(ContextTooLong.class);
    }

    /** What others say in Ollama's place, or Ollama's framework. */
    static Stream<Arguments> otherAnswers() {
        String html = "<html><head><title>Bad Gateway</title></head></html>";
        return Stream.of(
                Arguments.of(301, html, new NotOllama(301, "")),
                Arguments.of(302, "", new NotOllama(302, "")),
                Arguments.of(400, html, new NotOllama(400, "Bad Gateway")),
                Arguments.of(401, html, new Unauthorised("Bad Gateway")),
                Arguments.of(403, "", new Refused("")),
                Arguments.of(403, "error code: 1020", new Refused("error code: 1020")),
                Arguments.of(404, "404 page not found", new NotOllama(404, "404 page not found")),
                Arguments.of(404, "{\"detail\":\"Not Found\"}", new NotOllama(404, "{\"detail\":\"Not Found\"}")),
                Arguments.of(405, "", new NotOllama(405, "")),
                Arguments.of(407, html, new ProxyInTheWay(407, "Bad Gateway")),
                Arguments.of(407, "{\"error\":\"who are you\"}", new ProxyInTheWay(407, "who are you")),
                Arguments.of(413, html, new ProxyInTheWay(413, "Bad Gateway")),
                Arguments.of(429, "", new Busy("")),
                Arguments.of(500, "", new ServerFault(500, "")),
                Arguments.of(502, html, new ProxyInTheWay(502, "Bad Gateway")),
                Arguments.of(503, "no healthy upstream", new ProxyInTheWay(503, "no healthy upstream")),
                Arguments.of(504, "", new ProxyInTheWay(504, "")));
    }

    @ParameterizedTest
    @MethodSource("otherAnswers")
    void whatOthersSayIsNotTakenForOllama(int status, String body, OllamaError expected) {
        assertThat(OllamaErrors.ofAnswer(status, body, "m")).isEqualTo(expected);
    }

    static Stream<Arguments> transportFailures() {
        IOException refused = new ConnectException("Failed to connect to /192.0.2.1:11434");
        IOException timedOutBySystem = new ConnectException("Failed to connect to /192.0.2.1:11434");
        timedOutBySystem.initCause(new ConnectException("Connection timed out"));
        return Stream.of(
                Arguments.of(refused, Waiting.CONNECTION, new Refused("")),
                Arguments.of(timedOutBySystem, Waiting.CONNECTION, new TimedOut(Waiting.CONNECTION, "")),
                Arguments.of(new UnknownHostException("x"), Waiting.CONNECTION, new HostUnknown("")),
                Arguments.of(new NoRouteToHostException("x"), Waiting.CONNECTION, new HostUnknown("")),
                Arguments.of(new SocketException("Network is unreachable"), Waiting.CONNECTION, new HostUnknown("")),
                Arguments.of(
                        new SocketException("Cannot assign requested address"),
                        Waiting.CONNECTION,
                        new HostUnknown("")),
                Arguments.of(
                        new SocketTimeoutException("Connect timed out"),
                        Waiting.FIRST_BYTE,
                        new TimedOut(Waiting.CONNECTION, "")),
                Arguments.of(
                        new SocketTimeoutException("timeout"),
                        Waiting.FIRST_BYTE,
                        new TimedOut(Waiting.FIRST_BYTE, "")),
                Arguments.of(new InterruptedIOException("interrupted"), Waiting.FIRST_BYTE, new ConnectionLost("")),
                Arguments.of(
                        new InterruptedIOException("deadline reached"),
                        Waiting.NEXT_CHUNK,
                        new TimedOut(Waiting.NEXT_CHUNK, "")),
                Arguments.of(
                        new IOException("Failed to authenticate with proxy"),
                        Waiting.CONNECTION,
                        new ProxyInTheWay(407, "")),
                Arguments.of(
                        new IOException("Unexpected response code for CONNECT: 502"),
                        Waiting.CONNECTION,
                        new ProxyInTheWay(502, "")),
                Arguments.of(
                        new SSLHandshakeException("PKIX path building failed"),
                        Waiting.CONNECTION,
                        new OllamaError.Protocol("PKIX path building failed")),
                Arguments.of(
                        new ProtocolException("Unexpected status line: SSH-2.0"),
                        Waiting.FIRST_BYTE,
                        new NotOllama(0, "")),
                Arguments.of(
                        new ProtocolException("expected chunk size but was \"x\""),
                        Waiting.NEXT_CHUNK,
                        new OllamaError.Protocol("")),
                Arguments.of(
                        new ProtocolException("unexpected end of stream"), Waiting.NEXT_CHUNK, new ConnectionLost("")),
                Arguments.of(new SocketException("Connection reset"), Waiting.NEXT_CHUNK, new ConnectionLost("")),
                Arguments.of(new EOFException(), Waiting.FIRST_BYTE, new ConnectionLost("")));
    }

    @ParameterizedTest
    @MethodSource("transportFailures")
    void whatTheNetworkDoesIsToldByHowFarTheCallHadCome(IOException e, Waiting waitingFor, OllamaError expected) {
        assertThat(OllamaErrors.ofTransport(e, false, waitingFor)).isEqualTo(expected);
    }

    @Test
    void onThisMachineARefusedConnectionMeansThatOllamaDoesNotRun() {
        assertThat(OllamaErrors.ofTransport(new ConnectException("Connection refused"), true, Waiting.CONNECTION))
                .isEqualTo(new NotRunning(""));
        assertThat(OllamaErrors.ofTransport(new ConnectException("Connection refused"), true, Waiting.FIRST_BYTE))
                .as("after a dead connection of the pool")
                .isEqualTo(new NotRunning(""));
        assertThat(OllamaErrors.ofTransport(
                        new SocketException("Cannot assign requested address"), true, Waiting.CONNECTION))
                .as("no IPv6 here")
                .isEqualTo(new NotRunning(""));
    }
}
