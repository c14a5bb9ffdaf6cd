package dev.kansoku.ollama;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kansoku.ollama.LineReader.LineTooLongException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** What streamed and whole replies have in common. */
final class Replies {

    /** A verbose {@code show} has tens of megabytes. */
    static final long MOST_WHOLE_BYTES = 64L * 1024 * 1024;

    private static final long MOST_ERROR_BYTES = 64L * 1024;
    private static final int ERROR_SECONDS = 5;

    private Replies() {}

    /** The body. We ask for no compression, as it holds chunks back; a proxy may compress all the same. */
    static Source source(Response response) {
        BufferedSource body = response.body().source();
        return "gzip".equalsIgnoreCase(response.header("Content-Encoding")) ? new GzipSource(body) : body;
    }

    /**
     * @param model what the request was about, if about a model
     * @throws OllamaException if the answer is an error, or a page for people
     */
    static void refuseUnlessGood(Response response, @Nullable String model) throws OllamaException {
        if (response.isSuccessful()) {
            String type = String.valueOf(response.header("Content-Type")).toLowerCase(Locale.ROOT);
            if (type.startsWith("text/html")) {
                throw new OllamaException(notOllama(response, head(response)), null);
            }
            return;
        }
        throw new OllamaException(OllamaErrors.ofAnswer(response.code(), head(response), model), null);
    }

    /** A whole JSON body. */
    static ObjectNode json(Response response, @Nullable String model) throws IOException {
        refuseUnlessGood(response, model);
        String text;
        try (BufferedSource source = Okio.buffer(source(response))) {
            if (source.request(MOST_WHOLE_BYTES + 1)) {
                throw new OllamaException(new OllamaError.Protocol(""), null);
            }
            text = source.readUtf8();
        }
        ObjectNode json;
        try {
            json = Wire.object(text);
        } catch (JsonProcessingException e) {
            throw new OllamaException(unreadable(response, text), null);
        }
        refuseError(response, json, model);
        return json;
    }

    /** @throws OllamaException if the reply, though its status is good, says {@code {"error": …}} */
    static void refuseError(Response response, ObjectNode json, @Nullable String model) throws OllamaException {
        String error = Wire.error(json);
        if (error != null) {
            throw new OllamaException(OllamaErrors.ofText(response.code(), error, model), null);
        }
    }

    /** What to think of a reply that is not the JSON it should be. */
    static OllamaError unreadable(Response response, String text) {
        String type = String.valueOf(response.header("Content-Type")).toLowerCase(Locale.ROOT);
        return type.contains("json") ? new OllamaError.Protocol("") : notOllama(response, text);
    }

    static OllamaError notOllama(Response response, String text) {
        return new OllamaError.NotOllama(response.code(), ServerText.said(text));
    }

    /** As much of a body as an error may have; what comes late, or not at all, is left out. */
    private static String head(Response response) {
        response.body().source().timeout().deadline(ERROR_SECONDS, TimeUnit.SECONDS);
        Buffer head = new Buffer();
        try {
            Source source = source(response);
            long read = 0;
            while (read >= 0 && head.size() < MOST_ERROR_BYTES) {
                read = source.read(head, MOST_ERROR_BYTES - head.size());
            }
        } catch (IOException e) {
            // The status alone says enough.
        }
        return head.readUtf8();
    }

    /** A call that got no answer, or not the whole of it. */
    static OllamaException lost(IOException e, boolean loopback, CallWatch watch) {
        OllamaError error = e instanceof LineTooLongException
                ? new OllamaError.Protocol("")
                : OllamaErrors.ofTransport(e, loopback, watch.waitingFor());
        // A protocol exception may quote what came; all others speak of addresses and states.
        return new OllamaException(error, e instanceof ProtocolException ? null : e);
    }
}
