package dev.kansoku.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kansoku.ollama.OllamaError.TimedOut.Waiting;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what went wrong. Ollama has no error codes: the texts are those of its sources (server/routes.go,
 * server/sched.go, llm/), both up to 0.24 and from 0.30 on, where llama-server runs the models.
 */
final class OllamaErrors {

    private static final Pattern MODEL_NOT_FOUND =
            Pattern.compile("model ['\"]([^'\"]{1,200})['\"] not found", Pattern.CASE_INSENSITIVE);
    private static final Pattern TUNNEL_STATUS = Pattern.compile("Unexpected response code for CONNECT: (\\d{3})");

    /** The first that fits counts: an end for lack of memory is also the end of a process. */
    private static final List<Words> KNOWN_WORDS = List.of(
            new Words(
                    OllamaError.OutOfMemory::new,
                    "requires more system memory",
                    "out-of-memory",
                    "out of memory",
                    "failed to allocate"),
            new Words(
                    OllamaError.ContextTooLong::new,
                    "exceeds the available context size",
                    "longer than the context length",
                    "exceeds the context length"),
            new Words(OllamaError.DoesNotSupport::new, " does not support "),
            new Words(
                    OllamaError.RunnerDied::new,
                    "model runner has unexpectedly stopped",
                    "an error was encountered while running the model"),
            new Words(
                    OllamaError.LoadFailed::new,
                    "timed out waiting for llama",
                    "error starting llama-server",
                    "error loading model",
                    "unable to load model",
                    "may be incompatible with your version of ollama"),
            new Words(OllamaError.Busy::new, "server busy, please try again"),
            new Words(OllamaError.Unauthorised::new, "unauthorized"));

    private OllamaErrors() {}

    /**
     * An answer that is not a success.
     *
     * @param model what the request was about, if about a model
     */
    static OllamaError ofAnswer(int status, String body, @Nullable String model) {
        if (status < 400) {
            return new OllamaError.NotOllama(status, "");
        }
        String text = errorText(body);
        if (text != null) {
            return ofText(status, text, model);
        }
        String said = ServerText.said(body);
        return switch (status) {
            case 401 -> new OllamaError.Unauthorised(said);
            case 403 -> new OllamaError.Refused(said);
            case 404, 405 -> new OllamaError.NotOllama(status, said);
            // Ollama takes requests of any size; what says 413 is in front of it.
            case 407, 413, 502, 503, 504 -> new OllamaError.ProxyInTheWay(status, said);
            case 429 -> new OllamaError.Busy(said);
            default ->
                ServerText.isHtml(body)
                        ? new OllamaError.NotOllama(status, said)
                        : new OllamaError.ServerFault(status, said);
        };
    }

    /**
     * An error in Ollama's own form.
     *
     * @param status 200 if the error came as a line of a stream that had begun
     */
    static OllamaError ofText(int status, String errorText, @Nullable String model) {
        // Searched as a whole: what tells one kind from another may come after a long message of llama-server's.
        String text = ServerText.clean(unwrap(errorText));
        String said = ServerText.said(text);
        return switch (status) {
            case 401 -> new OllamaError.Unauthorised(said);
            case 403 -> new OllamaError.Refused(said);
            case 407 -> new OllamaError.ProxyInTheWay(status, said);
            default -> ofWords(status, text, said, model);
        };
    }

    private static OllamaError ofWords(int status, String text, String said, @Nullable String model) {
        String key = text.toLowerCase(Locale.ROOT);
        for (Words words : KNOWN_WORDS) {
            if (words.standIn(key)) {
                return words.kind().apply(said);
            }
        }
        Matcher notFound = MODEL_NOT_FOUND.matcher(text);
        if (notFound.find()) {
            return new OllamaError.ModelMissing(notFound.group(1), said);
        }
        if (model != null && key.contains("pull model manifest: file does not exist")) {
            return new OllamaError.ModelMissing(model, said);
        }
        if (key.contains("process has terminated") || key.contains("process no longer running")) {
            // Loading goes before everything that is streamed.
            return status == 200 ? new OllamaError.RunnerDied(said) : new OllamaError.LoadFailed(said);
        }
        return status == 429 || status == 503 ? new OllamaError.Busy(said) : new OllamaError.ServerFault(status, said);
    }

    /**
     * No answer, or one that broke off.
     *
     * @param waitingFor how far the call had come
     */
    static OllamaError ofTransport(IOException e, boolean loopback, Waiting waitingFor) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof InterruptedIOException) {
            // The connection of the pool that the call had first may have been dead, and its successor not come about.
            boolean connect = message.toLowerCase(Locale.ROOT).startsWith("connect");
            return message.equals("interrupted")
                    ? new OllamaError.ConnectionLost("")
                    : new OllamaError.TimedOut(connect ? Waiting.CONNECTION : waitingFor, "");
        }
        if (e instanceof ConnectException && mentions(e, "timed out")) {
            return new OllamaError.TimedOut(Waiting.CONNECTION, "");
        }
        boolean connecting = e instanceof ConnectException || waitingFor == Waiting.CONNECTION;
        if (loopback && connecting && e instanceof SocketException) {
            // Not always a refusal: "localhost" may first stand for ::1 where there is no IPv6.
            return new OllamaError.NotRunning("");
        }
        if (e instanceof UnknownHostException || e instanceof NoRouteToHostException || mentions(e, "unreachable")) {
            return new OllamaError.HostUnknown("");
        }
        if (e instanceof ConnectException) {
            return new OllamaError.Refused("");
        }
        if (waitingFor == Waiting.CONNECTION) {
            return ofConnecting(e, message);
        }
        if (e instanceof ProtocolException && !message.equals("unexpected end of stream")) {
            // Before the headers this is "Unexpected status line": another protocol, e.g. SSH.
            return waitingFor == Waiting.FIRST_BYTE ? new OllamaError.NotOllama(0, "") : new OllamaError.Protocol("");
        }
        return new OllamaError.ConnectionLost("");
    }

    private static OllamaError ofConnecting(IOException e, String message) {
        if (e instanceof SSLException) {
            return new OllamaError.Protocol(ServerText.said(message));
        }
        if (message.equals("Failed to authenticate with proxy")) {
            return new OllamaError.ProxyInTheWay(407, "");
        }
        Matcher tunnel = TUNNEL_STATUS.matcher(message);
        if (tunnel.find()) {
            return new OllamaError.ProxyInTheWay(Integer.parseInt(tunnel.group(1)), "");
        }
        // E.g. "Cannot assign requested address" for ::1 on a machine without IPv6.
        return e instanceof SocketException ? new OllamaError.HostUnknown("") : new OllamaError.ConnectionLost("");
    }

    /** What stands under {@code error} in a body; {@code null} if it is not an error of Ollama's form. */
    private static @Nullable String errorText(String body) {
        try {
            return Wire.error(Wire.object(body));
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** From 0.30 on, Ollama hands on errors of llama-server as they are: JSON inside the text. */
    private static String unwrap(String text) {
        String inner = text.startsWith("{") ? errorText(text) : null;
        return inner == null ? text : inner;
    }

    private static boolean mentions(Throwable e, String phrase) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT).contains(phrase)) {
                return true;
            }
        }
        return false;
    }

    private record Words(Function<String, OllamaError> kind, List<String> phrases) {

        Words(Function<String, OllamaError> kind, String... phrases) {
            this(kind, List.of(phrases));
        }

        boolean standIn(String text) {
            return phrases.stream().anyMatch(text::contains);
        }
    }
}
