package dev.kansoku.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * One Ollama server. Thread-safe; one client lasts as long as its address is in use.
 *
 * <p>Every method that talks to the server blocks and may throw {@link OllamaException}, whose
 * {@link OllamaException#error()} says what was wrong. Redirects are never followed, and a server on this machine is
 * never asked through a proxy.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API</a>
 */
public final class OllamaClient implements AutoCloseable {

    /** To {@link #preload}: the model stays in memory until it is unloaded. */
    public static final Duration FOR_GOOD = Duration.ofSeconds(-1);

    /** For what a server answers out of its memory or its list of files. */
    private static final Duration SHORT_CALL = Duration.ofSeconds(10);

    /** A registry may be silent for long between two of the server's six attempts. */
    private static final Duration PULL_IDLE = Duration.ofMinutes(2);

    private final OllamaAddress address;
    private final Timeouts timeouts;
    private final OkHttpClient http;
    private final LiveCalls liveCalls = new LiveCalls();

    /** Connects to nothing yet. */
    public OllamaClient(OllamaAddress address, Timeouts timeouts) {
        this.address = address;
        this.timeouts = timeouts;
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.firstByte())
                .socketFactory(new ReadTimes())
                .addInterceptor(OllamaClient::proceed)
                .eventListenerFactory(
                        call -> Objects.requireNonNull(call.request().tag(CallWatch.class)));
        if (address.isLoopback()) {
            builder.proxy(Proxy.NO_PROXY);
        }
        http = builder.build();
    }

    /** The server this client talks to. */
    public OllamaAddress address() {
        return address;
    }

    /** A turn. Nothing is sent before the first {@link ChatStream#next()}; a prompt is never sent twice. */
    public ChatStream chat(ChatRequest request) {
        return new ChatStream(stream("api/chat", Wire.chat(request), timeouts.idle(), request.model()));
    }

    /** The server's version; one built without release flags says {@code 0.0.0}. */
    public String version() throws OllamaException {
        return said(Wire.version(get("api/version", SHORT_CALL)));
    }

    /** The models the server has, in its order: the last changed first. */
    public List<InstalledModel> tags() throws OllamaException {
        return said(Wire.installed(get("api/tags", SHORT_CALL)));
    }

    /** The models in memory. */
    public List<RunningModel> ps() throws OllamaException {
        return ps(SHORT_CALL);
    }

    /**
     * The models in memory, if the server tells in time. It may take seconds while it unloads one.
     *
     * @throws OllamaException {@link OllamaError.TimedOut} if the answer is not there within the budget
     */
    public List<RunningModel> ps(Duration budget) throws OllamaException {
        return said(Wire.running(get("api/ps", budget)));
    }

    /**
     * What a model is and can do.
     *
     * @throws OllamaException {@link OllamaError.ModelMissing} if the server does not have it
     */
    public ModelDetails show(String model) throws OllamaException {
        return Wire.details(json(post("api/show", Wire.model(model)), SHORT_CALL, model));
    }

    /**
     * Loads a model; returns when it is loaded.
     *
     * @param options those of the turns to come: others would load it anew
     * @param keepAlive as in {@link ChatRequest#keepAlive()}, but zero would unload it at once
     */
    public void preload(String model, ModelOptions options, @Nullable Duration keepAlive) throws OllamaException {
        json(post("api/generate", Wire.load(model, options, keepAlive)), Duration.ZERO, model);
    }

    /** Asks the server to unload a model. It does so when nothing uses the model any more: watch {@link #ps()}. */
    public void unload(String model) throws OllamaException {
        json(post("api/generate", Wire.load(model, ModelOptions.DEFAULTS, Duration.ZERO)), SHORT_CALL, model);
    }

    /** Gives a model a second name. */
    public void copy(String source, String destination) throws OllamaException {
        noContent(post("api/copy", Wire.copy(source, destination)), source);
    }

    /** Deletes a model, but not what other models share with it. */
    public void delete(String model) throws OllamaException {
        noContent(
                request("api/delete").delete(new OneShotJson(Wire.model(model))).build(), model);
    }

    /** Downloads a model. Nothing is sent before the first {@link PullStream#next()}. */
    public PullStream pull(String model) {
        return new PullStream(stream("api/pull", Wire.model(model), PULL_IDLE, model));
    }

    /**
     * Cancels what runs and closes all connections; does not block. Streams end as if they had been closed, other
     * calls fail with {@link OllamaError.ConnectionLost}, and so does whatever is called later.
     */
    @Override
    public void close() {
        liveCalls.close();
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    /** Goes on to the next connection when one from the pool was dead; each that is goes out of the pool. */
    private static Response proceed(Interceptor.Chain chain) throws IOException {
        while (true) {
            try {
                return chain.proceed(chain.request());
            } catch (IOException e) {
                if (!watch(chain.request()).mayTryAgain() || chain.call().isCanceled()) {
                    throw e;
                }
            }
        }
    }

    private LineStream stream(String path, String body, Duration idle, String model) {
        Request request = post(path, body);
        return new LineStream(http.newCall(request), watch(request), idle, address.isLoopback(), model);
    }

    private ObjectNode get(String path, Duration limit) throws OllamaException {
        return json(request(path).build(), limit, null);
    }

    /** @param limit for the call as a whole; zero for none */
    private ObjectNode json(Request request, Duration limit, @Nullable String model) throws OllamaException {
        return exchange(request, limit, response -> Replies.json(response, model));
    }

    private void noContent(Request request, String model) throws OllamaException {
        exchange(request, SHORT_CALL, response -> {
            Replies.refuseUnlessGood(response, model);
            return response;
        });
    }

    private <T> T exchange(Request request, Duration limit, Reader<T> reader) throws OllamaException {
        Call call = http.newCall(request);
        call.timeout().timeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            return reader.read(response);
        } catch (OllamaException e) {
            throw e;
        } catch (IOException e) {
            throw liveCalls.isClosed()
                    ? new OllamaException(new OllamaError.ConnectionLost(""), e)
                    : Replies.lost(e, address.isLoopback(), watch(request));
        }
    }

    private Request post(String path, String body) {
        return request(path).post(new OneShotJson(body)).build();
    }

    private Request.Builder request(String path) {
        return new Request.Builder()
                .url(address.resolve(path))
                // OkHttp would ask for gzip, and what compresses holds chunks back.
                .header("Accept-Encoding", "identity")
                .tag(CallWatch.class, new CallWatch(liveCalls));
    }

    private static CallWatch watch(Request request) {
        return Objects.requireNonNull(request.tag(CallWatch.class));
    }

    /** JSON without the one thing that was asked for comes from somebody else. */
    private static <T> T said(@Nullable T value) throws OllamaException {
        if (value == null) {
            throw new OllamaException(new OllamaError.NotOllama(200, ""), null);
        }
        return value;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(Response response) throws IOException;
    }

    /** A body that OkHttp must not send again by itself: the first may have been heard. */
    private static final class OneShotJson extends RequestBody {

        private static final MediaType JSON = MediaType.get("application/json");

        private final byte[] bytes;

        OneShotJson(String json) {
            bytes = json.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public MediaType contentType() {
            return JSON;
        }

        @Override
        public long contentLength() {
            return bytes.length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.write(bytes);
        }
    }
}
